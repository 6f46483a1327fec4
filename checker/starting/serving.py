"""Models, endpoint configurations and endpoints: the inference options and endpoint types."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from checker.starting import scaling
from checker.starting.parts import Blank, Name, Plan, Resource, Text
from checker.starting.wishes import (
    CHUNK_MB,
    COMPONENT_MEMORY_MB,
    SERVERLESS_CONCURRENCY,
    WARM_SLOTS,
    Wishes,
)

type Settings = dict[str, Any]

ENDPOINT = Blank("endpoint_name")
VARIANT = "main"
TYPE_IS_A_GUESS = "The instance type is a guess; choose one by a load test."


def named(suffix: str) -> Text:
    """A name that starts with the endpoint's."""
    return Text((ENDPOINT, suffix))


def container(data: str = "model_data_url", **more: Any) -> Settings:
    """One container of a model."""
    return {"Image": Blank("image_uri"), "ModelDataUrl": Blank(data), **more}


def model(wishes: Wishes, id_: str = "Model", data: str = "model_data_url") -> Resource:
    """A model of one container, in the person's VPC where they asked for that."""
    settings = {"ExecutionRoleArn": Blank("role_arn"), "PrimaryContainer": container(data)}
    return Resource("model", id_, named("-model"), {**settings, **_network(wishes)})


def _network(wishes: Wishes) -> Settings:
    if not wishes.is_("vpc", "yes"):
        return {}
    groups = Blank("security_group_ids")
    return {"VpcConfig": {"Subnets": Blank("subnet_ids"), "SecurityGroupIds": groups}}


def variant(wishes: Wishes, of: str = "Model", name: str = VARIANT) -> Settings:
    """A production variant on one instance with the whole traffic."""
    return {
        "VariantName": name,
        "ModelName": Name(of),
        "InstanceType": wishes.instance_type(),
        "InitialInstanceCount": int(wishes.number("autoscaling.minimum")),
        "InitialVariantWeight": int(wishes.number("production_variants.max.default_weight")),
    }


def config(variants: Iterable[Settings], says: Iterable[str] = (), **more: Any) -> Resource:
    """An endpoint configuration."""
    settings = {"ProductionVariants": list(variants), **more}
    return Resource("config", "EndpointConfig", named("-config"), settings, tuple(says))


def endpoint(**more: Any) -> Resource:
    """The endpoint of the configuration."""
    return Resource(
        "endpoint", "Endpoint", ENDPOINT, {"EndpointConfigName": Name("EndpointConfig"), **more}
    )


def real_time(wishes: Wishes, option: str = "real-time-endpoint") -> Plan:
    """One model on instances that scale with the calls of each."""
    settings, says = _capture(wishes)
    hosted = config([variant(wishes)], (TYPE_IS_A_GUESS, *says), **settings)
    made = (model(wishes), hosted, endpoint())
    return Plan(option, (*made, *scaling.by_invocations(wishes)))


def _capture(wishes: Wishes) -> tuple[Settings, tuple[str, ...]]:
    if not wishes.is_("data_capture", "yes"):
        return {}, ()
    settings = {
        "DataCaptureConfig": {
            "EnableCapture": True,
            "InitialSamplingPercentage": int(wishes.number("data_capture.config.sdk_default")),
            "DestinationS3Uri": Blank("capture_uri"),
            "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
        }
    }
    return settings, (wishes.fact("data_capture.config"),)


def serverless(wishes: Wishes) -> Plan:
    """One model in memory of the person's size; no instance, and nothing to scale."""
    settings, says = _serverless_config(wishes)
    made = (model(wishes), config([_serverless_variant(settings)], says), endpoint())
    return Plan("serverless-inference", made)


def provisioned(wishes: Wishes) -> Plan:
    """The same with slots that are kept warm, and whose number follows their use."""
    settings, says = _serverless_config(wishes)
    warm = min(WARM_SLOTS, settings["MaxConcurrency"])
    settings["ProvisionedConcurrency"] = warm
    says = (*says, wishes.fact("serverless.provisioned_concurrency"))
    made = (model(wishes), config([_serverless_variant(settings)], says), endpoint())
    scaled = scaling.by_warm_use(wishes, warm, settings["MaxConcurrency"])
    return Plan("serverless-provisioned-concurrency", (*made, *scaled))


def _serverless_variant(settings: Settings) -> Settings:
    return {"VariantName": VARIANT, "ModelName": Name("Model"), "ServerlessConfig": settings}


def _serverless_config(wishes: Wishes) -> tuple[Settings, tuple[str, ...]]:
    step = int(wishes.number("serverless.memory_sizes.step"))
    sizes = ("serverless.memory_sizes.min", "serverless.memory_sizes.max")
    memory = wishes.whole("memory", 2 * step, *sizes)
    slots = wishes.whole("concurrency", SERVERLESS_CONCURRENCY, None, "serverless.max_concurrency")
    settings = {"MemorySizeInMB": -(-memory // step) * step, "MaxConcurrency": slots}
    facts = ("serverless.memory_sizes", "serverless.max_concurrency")
    return settings, tuple(wishes.fact(name) for name in facts)


def asynchronous(wishes: Wishes) -> Plan:
    """A queue in front of instances that scale with it, to zero and back."""
    limits = ("async.invocation_timeout.default", "async.invocation_timeout.max")
    seconds = wishes.whole("duration", int(wishes.number(limits[0])), None, limits[1])
    output = {"S3OutputPath": Blank("output_uri"), "S3FailurePath": Blank("failure_uri")}
    call = f"Callers pass InvocationTimeoutSeconds={seconds} to invoke_endpoint_async."
    hosted = config(
        [variant(wishes)],
        (TYPE_IS_A_GUESS, call, wishes.fact("async.invocation_timeout")),
        AsyncInferenceConfig={"OutputConfig": output},
    )
    made = (model(wishes), hosted, endpoint())
    return Plan("async-inference", (*made, *scaling.by_backlog(wishes)))


def batch(wishes: Wishes) -> Plan:
    """A job over objects in Amazon S3, and no endpoint."""
    payload = _mini_batch(wishes)
    timeouts = ("batch.invocation_timeout.default", "batch.invocation_timeout.max")
    seconds = wishes.whole("duration", int(wishes.number(timeouts[0])), None, timeouts[1])
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": Blank("input_uri")}}
    job = {
        "ModelName": Name("Model"),
        "MaxPayloadInMB": payload,
        "ModelClientConfig": {"InvocationsTimeoutInSeconds": seconds},
        "TransformInput": {"DataSource": source, "ContentType": "text/csv", "SplitType": "Line"},
        "TransformOutput": {"S3OutputPath": Blank("output_uri"), "AssembleWith": "Line"},
        "TransformResources": {
            "InstanceType": wishes.instance_type(),
            "InstanceCount": int(wishes.number("autoscaling.minimum")),
        },
    }
    facts = ("batch.max_payload", "batch.invocation_timeout", "batch.scaling")
    guess = "The content type and the split are guesses, for lines of CSV."
    says = (TYPE_IS_A_GUESS, guess, *(wishes.fact(name) for name in facts))
    made = replace(model(wishes), name=Text((Blank("job_name"), "-model")))
    return Plan(
        "batch-transform",
        (made, Resource("transform", "TransformJob", Blank("job_name"), job, says)),
        (wishes.fact("batch.scheduling"),),
    )


def _mini_batch(wishes: Wishes) -> int:
    if wishes.is_("chunked", "yes") and (wishes.figure("payload") or 0) > wishes.number(
        "batch.max_payload.max"
    ):
        return 0  # streams payloads of any size
    return wishes.whole("payload", CHUNK_MB, None, "batch.max_payload.max")


def multi_model(wishes: Wishes) -> Plan:
    """Many models below one prefix, loaded when they are called."""
    plan = real_time(wishes, "multi-model-endpoint")
    held = plan.resources[0]
    container_ = container("models_prefix", Mode="MultiModel")
    settings = {**held.settings, "PrimaryContainer": container_}
    shared = replace(held, settings=settings, says=(wishes.fact("mme.dynamic_loading"),))
    return replace(plan, resources=(shared, *plan.resources[1:]))


def multi_container(wishes: Wishes) -> Plan:
    """Containers of which a caller names one."""
    says = wishes.fact("multi_container.direct_invocation")
    return _several(wishes, "multi-container-endpoint", "Direct", "multi_container.max", says)


def pipeline(wishes: Wishes) -> Plan:
    """Containers through which each request goes in turn."""
    says = wishes.fact("inference_pipeline.container_count")
    most = "inference_pipeline.container_count.max"
    return _several(wishes, "serial-inference-pipeline", "Serial", most, says)


def _several(wishes: Wishes, option: str, mode: str, most: str, says: str) -> Plan:
    least = "inference_pipeline.container_count.min"
    count = wishes.whole("containers", int(wishes.number(least)), least, most)
    plan = real_time(wishes, option)
    settings: Mapping[str, Any] = {
        "ExecutionRoleArn": Blank("role_arn"),
        "Containers": [container(ContainerHostname=f"step-{n}") for n in range(1, count + 1)],
        "InferenceExecutionConfig": {"Mode": mode},
        **_network(wishes),
    }
    note = "Give each container its own image and artifact."
    held = replace(plan.resources[0], settings=settings, says=(note, says))
    return replace(plan, resources=(held, *plan.resources[1:]))


def components(wishes: Wishes) -> Plan:
    """Models with a share of the instances each, which scale to zero where that is asked for."""
    zero = wishes.is_("zero_instances", "yes")
    most = int(wishes.number("endpoint_instance_quotas.overview.per_endpoint"))
    hosted = {
        "VariantName": VARIANT,
        "InstanceType": wishes.instance_type(),
        "InitialInstanceCount": int(wishes.number("autoscaling.minimum")),
        "ManagedInstanceScaling": {
            "Status": "ENABLED",
            "MinInstanceCount": 0 if zero else 1,
            "MaxInstanceCount": most,
        },
        "RoutingConfig": {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"},
    }
    says = [TYPE_IS_A_GUESS, wishes.fact("endpoint_instance_quotas.overview")]
    configured = config([hosted], says, ExecutionRoleArn=Blank("role_arn"))
    made = (model(wishes), configured, endpoint(), _component(wishes))
    scaled = scaling.by_copies(wishes, most, zero=zero)
    return Plan("inference-components", (*made, *scaled))


def _component(wishes: Wishes) -> Resource:
    memory = wishes.whole(
        "memory", COMPONENT_MEMORY_MB, "inference_components.overview.min_memory", None
    )
    needs: Settings = {"MinMemoryRequiredInMb": memory}
    if "accelerator" in wishes.answers and not wishes.is_("accelerator", "none"):
        needs["NumberOfAcceleratorDevicesRequired"] = int(
            wishes.number("inference_components.overview.min_accelerators")
        )
    settings = {
        "EndpointName": ENDPOINT,
        "VariantName": VARIANT,
        "Specification": {"ModelName": Name("Model"), "ComputeResourceRequirements": needs},
        "RuntimeConfig": {"CopyCount": 1},
    }
    says = (wishes.fact("inference_components.overview"), "Repeat this for each model.")
    return Resource("component", "Component", scaling.COMPONENT, settings, says, ("Endpoint",))
