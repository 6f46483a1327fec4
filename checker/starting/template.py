"""A starting point as a CloudFormation template in YAML."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from checker.starting.parts import BLANKS, Blank, Name, Plan, Resource, Text, blanks_in
from checker.starting.writing import Heading, comments, opening

TYPES = {
    "model": "AWS::SageMaker::Model",
    "config": "AWS::SageMaker::EndpointConfig",
    "endpoint": "AWS::SageMaker::Endpoint",
    "component": "AWS::SageMaker::InferenceComponent",
    "transform": "AWS::Scheduler::Schedule",
    "target": "AWS::ApplicationAutoScaling::ScalableTarget",
    "policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "alarm": "AWS::CloudWatch::Alarm",
}
# The others are named by CloudFormation, so that a change can make a new one beside the old.
NAMED = {
    "endpoint": "EndpointName",
    "component": "InferenceComponentName",
    "policy": "PolicyName",
}
ATTRIBUTES = {
    "model": "ModelName",
    "config": "EndpointConfigName",
}
RUN_TARGET = "arn:${AWS::Partition}:scheduler:::aws-sdk:sagemaker:createTransformJob"
RUN_ID = "<aws.scheduler.execution-id>"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/.:-]*[A-Za-z0-9]|[A-Za-z]")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


class Tagged(str):
    """YAML that is written as it is, such as ``!Ref RoleArn``."""

    __slots__ = ()


def render(plan: Plan, heading: Heading) -> str:
    """The template: what to fill in as parameters, then the resources."""
    lines = [*comments(opening(heading)), 'AWSTemplateFormatVersion: "2010-09-09"']
    lines += [f"Description: {_scalar(_short(heading.sentence))}", "Parameters:"]
    resources = {item.id: resource(plan, item) for item in plan.resources}
    lines += _yaml(_parameters(plan), 2)
    lines.append("Resources:")
    for item in plan.resources:
        lines += [*comments(item.says, "  "), f"  {item.id}:", *_yaml(resources[item.id], 4)]
    return "\n".join(lines) + "\n"


def _short(sentence: str) -> str:
    return f"Starting point: {sentence}"[:1000]


def _parameters(plan: Plan) -> dict[str, Any]:
    names = _filled(plan)
    return {_parameter(name): _declared(name) for name in names}


def _declared(name: str) -> dict[str, str]:
    known = BLANKS[name]
    single = isinstance(known.example, str)
    shown = known.example if isinstance(known.example, str) else ", ".join(known.example)
    kind = "String" if single else "CommaDelimitedList"
    return {"Type": kind, "Description": f"{known.says}, as {shown}"}


def _filled(plan: Plan) -> list[str]:
    """The blanks of what the template holds."""
    found = []
    for item in plan.resources:
        found += blanks_in([item.name] if item.kind in NAMED else [])
        found += blanks_in(item.settings)
        if item.kind == "transform":
            found += ["job_name", "schedule", "scheduler_role_arn"]
    return list(dict.fromkeys(found))


def resource(plan: Plan, item: Resource) -> dict[str, Any]:
    """One resource of the template, with its intrinsic functions as tags."""
    settings = schedule(plan, item) if item.kind == "transform" else dict(item.settings)
    if item.kind in NAMED:
        settings = {NAMED[item.kind]: item.name, **settings}
    made: dict[str, Any] = {"Type": TYPES[item.kind]}
    if item.after:
        made["DependsOn"] = list(item.after)
    return {**made, "Properties": _tagged(plan, settings)}


def schedule(plan: Plan, item: Resource) -> dict[str, Any]:
    """A job in a stack would run once: a schedule starts it with a new name each time."""
    job = {"TransformJobName": f"${{JobName}}-{RUN_ID}", **_substituted(plan, item.settings)}
    return {
        "ScheduleExpression": Blank("schedule"),
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {
            "Arn": Tagged(f"!Sub {RUN_TARGET}"),
            "RoleArn": Blank("scheduler_role_arn"),
            "Input": Tagged(f"!Sub {_quoted(json.dumps(job))}"),
        },
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _substituted(plan: Plan, value: Any) -> Any:
    """Plain JSON in which references are written as ``!Sub`` reads them."""
    if isinstance(value, Mapping):
        return {key: _substituted(plan, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_substituted(plan, item) for item in value]
    if isinstance(value, Blank):
        return f"${{{_parameter(value.name)}}}"
    return f"${{{value.of}.{ATTRIBUTES[_kind(plan, value)]}}}" if isinstance(value, Name) else value


def _tagged(plan: Plan, value: Any) -> Any:
    match value:
        case Mapping():
            return {key: _tagged(plan, item) for key, item in value.items()}
        case list() | tuple():
            return [_tagged(plan, item) for item in value]
        case Blank(name):
            return Tagged(f"!Ref {_parameter(name)}")
        case Name(of):
            attribute = ATTRIBUTES.get(_kind(plan, value))
            return Tagged(f"!GetAtt {of}.{attribute}" if attribute else f"!Ref {of}")
        case Text(parts):
            words = (f"${{{_parameter(p.name)}}}" if isinstance(p, Blank) else p for p in parts)
            return Tagged(f"!Sub {''.join(words)}")
    return value


def _kind(plan: Plan, name: Name) -> str:
    return next(item.kind for item in plan.resources if item.id == name.of)


def _parameter(blank: str) -> str:
    return "".join(word.capitalize() for word in blank.split("_"))


def _yaml(value: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _entry(f"{pad}{key}:", item, indent)
        return
    for item in value:
        if not isinstance(item, Mapping):
            yield f"{pad}- {_scalar(item)}"
            continue
        first, *rest = _yaml(item, indent + 2)
        yield f"{pad}- {first.lstrip()}"
        yield from rest


def _entry(lead: str, item: Any, indent: int) -> Iterator[str]:
    if isinstance(item, Mapping | list):
        yield lead
        yield from _yaml(item, indent + 2)
    else:
        yield f"{lead} {_scalar(item)}"


def _scalar(value: Any) -> str:
    if isinstance(value, Tagged):
        return str(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
