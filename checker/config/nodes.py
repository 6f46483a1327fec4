"""A document's values with the line of each, whatever format it was read from."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

type Scalar = str | int | float | bool | None
type Value = Mapping[str, Node] | tuple[Node, ...] | Scalar | Unknown


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a file leaves open, such as ``!Ref`` and ``Fn::If``; nothing is guessed in its place.

    ``name`` is the logical name that it refers to, where it refers to one.
    """

    name: str | None = None
    maybe: bool = False
    """True where even whether there is a value is open."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value and its line, from 1; of a member the line of its key."""

    value: Value
    line: int

    @property
    def members(self) -> Mapping[str, "Node"]:
        """The members of an object; none for anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def items(self) -> tuple["Node", ...]:
        """The items of a list; none for anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def text(self) -> str | None:
        """A string, or None for anything else."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> float | None:
        """A finite number, also one in quotes; None for anything else."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | str):
            return None
        try:
            found = float(self.value)
        except (ValueError, OverflowError):
            return None
        return found if math.isfinite(found) else None

    @property
    def true(self) -> bool:
        """Whether it says true, also in quotes."""
        return self.value is True or (self.text or "").lower() == "true"

    def at(self, path: str) -> "Node | None":
        """The value at a dotted path, ``ServerlessConfig.MemorySizeInMB``, or None."""
        here: Node | None = self
        for step in path.split("."):
            here = here.members.get(step) if here else None
        return here

    def all(self, path: str) -> Iterator["Node"]:
        """Every value at a path in which ``[]`` means each item: ``ProductionVariants[].Name``."""
        step, _, rest = path.partition(".")
        inner = self.members.get(step.removesuffix("[]")) if step else self
        for node in () if inner is None else inner.items if step.endswith("[]") else (inner,):
            yield from node.all(rest) if rest else (node,)


NOTHING = Node(None, 1)
