"""Requests that belong together: an endpoint configuration, its models, endpoints and schedules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.config.model import Request
from checker.config.nodes import Node, Unknown

NAMES = {
    "CreateModel": "ModelName",
    "CreateEndpointConfig": "EndpointConfigName",
    "CreateEndpoint": "EndpointName",
    "UpdateEndpoint": "EndpointName",
}
# What names another request: the operations, and the paths of the names.
REFERENCES = {
    "CreateEndpointConfig": (
        "ProductionVariants[].ModelName",
        "ShadowProductionVariants[].ModelName",
    ),
    "CreateTransformJob": ("ModelName",),
    "CreateEndpoint": ("EndpointConfigName",),
    "UpdateEndpoint": ("EndpointConfigName",),
    "CreateInferenceComponent": ("EndpointName", "Specification.ModelName"),
    "RegisterScalableTarget": ("ResourceId",),
    "PutScalingPolicy": ("ResourceId", "ScalingTargetId"),
    "CreateMonitoringSchedule": (
        "MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs[].EndpointInput.EndpointName",
    ),
}
_FIRST = ("CreateEndpointConfig", "CreateTransformJob", "CreateEndpoint", "UpdateEndpoint")


@dataclass(frozen=True, slots=True)
class System:
    """Requests that together describe one endpoint or one job, the leading one first."""

    requests: tuple[Request, ...]

    def of(self, *operations: str) -> tuple[Request, ...]:
        """The requests for some operations."""
        return tuple(r for r in self.requests if r.operation in operations)


def systems(requests: Sequence[Request]) -> Iterator[System]:
    """Every request in one system or more: two configurations can share a model."""
    often = Counter(map(_named, requests))
    placed: set[int] = set()
    order = [r for kind in _FIRST for r in requests if r.operation == kind]
    order += [r for r in requests if r.operation not in _FIRST]
    for first in order:
        if id(first) in placed:
            continue
        members = _reached(first, requests, often)
        placed |= {id(member) for member in members}
        yield System(tuple(members))


def _named(request: Request) -> tuple[str, str | None]:
    member = NAMES.get(request.operation)
    node = request.parameters.at(member) if member else None
    return request.operation, node.text if node else None


def _reached(
    first: Request, requests: Sequence[Request], often: Mapping[tuple[str, str | None], int]
) -> list[Request]:
    """A request with all that it names and that name it, but no second configuration or job.

    A name that several files give, as for two stages, belongs to its own file.
    """
    found = [first]
    for request in found:
        for other in requests:
            new = all(other is not member for member in found)
            leads = other.operation in ("CreateEndpointConfig", "CreateTransformJob")
            here = (
                request.file == other.file or max(often[_named(request)], often[_named(other)]) == 1
            )
            # A model belongs to what uses it, and leads to no other user.
            if new and here and not leads and _linked(request, other):
                found.append(other)
    return found


def _linked(one: Request, other: Request) -> bool:
    return names(one, other) or (one.operation != "CreateModel" and names(other, one))


def names(one: Request, other: Request) -> bool:
    """Whether a request names another one."""
    member = NAMES.get(other.operation)
    own = other.parameters.at(member) if member else None
    logical = other.name if one.file == other.file else None
    for path in REFERENCES.get(one.operation, ()):
        for node in one.parameters.all(path):
            if _is(node, own, logical):
                return True
    return False


def _is(node: Node, own: Node | None, logical: str | None) -> bool:
    if isinstance(node.value, Unknown):
        return node.value.name is not None and node.value.name == logical
    text = node.text or ""
    name = own.text if own else None
    return name is not None and (text == name or text.startswith(f"endpoint/{name}/"))


def paths(node: Node, path: str) -> Iterable[tuple[str, Node]]:
    """Every object at a path with ``[]`` and its place, ``ProductionVariants[0]``."""
    if not path:
        return [("", node)]
    step, _, rest = path.partition(".")
    inner = node.members.get(step.removesuffix("[]"))
    if inner is None:
        return []
    if not step.endswith("[]"):
        found = [(step, inner)]
    else:
        plain = step.removesuffix("[]")
        found = [(f"{plain}[{index}]", item) for index, item in enumerate(inner.items)]
    return [
        (f"{here}.{below}".rstrip("."), last)
        for here, one in found
        for below, last in paths(one, rest)
    ]
