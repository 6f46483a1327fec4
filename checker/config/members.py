"""A request against AWS's shapes: members, types, words and names, and the bounds of facts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from checker.config.cloudformation import OPTIONAL, OWN
from checker.config.model import Finding, Request
from checker.config.nodes import Node, Unknown
from checker.config.shapes import Bound, Json, Shapes
from checker.formatting import format_measure
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fill
from checker.problems import did_you_mean
from checker.rules.reasons import fact_of

# What a template's resource does not need, because it is made up or follows from another member.
_FOLLOWS = frozenset({"ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyName"})
# Numbers and truths in quotes are what these forms allow.
_QUOTED = ("cloudformation", "terraform")
_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "structure": ("an object", lambda value: isinstance(value, dict)),
    "map": ("an object", lambda value: isinstance(value, dict)),
    "list": ("a list", lambda value: isinstance(value, tuple)),
    "string": ("text", lambda value: isinstance(value, str)),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "integer": ("a whole number", lambda value: type(value) is int),
    "long": ("a whole number", lambda value: type(value) is int),
    "float": ("a number", lambda value: type(value) in (int, float)),
    "double": ("a number", lambda value: type(value) in (int, float)),
    "timestamp": ("a time", lambda value: isinstance(value, str | int | float)),
}
LONGEST = 2000
_CHECKED_PATTERNS = re.compile(r"(Name|S3Uri|Url|S3OutputPath)$")


@dataclass(frozen=True)
class Walk:
    """What the members of one request come to."""

    knowledge: Knowledge
    shapes: Shapes
    request: Request

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with the request alone."""
        name, shape = self.shapes.of(self.request.operation)
        yield from self._value(name, shape, self.request.parameters, self.request.operation)

    def _value(self, name: str, shape: Json, node: Node, path: str) -> Iterator[Finding]:
        if isinstance(node.value, Unknown):
            return
        if not self._fits(shape["type"], node):
            kind = _KINDS[shape["type"]][0]
            message = f"{_last(path)} is {_called(node)}, not {kind}"
            yield self._finding("B003", node, path, message, f"write {kind}")
            return
        outside = list(self._bounds(name, node, path))
        yield from outside
        if outside:
            return  # of ten thousand variants, the number says enough
        if shape["type"] == "structure":
            yield from self._structure(name, shape, node, path)
        elif shape["type"] == "list":
            inner, below = self.shapes.inner(name, "")
            for index, item in enumerate(node.items):
                yield from self._value(inner, below, item, f"{path}[{index}]")
        elif shape["type"] == "string":
            yield from self._text(shape, node, path)

    def _fits(self, kind: str, node: Node) -> bool:
        if _KINDS[kind][1](node.value):
            return True
        if self.request.form not in _QUOTED or node.value is None:
            return False
        if kind in ("integer", "long", "float", "double"):
            return node.number is not None
        if kind == "boolean":
            return (node.text or "").lower() in ("true", "false")
        return kind == "string" and isinstance(node.value, int | float)

    def _structure(self, name: str, shape: Json, node: Node, path: str) -> Iterator[Finding]:
        members = shape.get("members", {})
        for member, value in node.members.items():
            if member in members:
                inner, below = self.shapes.inner(name, member)
                yield from self._value(inner, below, value, f"{path}.{member}")
            elif members and not self._own(member):
                message = f"{_last(path)} has no member '{member[:60]}'"
                hint = did_you_mean(member, members)
                yield self._finding("B001", value, f"{path}.{member}", message, hint)
        for member in shape.get("required", ()):
            if member not in node.members and self._needed(member, path):
                message = f"{_last(path)} lacks {member}, which is required"
                yield self._finding("B002", node, path, message, f"add {member}")

    def _own(self, member: str) -> bool:
        return self.request.form == "cloudformation" and member in OWN

    def _needed(self, member: str, path: str) -> bool:
        if self.request.form in ("api", "terraform"):
            return self.request.form == "api"
        if "." in path:
            return self.request.form != "cloudformation" or member not in OPTIONAL
        if self.request.form == "part" or member in _FOLLOWS:
            return False
        endpoint = self.request.operation == "CreateEndpoint" and member == "EndpointConfigName"
        return endpoint or not member.endswith("Name")

    def _text(self, shape: Json, node: Node, path: str) -> Iterator[Finding]:
        text, words = str(node.value), shape.get("enum")
        if words and text not in words:
            hint = did_you_mean(text, words, limit=6)
            message = f"'{text[:60]}' is not a value of {_last(path)}"
            yield self._finding("B004", node, path, message, hint)
        elif _CHECKED_PATTERNS.search(path) and not _matches(shape.get("pattern"), text):
            message = f"'{text[:60]}' does not have the form of {_last(path)}"
            hint = f"the form is {shape['pattern']}"
            yield self._finding("B005", node, path, message, hint)

    def _bounds(self, name: str, node: Node, path: str) -> Iterator[Finding]:
        size = len(node.items) if isinstance(node.value, tuple) else node.number
        if size is None:
            return
        for bound in self.shapes.bounds.get(name, ()):
            if (size > bound.limit) if bound.kind == "max" else (size < bound.limit):
                yield self._outside(bound, node, path, size)

    def _outside(self, bound: Bound, node: Node, path: str, size: float) -> Finding:
        limit = _limit(self.knowledge, bound)
        word = "above" if bound.kind == "max" else "below"
        number = "items" if isinstance(node.value, tuple) else ""
        message = f"{_last(path)} is {_short(size)}{number and ' ' + number}, {word} {limit}"
        hint = f"use {_short(bound.limit)} or {'less' if bound.kind == 'max' else 'more'}"
        return cited(
            self.knowledge,
            Finding("problem", "B006", self.request.file, node.line, path, message, hint, limit),
            bound.fact,
        )

    def _finding(self, code: str, node: Node, path: str, message: str, hint: str) -> Finding:
        source = self.knowledge.sources[
            f"api-{self.shapes.of(self.request.operation)[0].partition('/')[0]}"
        ]
        return Finding(
            "problem",
            code,
            self.request.file,
            node.line,
            path,
            message,
            hint,
            source={"title": source.title, "url": source.url},
            checked=self.shapes.checked,
        )


def cited(knowledge: Knowledge, finding: Finding, fact: str | None) -> Finding:
    """A finding with the source and the day of the fact that it rests on.

    A limit on which sources disagree is only to know: the other source may be right.
    """
    found = fact_of(knowledge, fact)
    if fact is None or found is None:
        return finding
    source, disputed = found["sources"][0], knowledge.facts[fact].disputed
    finding = replace(finding, fact=fact, source=source, checked=found["checked"])
    if not disputed:
        return finding
    said = f"{finding.message} Sources disagree: {fill(disputed[0].says, knowledge)}"
    return replace(finding, level="warning", message=said)


def _limit(knowledge: Knowledge, bound: Bound) -> str:
    fact = knowledge.facts[bound.fact]
    measure = fact.parts[bound.part] if bound.part else fact
    return format_measure(measure.value if measure.value is not None else "", measure.unit)


def _matches(pattern: str | None, text: str) -> bool:
    try:
        return not pattern or len(text) > LONGEST or re.fullmatch(pattern, text) is not None
    except re.error:
        return True


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _called(node: Node) -> str:
    if isinstance(node.value, dict | tuple):
        return "an object" if isinstance(node.value, dict) else "a list"
    return {None: "null", True: "true", False: "false"}.get(node.value, f"'{str(node.value)[:40]}'")  # type: ignore[arg-type]


def _short(number: float) -> str:
    return f"{number:g}" if number != int(number) else str(int(number))
