"""YAML read with the line of every key, duplicate keys refused, and no surprising types.

PyYAML keeps the last of two equal keys without a word, reads ``no`` as False and ``12:30`` as
750. Here only true, false, null, integers and decimals are anything but text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from checker.problems import Problem
from macros.knowledge.yaml_faults import explain, faults

type Path_ = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """The safe loader with YAML 1.2's core types only."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), [*_first, ""]
    )


@dataclass(frozen=True)
class YamlSource:
    """A YAML document's data, the line (from 1) of each path in it, and what is wrong with it."""

    name: str
    data: Any
    lines: Mapping[Path_, int]
    problems: tuple[Problem, ...] = field(default=())
    files: Mapping[str | int, str] = field(default_factory=dict)
    """The file of each first step that is not in ``name``."""

    def place(self, path: Path_) -> str:
        """``name:line`` of a path, or of the nearest one above it that exists."""
        steps = self.known(path)
        name = self.files.get(steps[0], self.name) if steps else self.name
        return f"{name}:{self.lines.get(steps, 1)}"

    def known(self, path: Path_) -> Path_:
        """The path without the steps that are not in the document (pydantic names types too)."""
        here: Path_ = ()
        for step in path:
            if (*here, step) in self.lines:
                here = (*here, step)
        return here


def read_yaml(text: str, name: str) -> YamlSource:
    """Parse one document; ``name`` is how messages call it. Never raises for bad YAML."""
    if found := faults(text, name):
        return YamlSource(name, None, {}, tuple(found))
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return YamlSource(name, None, {}, (explain(error, text, name),))
    finally:
        loader.dispose()
    if node is None:
        return YamlSource(name, None, {}, (Problem("K001", f"{name}:1", "the file is empty"),))
    walk = _Walk(name, {}, [])
    data = walk.value(node, ())
    return YamlSource(name, data, walk.lines, tuple(walk.problems))


def merge(first: YamlSource, *others: YamlSource) -> YamlSource:
    """One document from several files, each with its own sections.

    A section that two files hold is a problem of the later file. The data is that of ``first``
    where a file holds no mapping.
    """
    problems = [problem for one in (first, *others) for problem in one.problems]
    if not isinstance(first.data, dict):
        return replace(first, problems=tuple(problems))
    data, lines, files = dict(first.data), dict(first.lines), dict(first.files)
    for other in others:
        for section, entries in other.data.items() if isinstance(other.data, dict) else ():
            if section in data:
                where = other.place((section,))
                home = files.get(section, first.name)
                message = f"the section '{section}' is in {home} already"
                problems.append(Problem("K002", where, message, "keep it in one file"))
                continue
            data[section], files[section] = entries, other.name
            lines |= {path: n for path, n in other.lines.items() if path[:1] == (section,)}
    return YamlSource(first.name, data, lines, tuple(problems), files)


def read_yaml_file(path: Path, root: Path) -> YamlSource:
    """Read a file; a missing one is a problem that names it."""
    name = str(path.relative_to(root))
    try:
        return read_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"not UTF-8: {error.reason}"
        problem = Problem("K000", f"{name}:{line}", message, "save the file as UTF-8")
        return YamlSource(name, None, {}, (problem,))
    except OSError as error:
        problem = Problem("K000", name, f"cannot be read: {error.strerror}", "restore the file")
        return YamlSource(name, None, {}, (problem,))


@dataclass(frozen=True)
class _Walk:
    name: str
    lines: dict[Path_, int]
    problems: list[Problem]

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        try:
            return _scalar(node)
        except ValueError:
            where = f"{self.name}:{node.start_mark.line + 1}"
            message = f"'{node.value[:40]}' is not what its type says"
            self.problems.append(Problem("K001", where, f"not YAML: {message}"))
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                where, hint = f"{self.name}:{line}", "write 'key: value' with a plain word as key"
                self.problems.append(Problem("K001", where, "a list or mapping as a key", hint))
                continue
            key = str(key_node.value)
            if key in found:
                first = self.lines[(*path, key)]
                where = f"{self.name}:{line}"
                message = f"the key '{key}' is listed twice (first on line {first})"
                self.problems.append(Problem("K002", where, message, "keep one of them"))
                continue
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found


def _scalar(node: yaml.Node) -> Any:
    kind, text = node.tag.rsplit(":", 1)[-1], node.value
    match kind:
        case "bool":
            return text == "true"
        case "null":
            return None
        case "int":
            return int(text)
        case "float":
            return float(text)
        case _:
            return text
