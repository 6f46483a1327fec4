"""CloudFormation templates: each SageMaker resource as the request that it makes.

What only the deployment knows, ``Ref``, ``Fn::If`` and the like, stays unknown.
"""

import re
from collections.abc import Iterator

from checker.config.faults import Unreadable
from checker.config.model import Request
from checker.config.nodes import Node, Unknown
from checker.config.shapes import Shapes
from checker.problems import did_you_mean

TYPES = {
    "AWS::SageMaker::Model": "CreateModel",
    "AWS::SageMaker::EndpointConfig": "CreateEndpointConfig",
    "AWS::SageMaker::Endpoint": "CreateEndpoint",
    "AWS::SageMaker::InferenceComponent": "CreateInferenceComponent",
    "AWS::SageMaker::TransformJob": "CreateTransformJob",
    "AWS::SageMaker::MonitoringSchedule": "CreateMonitoringSchedule",
    "AWS::ApplicationAutoScaling::ScalableTarget": "RegisterScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "PutScalingPolicy",
}
# What resources have beside the members of the request, at any depth.
OWN = frozenset({
    "ScalingTargetId", "ScheduledActions", "EndpointName", "MonitoringScheduleName", "EndpointArn",
    "ExcludeRetainedVariantProperties", "RetainAllVariantProperties", "RetainDeploymentConfig",
    "DeploymentConfig", "DeployedImage", "CurrentDataCacheConfig", "CurrentCopyCount",
    "DesiredCopyCount", "PlacementStatus", "FailureReason", "LastMonitoringExecutionSummary",
    "MonitoringScheduleStatus",
})  # fmt: skip
# What the request requires and the resource does not.
OPTIONAL = frozenset({
    "WaitIntervalInSeconds", "RoutingStrategy", "CopyCount", "MinMemoryRequiredInMb", "Name",
    "Value", "Metric", "Stat", "Id",
})  # fmt: skip


def is_template(document: Node) -> bool:
    """Whether a document is a CloudFormation template."""
    resources = document.members.get("Resources")
    return "AWSTemplateFormatVersion" in document.members or bool(
        resources and any("Type" in item.members for item in resources.members.values())
    )


def template_requests(shapes: Shapes, document: Node, file: str) -> Iterator[Request]:
    """The requests of a template's resources.

    Raises:
        Unreadable: a resource of a SageMaker type that CloudFormation does not have.
    """
    resources = document.members.get("Resources")
    for name, resource in (resources.members if resources else {}).items():
        kind = resource.at("Type")
        text = kind.text or "" if kind else ""
        if text in TYPES:
            empty = Node({}, resource.line)
            given = plain(resource.members.get("Properties", empty))
            yield Request(TYPES[text], given, file, resource.line, name, "cloudformation")
        elif kind and text.startswith("AWS::SageMaker::") and _misspelled(text):
            hint = did_you_mean(text, TYPES)
            raise Unreadable(kind.line, f"'{text[:60]}' is not a resource type", hint)


def _misspelled(text: str) -> bool:
    return "did you mean" in did_you_mean(text, TYPES) and text not in OTHERS


OTHERS = frozenset(f"AWS::SageMaker::{name}" for name in (
    "ModelPackage", "ModelPackageGroup", "ModelCard", "Pipeline", "Project", "Domain", "App",
    "ModelBiasJobDefinition", "ModelQualityJobDefinition", "DataQualityJobDefinition",
    "ModelExplainabilityJobDefinition", "InferenceExperiment", "FeatureGroup", "Device",
    "DeviceFleet", "Image", "ImageVersion", "UserProfile", "Space", "NotebookInstance",
    "NotebookInstanceLifecycleConfig", "CodeRepository", "Workteam", "AppImageConfig",
    "Cluster", "MlflowTrackingServer", "PartnerApp", "StudioLifecycleConfig", "ProcessingJob",
    "EndpointAccess", "MlflowApp",
))  # fmt: skip


def plain(node: Node) -> Node:
    """A node with its intrinsic functions in JSON as unknown, and members without a value gone."""
    if len(node.members) == 1:
        ((key, inner),) = node.members.items()
        if key == "Ref":
            return Node(Unknown(inner.text), node.line)
        if key.startswith("Fn::"):
            return Node(_function(key, inner), node.line)
    if node.members:
        members = {key: plain(value) for key, value in node.members.items()}
        return Node({k: v for k, v in members.items() if not _absent(v)}, node.line)
    if node.items:
        return Node(
            tuple(found for item in node.items if not _absent(found := plain(item))), node.line
        )
    return node


def _function(key: str, inner: Node) -> Unknown:
    if key == "Fn::GetAtt":
        first = inner.items[0] if inner.items else inner
        return Unknown((first.text or "").partition(".")[0] or None)
    if key == "Fn::Sub":
        return substituted((inner.items[0] if inner.items else inner).text or "")
    return Unknown(maybe=key == "Fn::If")


def substituted(text: str) -> Unknown:
    """What ``Fn::Sub`` leaves open; its first reference says whom it is about."""
    found = _REFERENCE.search(text)
    return Unknown(found[1] if found else None)


_REFERENCE = re.compile(r"\$\{([A-Za-z0-9]+)[.}]")


def _absent(node: Node) -> bool:
    return isinstance(node.value, Unknown) and node.value.name == "AWS::NoValue"
