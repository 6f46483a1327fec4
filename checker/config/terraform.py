"""``terraform show -json``: each SageMaker resource of a plan or a state as the request it makes.

The provider's names are the API's in another spelling, so that the API's shapes find them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from checker.config.model import Request
from checker.config.nodes import Node, Unknown
from checker.config.shapes import Shapes

TYPES = {
    "aws_sagemaker_model": "CreateModel",
    "aws_sagemaker_endpoint_configuration": "CreateEndpointConfig",
    "aws_sagemaker_endpoint": "CreateEndpoint",
    "aws_sagemaker_monitoring_schedule": "CreateMonitoringSchedule",
    "aws_appautoscaling_target": "RegisterScalableTarget",
    "aws_appautoscaling_policy": "PutScalingPolicy",
}
# Where the provider's name is another word.
WORDS = {
    "name": {
        "CreateModel": "ModelName",
        "CreateEndpointConfig": "EndpointConfigName",
        "CreateEndpoint": "EndpointName",
        "CreateMonitoringSchedule": "MonitoringScheduleName",
        "PutScalingPolicy": "PolicyName",
    },
    "container": {"": "Containers"},
    "kms_key_arn": {"": "KmsKeyId"},
    "enable_ssm_access": {"": "EnableSSMAccess"},
}


def is_plan(document: Node) -> bool:
    """Whether a document is what ``terraform show -json`` prints."""
    return "format_version" in document.members and bool(
        document.members.keys() & {"planned_values", "values", "terraform_version"}
    )


def plan_requests(shapes: Shapes, document: Node, file: str) -> Iterator[Request]:
    """The requests of a plan's or a state's resources, modules included."""
    top = document.at("planned_values.root_module") or document.at("values.root_module")
    references = _references(document)
    for resource in _resources(top) if top else ():
        kind, given = resource.at("type"), resource.at("values")
        name = kind.text if kind else None
        if name in TYPES and given:
            address = resource.at("address")
            text = (address.text if address else None) or name
            node = _named(shapes, TYPES[name], given, references.get(text, {}))
            yield Request(TYPES[name], node, file, resource.line, text, "terraform")


def _resources(module: Node) -> Iterator[Node]:
    yield from module.all("resources[]")
    for child in module.all("child_modules[]"):
        yield from _resources(child)


def _references(document: Node) -> dict[str, dict[str, str]]:
    """For each resource, the resources that its attributes refer to, by attribute."""
    found: dict[str, dict[str, str]] = {}
    for resource in document.all("configuration.root_module.resources[]"):
        address, expressions = resource.at("address"), resource.at("expressions")
        if address and address.text and expressions:
            found[address.text] = dict(_referring(expressions))
    return found


def _referring(expressions: Node) -> Iterator[tuple[str, str]]:
    for key, value in expressions.members.items():
        for block in value.items or (value,):
            for reference in block.all("references[]"):
                if reference.text and reference.text.count(".") == 1:
                    yield key, reference.text
            yield from _referring(block)


def _named(shapes: Shapes, operation: str, given: Node, refers: Mapping[str, str]) -> Node:
    name, _ = shapes.of(operation)
    made = dict(_members(shapes, operation, name, given))
    for key, address in refers.items():
        member = _member(shapes, operation, name, key)
        if member and member not in made:
            made[member] = Node(Unknown(address), given.line)
    for variant in made.get("ProductionVariants", Node((), 1)).items:
        if "model_name" in refers and "ModelName" not in variant.members:
            inner: Any = variant.members
            inner["ModelName"] = Node(Unknown(refers["model_name"]), variant.line)
    return Node(made, given.line)


def _members(shapes: Shapes, operation: str, name: str, given: Node) -> Iterator[tuple[str, Node]]:
    for key, value in given.members.items():
        member = _member(shapes, operation, name, key)
        if member and value.value not in (None, (), ""):
            inner, shape = shapes.inner(name, member)
            yield member, _value(shapes, operation, inner, shape, value)


def _member(shapes: Shapes, operation: str, name: str, key: str) -> str | None:
    words = WORDS.get(key, {})
    if (word := words.get(operation) or words.get("")) and word in shapes.members(name):
        return word
    plain = key.replace("_", "").lower()
    return next((m for m in shapes.members(name) if m.lower() in (plain, f"{plain}s")), None)


def _value(shapes: Shapes, operation: str, name: str, shape: Any, value: Node) -> Node:
    if shape["type"] == "structure":
        block = value.items[0] if value.items else value  # a block is a list of one
        return Node(dict(_members(shapes, operation, name, block)), value.line)
    if shape["type"] == "list" and value.items:
        inner, below = shapes.inner(name, "")
        return Node(
            tuple(_value(shapes, operation, inner, below, item) for item in value.items), value.line
        )
    return value
