"""Scalable targets, policies and alarms: each option by the metric that it publishes."""

from collections.abc import Iterable
from typing import Any

from checker.starting.parts import Blank, Name, Plan, Resource, Text
from checker.starting.wishes import BACKLOG_PER_INSTANCE, BUSY_SHARE, Wishes

type Settings = dict[str, Any]

ENDPOINT = Blank("endpoint_name")
VARIANT_ID = Text(("endpoint/", ENDPOINT, "/variant/main"))
COMPONENT = Text((ENDPOINT, "-component"))
COMPONENT_ID = Text(("inference-component/", ENDPOINT, "-component"))
INSTANCES = "sagemaker:variant:DesiredInstanceCount"
WARM = "sagemaker:variant:DesiredProvisionedConcurrency"
COPIES = "sagemaker:inference-component:DesiredCopyCount"


def by_invocations(wishes: Wishes) -> tuple[Resource, ...]:
    """Instances of a real-time variant follow the calls of each instance and minute."""
    tracked = _predefined(
        "SageMakerVariantInvocationsPerInstance",
        wishes.number("autoscaling.target_value.aws_example"),
    )
    says = (wishes.fact("autoscaling.target_value"),)
    least = int(wishes.number("autoscaling.minimum"))
    return (
        _instances(wishes, least),
        _load(INSTANCES, VARIANT_ID, tracked, says),
    )


def by_backlog(wishes: Wishes) -> tuple[Resource, ...]:
    """Instances of an asynchronous endpoint follow its queue, from zero with its first request."""
    metric = {
        "MetricName": "ApproximateBacklogSizePerInstance",
        "Namespace": "AWS/SageMaker",
        "Dimensions": [{"Name": "EndpointName", "Value": ENDPOINT}],
        "Statistic": "Average",
    }
    tracked = {"TargetValue": BACKLOG_PER_INSTANCE, "CustomizedMetricSpecification": metric}
    says = (
        wishes.fact("autoscaling.async_metric"),
        "The target is a guess: requests that wait for each instance.",
    )
    load = _load(INSTANCES, VARIANT_ID, tracked, says)
    waiting = _waking_alarm("HasBacklogWithoutCapacity", "EndpointName", ENDPOINT, "Average")
    wake = _wake(wishes, INSTANCES, VARIANT_ID)
    return (_instances(wishes, 0), load, wake, waiting)


def by_warm_use(wishes: Wishes, warm: int, most: int) -> tuple[Resource, ...]:
    """Warm slots of a serverless variant follow the share of them that is in use."""
    tracked = _predefined("SageMakerVariantProvisionedConcurrencyUtilization", BUSY_SHARE)
    bounds = {"MinCapacity": warm, "MaxCapacity": most}
    says = ("The target is a guess: the share of warm slots in use.",)
    return (
        _target(WARM, VARIANT_ID, bounds, (), ("Endpoint",)),
        _load(WARM, VARIANT_ID, tracked, says),
    )


def by_copies(wishes: Wishes, most: int, *, zero: bool) -> tuple[Resource, ...]:
    """Copies of an inference component follow its calls; from zero, a failed call starts one."""
    tracked = _predefined(
        "SageMakerInferenceComponentInvocationsPerCopy",
        wishes.number("autoscaling.target_value.aws_example"),
    )
    bounds = {"MinCapacity": 0 if zero else 1, "MaxCapacity": most}
    says = (wishes.fact("inference_components.scale_to_zero"),) if zero else ()
    made = (
        _target(COPIES, COMPONENT_ID, bounds, says, ("Component",)),
        _load(
            COPIES,
            COMPONENT_ID,
            tracked,
            (wishes.fact("autoscaling.target_value"),),
        ),
    )
    if not zero:
        return made
    metric, dimension = "NoCapacityInvocationFailures", "InferenceComponentName"
    failed = _waking_alarm(metric, dimension, COMPONENT, "Sum")
    return (*made, _wake(wishes, COPIES, COMPONENT_ID), failed)


def for_existing(wishes: Wishes) -> Plan:
    """The scaling of an existing endpoint, by how it serves."""
    if wishes.is_("serving", "async-inference"):
        made = by_backlog(wishes)
    elif wishes.is_("serving", "serverless-inference"):
        made = by_warm_use(wishes, 1, int(wishes.number("serverless.provisioned_concurrency")))
    else:
        made = by_invocations(wishes)
    note = "The endpoint already exists, and its variant is called main."
    return Plan("auto-scaling", tuple(_alone(made)), (note,))


def _alone(resources: Iterable[Resource]) -> Iterable[Resource]:
    """The same, waiting for nothing that is not among them."""
    made = list(resources)
    ids = {item.id for item in made}
    for item in made:
        after = tuple(other for other in item.after if other in ids)
        yield Resource(item.kind, item.id, item.name, item.settings, item.says, after)


def _instances(wishes: Wishes, least: int) -> Resource:
    most = int(wishes.number("endpoint_instance_quotas.overview.per_endpoint"))
    bounds = {"MinCapacity": least, "MaxCapacity": most}
    says = (wishes.fact("endpoint_instance_quotas.overview"), wishes.fact("autoscaling.minimum"))
    return _target(INSTANCES, VARIANT_ID, bounds, says, ("Endpoint",))


def _target(
    dimension: str, resource: Text, bounds: Settings, says: tuple[str, ...], after: tuple[str, ...]
) -> Resource:
    settings = {**_scaled(dimension, resource), **bounds}
    return Resource("target", "ScalableTarget", Text(("target",)), settings, says, after)


def _scaled(dimension: str, resource: Text) -> Settings:
    return {
        "ServiceNamespace": "sagemaker",
        "ResourceId": resource,
        "ScalableDimension": dimension,
    }


def _predefined(metric: str, target: float) -> Settings:
    return {
        "TargetValue": target,
        "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
    }


def _load(dimension: str, resource: Text, tracked: Settings, says: tuple[str, ...]) -> Resource:
    settings = {
        **_scaled(dimension, resource),
        "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": tracked,
    }
    name = Text((ENDPOINT, "-load"))
    return Resource("policy", "LoadPolicy", name, settings, says, ("ScalableTarget",))


def _wake(wishes: Wishes, dimension: str, resource: Text) -> Resource:
    step = {"MetricIntervalLowerBound": 0.0, "ScalingAdjustment": 1}
    settings = {
        **_scaled(dimension, resource),
        "PolicyType": "StepScaling",
        "StepScalingPolicyConfiguration": {
            "AdjustmentType": "ChangeInCapacity",
            "MetricAggregationType": "Maximum",
            "Cooldown": int(wishes.number("autoscaling.cooldown")),
            "StepAdjustments": [step],
        },
    }
    says = (wishes.fact("autoscaling.from_zero"),)
    name = Text((ENDPOINT, "-wake"))
    return Resource("policy", "WakePolicy", name, settings, says, ("ScalableTarget",))


def _waking_alarm(metric: str, dimension: str, of: Blank | Text, statistic: str) -> Resource:
    settings = {
        "Namespace": "AWS/SageMaker",
        "MetricName": metric,
        "Dimensions": [{"Name": dimension, "Value": of}],
        "Statistic": statistic,
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "missing",
        "AlarmActions": [Name("WakePolicy")],
    }
    return Resource("alarm", "WakeAlarm", Text((ENDPOINT, "-wake")), settings)
