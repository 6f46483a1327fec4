"""What requests say in the words of the knowledge: answers to questions, and options chosen.

No rule is here: a sign says that a file has a data capture, and the rules say what follows.
"""

import re
from collections.abc import Iterator, Sequence

from checker.config.instances import instance_signs
from checker.config.model import Request, Sign
from checker.config.nodes import Node, Unknown
from checker.config.systems import System

DECISIONS = (
    "inference", "endpoint-type", "rollout", "monitoring", "optimization", "observability",
    "security",
)  # fmt: skip
"""The decisions whose options and questions signs are about."""
MONITORS = {
    "DataQuality": "data-quality-monitor",
    "ModelQuality": "model-quality-monitor",
    "ModelBias": "bias-drift-monitor",
    "ModelExplainability": "feature-attribution-drift-monitor",
}
_HOURLY = re.compile(r"cron\(\s*0\s+\*\s")
_MINUTES = re.compile(r"cron\(\s*(\S+)")


def signs(system: System) -> Iterator[Sign]:
    """What a system's requests say, in the order of the requests."""
    for request in system.requests:
        match request.operation:
            case "CreateEndpointConfig":
                yield from _hosting(request, bool(system.of("CreateInferenceComponent")))
            case "CreateModel":
                yield from _model(request)
            case "CreateEndpoint" | "UpdateEndpoint":
                yield from _rollout(request, system)
            case "CreateTransformJob":
                yield from _transform(request)
            case "CreateMonitoringSchedule":
                yield from _monitoring(request)
            case "RegisterScalableTarget" | "PutScalingPolicy":
                yield _sign(request, "", "optimization", "auto-scaling", option=True)


def _sign(request: Request, path: str, name: str, value: str, *, option: bool = False) -> Sign:
    node = (request.parameters.at(path) if path else None) or request.parameters
    line = Node(node.value, node.line if path else request.line)
    return Sign(name, value, request, line, path or request.operation, option)


def _placed(request: Request, node: Node, path: str, name: str, value: str) -> Sign:
    return Sign(name, value, request, node, path, name in ("inference", "endpoint-type", "rollout"))


def _hosting(request: Request, components: bool) -> Iterator[Sign]:
    given = request.parameters
    listed = given.members.get("ProductionVariants")
    if listed and listed.items:
        yield from _variants(request, listed, _stated(given, "AsyncInferenceConfig"))
        yield from _components(request, listed.items, components=components)
        yield from _beside(request, listed)
    if explainer := given.at("ExplainerConfig.ClarifyExplainerConfig"):
        path = "ExplainerConfig.ClarifyExplainerConfig"
        yield Sign("monitoring", "clarify", request, explainer, path, option=True)
    yield from _capture(request, "EnableCapture")
    yield from _network(request)


def _stated(node: Node, member: str) -> Node | None:
    """A member that is there for certain: a template can leave even that open."""
    found = node.members.get(member)
    return None if found is None or isinstance(found.value, Unknown) else found


def _variants(request: Request, listed: Node, queue: Node | None) -> Iterator[Sign]:
    if queue:
        yield Sign("async_config", "yes", request, queue, "AsyncInferenceConfig")
    open_queue = queue is None and "AsyncInferenceConfig" in request.parameters.members
    for index, variant in enumerate(listed.items):
        path = f"ProductionVariants[{index}]"
        yield from _serverless(request, variant, path)
        instances = variant.members.keys() & {"InstanceType", "InstancePools"}
        if instances and "ServerlessConfig" not in variant.members and not open_queue:
            option = "async-inference" if queue else "real-time-endpoint"
            yield _placed(request, variant, path, "inference", option)
            yield Sign("serving", option, request, variant, path)
        if accelerator := variant.members.get("AcceleratorType"):
            at = f"{path}.AcceleratorType"
            yield Sign("optimization", "elastic-inference", request, accelerator, at, option=True)
        if kind := variant.members.get("InstanceType"):
            yield from instance_signs(request, kind, f"{path}.InstanceType")


def _components(request: Request, variants: Sequence[Node], *, components: bool) -> Iterator[Sign]:
    named = [variant for variant in variants if "ModelName" in variant.members]
    if len(named) == len(variants) or components:
        several = "no" if len(named) == len(variants) else "yes"
        yield Sign("components", several, request, variants[0], "ModelName")
    if components and not named:
        path = "ProductionVariants"
        yield _placed(request, variants[0], path, "endpoint-type", "inference-components")


def _beside(request: Request, listed: Node) -> Iterator[Sign]:
    """Several variants, or a shadow."""
    number = len(listed.items)
    several = "yes" if number > 1 else "no"
    yield Sign("variants", several, request, listed, "ProductionVariants")
    shadows = request.parameters.members.get("ShadowProductionVariants")
    if shadows and shadows.items:
        yield _placed(request, shadows, "ShadowProductionVariants", "rollout", "shadow-test")
        yield _count(request, shadows, number + len(shadows.items))
    elif number > 1:
        yield _placed(request, listed, "ProductionVariants", "rollout", "ab-test")
        yield _count(request, listed, number)


def _count(request: Request, node: Node, number: int) -> Sign:
    return Sign("variant_count", str(number), request, node, "ProductionVariants")


def _serverless(request: Request, variant: Node, path: str) -> Iterator[Sign]:
    serverless = _stated(variant, "ServerlessConfig")
    if serverless is None:
        return
    warm = "ProvisionedConcurrency" in serverless.members
    option = "serverless-provisioned-concurrency" if warm else "serverless-inference"
    at = f"{path}.ServerlessConfig"
    yield _placed(request, serverless, at, "inference", option)
    yield Sign("serving", "serverless-inference", request, serverless, at)
    if not warm or _stated(serverless, "ProvisionedConcurrency"):
        yield Sign("provisioned", "yes" if warm else "no", request, serverless, at)
    yield from _quantity(request, serverless, at, "MemorySizeInMB", "memory", "MB")
    yield from _quantity(request, serverless, at, "MaxConcurrency", "concurrency", "")


def _quantity(
    request: Request, node: Node, path: str, member: str, field: str, unit: str
) -> Iterator[Sign]:
    found = node.members.get(member)
    if found and found.number is not None and found.number >= 0:
        yield Sign(field, f"{found.number:g} {unit}".strip(), request, found, f"{path}.{member}")


def _capture(request: Request, switch: str) -> Iterator[Sign]:
    capture = _stated(request.parameters, "DataCaptureConfig")
    enabled = capture.members.get(switch) if capture else None
    if capture and (enabled is None or enabled.true):
        yield Sign("data_capture", "yes", request, capture, "DataCaptureConfig")
        yield Sign(
            "observability", "data-capture", request, capture, "DataCaptureConfig", option=True
        )


def _network(request: Request) -> Iterator[Sign]:
    network = request.parameters.members.get("VpcConfig")
    if network and network.members:
        yield Sign("vpc", "yes", request, network, "VpcConfig")
        yield Sign("security", "vpc-mode", request, network, "VpcConfig", option=True)
        for member, field in (("Subnets", "subnets"), ("SecurityGroupIds", "security_groups")):
            inner = network.members.get(member)
            if inner and inner.items:
                number = str(len(inner.items))
                yield Sign(field, number, request, inner, f"VpcConfig.{member}")
    isolated = request.parameters.members.get("EnableNetworkIsolation")
    if isolated and isolated.true:
        path = "EnableNetworkIsolation"
        yield Sign("security", "network-isolation", request, isolated, path, option=True)


def _model(request: Request) -> Iterator[Sign]:
    given = request.parameters
    yield from _network(request)
    listed = given.members.get("Containers")
    containers = listed.items if listed else ()
    first = containers[0] if containers else given.members.get("PrimaryContainer")
    mode = first.at("Mode") if first else None
    if listed and containers:
        yield Sign("containers", str(len(containers)), request, listed, "Containers")
    if mode and mode.text == "MultiModel":
        yield _placed(request, mode, "Mode", "endpoint-type", "multi-model-endpoint")
        yield Sign("models", "many", request, mode, "Mode")
    elif listed and len(containers) > 1:
        yield from _several(request, listed)
    elif first:
        yield _placed(request, first, "PrimaryContainer", "endpoint-type", "single-model-endpoint")
        yield Sign("models", "one", request, first, "PrimaryContainer")


def _several(request: Request, listed: Node) -> Iterator[Sign]:
    how = request.parameters.at("InferenceExecutionConfig.Mode")
    if how is not None and how.text is None:
        return
    direct = how is not None and how.text == "Direct"
    option = "multi-container-endpoint" if direct else "serial-inference-pipeline"
    yield _placed(request, listed, "Containers", "endpoint-type", option)
    yield Sign("chain", "no" if direct else "yes", request, listed, "Containers")
    yield Sign("models", "many" if direct else "one", request, listed, "Containers")


def _rollout(request: Request, system: System) -> Iterator[Sign]:
    given = request.parameters.members.get("DeploymentConfig")
    if given is None:
        return
    path = "DeploymentConfig"
    rolling = given.members.get("RollingUpdatePolicy")
    routing = given.at("BlueGreenUpdatePolicy.TrafficRoutingConfiguration")
    kind = routing.at("Type") if routing else None
    option, member = "blue-green", ""
    if rolling:
        option, member = "rolling", "MaximumBatchSize"
    elif kind and kind.text in ("CANARY", "LINEAR"):
        option = kind.text.lower()
        member = "CanarySize" if option == "canary" else "LinearStepSize"
    size = (rolling or routing or given).members.get(member)
    yield _placed(request, rolling or routing or given, path, "rollout", option)
    if size and (share := _share(size, system)) is not None:
        value = size.members["Value"]
        yield Sign("first_share", f"{share:g} %", request, value, f"{path}.{member}.Value")
    wait = (rolling or routing or given).members.get("WaitIntervalInSeconds")
    if wait and wait.number is not None:
        yield Sign("bake", f"{wait.number:g} s", request, wait, f"{path}.WaitIntervalInSeconds")
    if given.at("AutoRollbackConfiguration.Alarms"):
        yield Sign(
            "auto_rollback", "yes", request, given.members["AutoRollbackConfiguration"], path
        )


def _share(size: Node, system: System) -> float | None:
    """A capacity as a share of the fleet in percent, where the files give it."""
    kind, value = size.at("Type"), size.at("Value")
    if kind is None or value is None or value.number is None:
        return None
    if kind.text == "CAPACITY_PERCENT":
        return value.number
    counts = [
        node.number
        for request in system.of("CreateEndpointConfig")
        for node in request.parameters.all("ProductionVariants[].InitialInstanceCount")
    ]
    return 100 * value.number / counts[0] if len(counts) == 1 and counts[0] else None


def _transform(request: Request) -> Iterator[Sign]:
    yield _sign(request, "", "inference", "batch-transform", option=True)
    yield _sign(request, "", "serving", "batch-transform")
    capture = request.parameters.members.get("DataCaptureConfig")
    if capture:
        yield Sign(
            "observability", "data-capture", request, capture, "DataCaptureConfig", option=True
        )
    size = request.parameters.members.get("MaxPayloadInMB")
    if size and size.number == 0:
        yield Sign("chunked", "yes", request, size, "MaxPayloadInMB")
    elif size and size.number is not None:
        yield Sign("payload", f"{size.number:g} MB", request, size, "MaxPayloadInMB")
        yield Sign("chunked", "no", request, size, "MaxPayloadInMB")
    wait = request.parameters.at("ModelClientConfig.InvocationsTimeoutInSeconds")
    if wait and wait.number is not None:
        path = "ModelClientConfig.InvocationsTimeoutInSeconds"
        yield Sign("duration", f"{wait.number:g} s", request, wait, path)
    kind = request.parameters.at("TransformResources.InstanceType")
    if kind:
        yield from instance_signs(request, kind, "TransformResources.InstanceType")


def _monitoring(request: Request) -> Iterator[Sign]:
    config = request.parameters.members.get("MonitoringScheduleConfig")
    kind = config.members.get("MonitoringType") if config else None
    # A definition inside the schedule, or none of a type, checks the quality of data.
    option = MONITORS.get(kind.text or "") if kind else "data-quality-monitor"
    if option:
        node = kind or config or request.parameters
        yield Sign("monitoring", option, request, node, "MonitoringScheduleConfig", option=True)
    if config and _HOURLY.match(
        (config.at("ScheduleConfig.ScheduleExpression") or config).text or ""
    ):
        yield Sign("hourly", "yes", request, config, "MonitoringScheduleConfig")
    when = config.at("ScheduleConfig.ScheduleExpression") if config else None
    if when and (minutes := _interval(when.text or "")):
        path = "MonitoringScheduleConfig.ScheduleConfig.ScheduleExpression"
        yield Sign("detect_within", f"{minutes} min", request, when, path)


def _interval(expression: str) -> int | None:
    """Minutes between two runs, where a schedule runs more than once in an hour."""
    found = _MINUTES.match(expression)
    if found is None or found[1].isdigit():
        return None
    if found[1] == "*":
        return 1
    step = found[1].rpartition("/")[2]
    if "/" in found[1] and step.isdigit() and 0 < int(step) < 60:
        return int(step)
    return 60 // (found[1].count(",") + 1) if "," in found[1] else None
