"""A starting point as a Python script for boto3."""

import json
from collections.abc import Iterator
from typing import Any

from checker.starting.parts import BLANKS, Blank, Name, Plan, Resource, Text, blanks_in
from checker.starting.writing import WIDTH, Heading, Style, block, comments, opening, wrapped

CLIENTS = {
    "sagemaker": "sagemaker",
    "scaling": "application-autoscaling",
    "cloudwatch": "cloudwatch",
}
# The client, the operation and the member that names the resource.
CALLS = {
    "model": ("sagemaker", "create_model", "ModelName"),
    "config": ("sagemaker", "create_endpoint_config", "EndpointConfigName"),
    "endpoint": ("sagemaker", "create_endpoint", "EndpointName"),
    "component": ("sagemaker", "create_inference_component", "InferenceComponentName"),
    "transform": ("sagemaker", "create_transform_job", "TransformJobName"),
    "target": ("scaling", "register_scalable_target", ""),
    "policy": ("scaling", "put_scaling_policy", "PolicyName"),
    "alarm": ("cloudwatch", "put_metric_alarm", "AlarmName"),
}


def render(plan: Plan, heading: Heading) -> str:
    """The script: constants to replace, clients, then one call for each resource."""
    lines = ['"""' + "\n\n".join("\n".join(wrapped(text)) for text in opening(heading)), '"""', ""]
    waits_for_copies = any(item.kind == "component" for item in plan.resources)
    lines += ["import time", ""] * waits_for_copies
    lines += [
        "import boto3",
        "",
        *comments(["Replace each value that says YOUR."]),
        *_constants(plan),
        "",
    ]
    used = {CALLS[item.kind][0] for item in plan.resources}
    lines += [
        f'{name} = boto3.client("{service}")' for name, service in CLIENTS.items() if name in used
    ]
    for item in plan.resources:
        lines += ["", *comments(item.says), *_call(plan, item), *_wait(item)]
    return "\n".join(lines) + "\n"


def _constants(plan: Plan) -> Iterator[str]:
    named = [(item.name, item.settings) for item in plan.resources]
    for name in blanks_in([part for pair in named for part in pair]):
        example = BLANKS[name].example
        shown = json.dumps(example if isinstance(example, str) else list(example))
        line, says = f"{name.upper()} = {shown}", f"# {BLANKS[name].says}"
        yield from [f"{line}  {says}"] if len(f"{line}  {says}") <= WIDTH else [says, line]


def _call(plan: Plan, item: Resource) -> Iterator[str]:
    client, operation, member = CALLS[item.kind]
    if plan.replaces and item.kind == "endpoint":
        operation = "update_endpoint"
    settings = {member: item.name, **item.settings} if member else item.settings
    style = Style(lambda value: _scalar(plan, value), _pair)
    kept = f"{_variable(item.id)} = " if item.kind == "policy" and _is_named(plan, item) else ""
    yield f"{kept}{client}.{operation}("
    for key, value in settings.items():
        yield f"    {key}={block(value, style, 4)},"
    yield ")"


def _is_named(plan: Plan, policy: Resource) -> bool:
    return any(f"Name(of='{policy.id}')" in repr(item.settings) for item in plan.resources)


def _wait(item: Resource) -> Iterator[str]:
    match item.kind:
        case "endpoint":
            yield 'sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=ENDPOINT_NAME)'
        case "transform":
            waiter = "transform_job_completed_or_stopped"
            yield f'sagemaker.get_waiter("{waiter}").wait(TransformJobName=JOB_NAME)'
        case "component":
            yield "while True:"
            yield "    state = sagemaker.describe_inference_component("
            yield f"        InferenceComponentName={_text(item.name)},"
            yield "    )"
            yield '    if state["InferenceComponentStatus"] != "Creating":'
            yield "        break"
            yield "    time.sleep(15)"


def _pair(key: str, value: str) -> str:
    return f"{json.dumps(key)}: {value}"


def _scalar(plan: Plan, value: Any) -> str:
    if isinstance(value, Name):
        (item,) = (item for item in plan.resources if item.id == value.of)
        return f'{_variable(item.id)}["PolicyARN"]' if item.kind == "policy" else _text(item.name)
    if isinstance(value, Blank | Text):
        return _text(value)
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _text(value: Text | Blank) -> str:
    if isinstance(value, Blank):
        return value.name.upper()
    parts = (f"{{{p.name.upper()}}}" if isinstance(p, Blank) else p for p in value.parts)
    return f'f"{"".join(parts)}"'


def _variable(id_: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in id_).lstrip("_")
