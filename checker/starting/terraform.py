"""A starting point as a Terraform configuration for the AWS provider."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from checker.starting.parts import BLANKS, Blank, Name, Plan, Resource, Text, blanks_in
from checker.starting.template import RUN_ID
from checker.starting.writing import Heading, Style, block, comments, opening

TYPES = {
    "model": "aws_sagemaker_model",
    "config": "aws_sagemaker_endpoint_configuration",
    "endpoint": "aws_sagemaker_endpoint",
    "component": "aws_cloudformation_stack",
    "transform": "aws_scheduler_schedule",
    "target": "aws_appautoscaling_target",
    "policy": "aws_appautoscaling_policy",
    "alarm": "aws_cloudwatch_metric_alarm",
}
NAMED = {"endpoint": "name", "policy": "name", "alarm": "alarm_name"}
ATTRIBUTES = {"model": "name", "config": "name", "policy": "arn", "alarm": "alarm_name"}
BLOCKS = {"Containers": "container", "StepAdjustments": "step_adjustment"}
# The provider's endpoint has no such argument.
UNSAID = ("RetainAllVariantProperties",)
RUN_TARGET = "arn:aws:scheduler:::aws-sdk:sagemaker:createTransformJob"
COMPONENT_SAYS = (
    "The AWS provider has no resource for inference components: a CloudFormation stack has it."
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def render(plan: Plan, heading: Heading) -> str:
    """The configuration: the provider, variables to fill in, then the resources."""
    lines = [*comments(opening(heading)), "terraform {", "  required_providers {"]
    lines += ['    aws = { source = "hashicorp/aws" }', "  }", "}"]
    for name in _filled(plan):
        lines += ["", *_variable(name)]
    for item in plan.resources:
        lines += ["", *comments(item.says), *_resource(plan, item)]
    return "\n".join(lines) + "\n"


def _filled(plan: Plan) -> list[str]:
    found = []
    for item in plan.resources:
        found += blanks_in([item.name] if item.kind in NAMED or item.kind == "component" else [])
        found += blanks_in(item.settings)
        if item.kind == "transform":
            found += ["job_name", "schedule", "scheduler_role_arn"]
    return list(dict.fromkeys(found))


def _variable(name: str) -> Iterator[str]:
    known = BLANKS[name]
    single = isinstance(known.example, str)
    shown = known.example if isinstance(known.example, str) else ", ".join(known.example)
    yield f'variable "{name}" {{'
    yield f"  type        = {'string' if single else 'list(string)'}"
    yield f"  description = {_string(f'{known.says}, as {shown}')}"
    yield "}"


def _resource(plan: Plan, item: Resource) -> Iterator[str]:
    if item.kind == "component":
        yield from comments([COMPONENT_SAYS])
    yield f'resource "{TYPES[item.kind]}" "{_label(item.id)}" {{'
    yield from _body(plan, _arguments(item), 2)
    if item.kind == "config":
        yield ""
        yield "  lifecycle {"
        yield "    create_before_destroy = true"
        yield "  }"
    if item.after:
        named = ", ".join(_address(plan, other) for other in item.after)
        yield ""
        yield f"  depends_on = [{named}]"
    yield "}"


def _arguments(item: Resource) -> dict[str, Any]:
    if item.kind == "component":
        return _stack(item)
    if item.kind == "transform":
        return _schedule(item)
    settings = {name: value for name, value in item.settings.items() if name not in UNSAID}
    if item.kind == "alarm":
        pairs = {entry["Name"]: entry["Value"] for entry in settings["Dimensions"]}
        settings["Dimensions"] = ("map", pairs)
    named = {NAMED[item.kind]: item.name} if item.kind in NAMED else {}
    return {**named, **settings}


def _stack(item: Resource) -> dict[str, Any]:
    properties = {"InferenceComponentName": item.name, **item.settings}
    held = {"Component": {"Type": "AWS::SageMaker::InferenceComponent", "Properties": properties}}
    return {"name": item.name, "template_body": ("json", {"Resources": held})}


def _schedule(item: Resource) -> dict[str, Any]:
    job = {"TransformJobName": Text((Blank("job_name"), f"-{RUN_ID}")), **item.settings}
    target = {
        "arn": RUN_TARGET,
        "role_arn": Blank("scheduler_role_arn"),
        "input": ("raw json", job),
    }
    return {
        "name": Blank("job_name"),
        "schedule_expression": Blank("schedule"),
        "flexible_time_window": {"mode": "OFF"},
        "target": target,
    }


def _body(plan: Plan, arguments: Mapping[str, Any], indent: int) -> Iterator[str]:
    plain: list[tuple[str, Any]] = []
    for key, value in arguments.items():
        name = BLOCKS.get(key, _HUMP.sub("_", key).lower())
        nested = _nested(value)
        if not nested:
            plain.append((name, value))
            continue
        yield from _aligned(plan, plain, indent)
        plain = []
        for entry in nested:
            yield from _block(plan, name, entry, indent)
    yield from _aligned(plan, plain, indent)


def _nested(value: Any) -> list[Mapping[str, Any]]:
    """The blocks that a value becomes; none where it is an argument."""
    entries = [value] if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _aligned(plan: Plan, arguments: list[tuple[str, Any]], indent: int) -> Iterator[str]:
    """Arguments one below the other, their signs in one column."""
    width = max((len(name) for name, _ in arguments), default=0)
    for name, value in arguments:
        yield f"{' ' * indent}{name:<{width}} = {_argument(plan, value, indent)}"


def _block(plan: Plan, name: str, value: Mapping[str, Any], indent: int) -> Iterator[str]:
    yield f"{' ' * indent}{name} {{"
    yield from _body(plan, value, indent + 2)
    yield f"{' ' * indent}}}"


def _argument(plan: Plan, value: Any, indent: int) -> str:
    style = Style(lambda inner: _scalar(plan, inner), _pair, step=2, comma="", space=" ")

    def shown(inner: Any) -> str:
        return block(inner, style, indent)

    match value:
        case ("map", pairs):
            return shown(pairs)
        case ("json", content):
            return f"jsonencode({shown(content)})"
        case ("raw json", content):
            # jsonencode escapes the angle brackets of the run's id, which the schedule then misses.
            plain = f'replace(jsonencode({shown(content)}), "\\\\u003c", "<")'
            return f'replace({plain}, "\\\\u003e", ">")'
    return shown(value)


def _pair(key: str, value: str) -> str:
    return f"{key} = {value}"


def _scalar(plan: Plan, value: Any) -> str:
    match value:
        case Blank(name):
            return f"var.{name}"
        case Text(parts):
            words = (f"${{var.{p.name}}}" if isinstance(p, Blank) else p for p in parts)
            return f'"{"".join(words)}"'
        case Name(of):
            item = next(item for item in plan.resources if item.id == of)
            return f"{_address(plan, of)}.{ATTRIBUTES[item.kind]}"
        case str():
            return _string(value)
    return json.dumps(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("${", "$${")


def _address(plan: Plan, id_: str) -> str:
    item = next(item for item in plan.resources if item.id == id_)
    return f"{TYPES[item.kind]}.{_label(id_)}"


def _label(id_: str) -> str:
    return _HUMP.sub("_", id_).lower()
