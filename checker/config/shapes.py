"""AWS's published shapes of requests: members, types, required ones, words; bounds are facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from checker.knowledge.model import ApiBound, Knowledge

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """A smallest or largest value of a shape, and the fact that gives it."""

    kind: str
    fact: str
    part: str | None
    limit: float


class Shapes:
    """The shapes by name, and the bounds that facts give them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._shapes = knowledge.shapes
        self._knowledge = knowledge

    @property
    def operations(self) -> Mapping[str, str]:
        """Operation to the name of its input's shape."""
        found: Mapping[str, str] = self._shapes["operations"]
        return found

    def of(self, operation: str) -> tuple[str, Json]:
        """The name and the shape of an operation's input."""
        name = self.operations[operation]
        return name, self._shapes[name]

    def inner(self, name: str, member: str) -> tuple[str, Json]:
        """The name and the shape of a member, or of the items of a list."""
        shape = self._shapes[name]
        found = f"{name.partition('/')[0]}/{shape['members'][member] if member else shape['of']}"
        return found, self._shapes[found]

    @property
    def version(self) -> str:
        """The version of the API model."""
        return str(self._shapes["version"])

    @property
    def checked(self) -> str:
        """The day on which the API model was read."""
        return str(self._shapes["checked"])

    @cached_property
    def bounds(self) -> Mapping[str, tuple[Bound, ...]]:
        """Shape to the bounds that facts give it."""
        found: dict[str, list[Bound]] = {}
        for key, fact in self._knowledge.facts.items():
            for bound in fact.api:
                if bound.bound in ("min", "max") and bound.path in self._shapes:
                    found.setdefault(bound.path, []).append(self._bound(key, bound))
        return {path: tuple(bounds) for path, bounds in found.items()}

    def _bound(self, key: str, bound: ApiBound) -> Bound:
        fact = self._knowledge.facts[key]
        value = fact.parts[bound.part].value if bound.part else fact.value
        return Bound(bound.bound, key, bound.part, float(value or 0) * bound.scale)

    def members(self, name: str) -> Iterator[str]:
        """The members of a shape."""
        return iter(self._shapes[name].get("members", {}))
