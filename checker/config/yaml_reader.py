"""YAML read with the line of every key, by PyYAML, which only these files need.

Tags such as ``!Ref`` give an ``Unknown``. Aliases mean what they repeat, up to a limit: a few
lines of them can mean a billion values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from checker.config.cloudformation import substituted
from checker.config.faults import DEEPEST, LARGEST, MANY, Unreadable
from checker.config.json_reader import twice
from checker.config.nodes import Node, Scalar, Unknown

INSTALL = "install it with: pip install 'sagemaker-checker[yaml]', or give the file as JSON"
# The reader in pure Python is that much slower.
LARGEST_PURE = LARGEST // 8
MOST_ALIASES = 1000
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str) -> tuple[Node, ...]:
    """The documents of a file.

    Raises:
        Unreadable: it is no YAML, PyYAML is missing, or it means too many values.
    """
    try:
        import yaml
    except ImportError:
        raise Unreadable(1, "YAML needs the package PyYAML", INSTALL) from None
    fast = getattr(yaml, "CSafeLoader", None)
    if not fast and len(text) > LARGEST_PURE:
        raise Unreadable(
            1, f"{len(text):,} characters of YAML, more than {LARGEST_PURE:,}", "split it"
        )
    try:
        loader = fast or yaml.SafeLoader
        _refuse_excess(yaml, text, loader)
        nodes = [node for node in yaml.compose_all(text, Loader=loader) if node is not None]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise Unreadable(mark.line + 1 if mark else 1, f"not YAML: {said}", _remedy(said)) from None
    return tuple(_Walk().node(node) for node in nodes)


def _remedy(said: str) -> str:
    if "cannot start any token" in said:
        return "use spaces, not tabs, and put text with special characters in quotes"
    return "indent it like the entry above, or put the text in quotes"


def _refuse_excess(yaml: Any, text: str, loader: Any) -> None:
    depth = aliases = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > DEEPEST:
            raise Unreadable(line, f"nested more than {DEEPEST} levels deep", "remove brackets")
        if aliases > MOST_ALIASES:
            raise Unreadable(line, f"more than {MOST_ALIASES:,} aliases", "write the values out")


@dataclass
class _Walk:
    """Makes nodes of one document; each that an alias repeats is made once."""

    made: dict[int, Node] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)

    def node(self, found: Any) -> Node:
        """The node of PyYAML's node."""
        key = id(found)
        if key in self.open:
            raise Unreadable(
                found.start_mark.line + 1, "an alias that contains itself", "remove it"
            )
        if key not in self.made:
            self.open.add(key)
            self.made[key] = Node(self._value(found), found.start_mark.line + 1)
            self.open.discard(key)
        return self.made[key]

    def _value(self, found: Any) -> Any:
        kind = type(found).__name__
        if found.tag.startswith("!"):
            return self._tagged(found)
        if kind == "ScalarNode":
            return _scalar(found)
        inner = dict(self._members(found)) if kind == "MappingNode" else tuple(self._items(found))
        self._count(found)
        return inner

    def _items(self, found: Any) -> Iterator[Node]:
        return (self.node(item) for item in found.value)

    def _members(self, found: Any) -> Iterator[tuple[str, Node]]:
        lines: dict[str, int] = {}
        for key_node, value_node in found.value:
            line = key_node.start_mark.line + 1
            if type(key_node).__name__ != "ScalarNode":
                raise Unreadable(line, "a list or mapping as a key", "use a plain word as key")
            key = str(key_node.value)
            if key == "<<":
                yield from self.node(value_node).members.items()
                continue
            if key in lines:
                raise twice(key, line, lines[key])
            lines[key] = line
            yield key, Node(self.node(value_node).value, line)

    def _count(self, found: Any) -> None:
        inner = (
            part for item in found.value for part in (item if isinstance(item, tuple) else [item])
        )
        size = 1 + sum(self.sizes.get(id(part), 1) for part in inner)
        self.sizes[id(found)] = size
        if size > MANY:
            line = found.start_mark.line + 1
            raise Unreadable(line, f"aliases that mean more than {MANY:,} values", "write them out")

    def _tagged(self, found: Any) -> Unknown:
        name = found.value if type(found).__name__ == "ScalarNode" else None
        if found.tag == "!Ref" and name == "AWS::NoValue":
            return Unknown(name)
        if found.tag in ("!Ref", "!GetAtt") and name:
            return Unknown(name.partition(".")[0])
        if found.tag == "!Sub":
            first = found.value if name is not None else found.value[0].value
            return substituted(str(first))
        if found.tag == "!GetAtt" and found.value:
            return Unknown(str(found.value[0].value))
        return Unknown(maybe=found.tag == "!If")


def _scalar(found: Any) -> Scalar:
    text = str(found.value)
    if found.style in ("'", '"', "|", ">"):
        return text
    if (word := text.lower()) in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
