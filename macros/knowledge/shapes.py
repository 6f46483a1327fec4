"""The members of AWS's API requests that the checker reads, from the installed API model.

Names, types, required members, words and patterns; no bounds, which are facts.
"""

import json
from collections.abc import Mapping
from typing import Any

from macros.files import SOURCE

SHAPES = SOURCE.parent / "shapes.json"
OPERATIONS = {
    "sagemaker": (
        "CreateModel",
        "CreateEndpointConfig",
        "CreateEndpoint",
        "UpdateEndpoint",
        "CreateTransformJob",
        "CreateMonitoringSchedule",
        "CreateInferenceComponent",
    ),
    "application-autoscaling": ("RegisterScalableTarget", "PutScalingPolicy"),
}
# Shapes that no endpoint uses, and that would double the file: any members are accepted.
LEFT_OUT = frozenset({"PredictiveScalingPolicyConfiguration"})


def api_shapes() -> dict[str, Any]:
    """The section ``shapes``: an entry for each shape, and ``operations`` with their inputs.

    Raises:
        ImportError: botocore is not installed.
    """
    import botocore
    from botocore.loaders import Loader

    found: dict[str, Any] = {"version": botocore.__version__, "operations": {}}
    for service, operations in OPERATIONS.items():
        model = Loader().load_service_model(service, "service-2")
        for operation in operations:
            name = model["operations"][operation]["input"]["shape"]
            found["operations"][operation] = f"{service}/{name}"
            _add(found, service, model["shapes"], name)
    return found


def _add(found: dict[str, Any], service: str, shapes: Mapping[str, Any], name: str) -> None:
    key = f"{service}/{name}"
    if key in found:
        return
    shape = shapes[name]
    found[key] = entry = {"type": shape["type"]}
    kinds = () if name in LEFT_OUT else ("required", "enum", "pattern")
    entry |= {kind: shape[kind] for kind in kinds if shape.get(kind)}
    if name in LEFT_OUT:
        return
    if members := shape.get("members", {}):
        entry["members"] = {member: inner["shape"] for member, inner in members.items()}
    if inner := shape.get("member") or shape.get("value"):
        entry["of"] = inner["shape"]
    for below in (*entry.get("members", {}).values(), *([entry["of"]] if "of" in entry else [])):
        _add(found, service, shapes, below)


def shapes_json(today: str) -> bytes:
    """The file ``docs/data/shapes.json``, read on this day."""
    return (
        json.dumps({"checked": today, **api_shapes()}, separators=(",", ":")).replace(
            '},"', '},\n"'
        )
        + "\n"
    ).encode()
