"""The knowledge read, validated and written: one source, checked once a build."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from checker.knowledge.loading import to_plain
from checker.knowledge.model import LEARNED, Knowledge
from checker.problems import Problem, did_you_mean
from macros.knowledge.checks import all_findings
from macros.knowledge.yaml_lines import YamlSource, merge, read_yaml_file
from macros.training.learning import all_texts, learn

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "data" / "knowledge.yml"
# Files beside the source, and the sections that each of them holds.
PARTS = {"scenarios.yml": ("scenarios",), "reading/phrases.yml": ("lexicon",)}
BUNDLED = ROOT / "checker" / "knowledge.json"

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')
_CODES = {
    "extra_forbidden": "K003",
    "unexpected_keyword_argument": "K003",
    "missing": "K004",
    "missing_argument": "K004",
}


class KnowledgeError(Exception):
    """The YAML is not fit to build from; ``problems`` holds all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(map(problem_line, problems))
        super().__init__(f"{lines}\n{len(problems)} problems; nothing was built.")


def problem_line(problem: Problem) -> str:
    """``file:line CODE where: what (hint)``."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.where} {problem.code} {problem.message}{hint}"


@cache
def _adapter() -> TypeAdapter[Knowledge]:
    return TypeAdapter(Knowledge)


def read_knowledge(source: Path = SOURCE, root: Path = ROOT) -> Knowledge:
    """Read and check the YAML.

    Raises:
        KnowledgeError: every problem at once, each as ``file:line CODE where: message (hint)``.
    """
    return read_with_lines(source, root)[0]


def read_document(source: Path = SOURCE, root: Path = ROOT) -> YamlSource:
    """The YAML and the files beside it as one document, unchecked."""
    files = [source.parent / part for part in PARTS]
    beside = [read_yaml_file(file, root) for file in files if file.is_file()]
    return merge(read_yaml_file(source, root), *beside)


def read_with_lines(source: Path = SOURCE, root: Path = ROOT) -> tuple[Knowledge, YamlSource]:
    """The same, with the document, which knows the file and line of each entry."""
    document = read_document(source, root)
    if document.data is None:
        raise KnowledgeError(list(document.problems))
    known, problems, dropped = _typed(document)
    if known is not None:
        problems += [
            Problem(code, document.place(path), f"{_dotted(path)}: {message}", hint)
            for path, code, message, hint in all_findings(known, root / "docs")
            # What refers to an entry that was dropped for its own faults is no fault of its own.
            if not any(f"'{name}" in message for name in dropped)
        ]
    problems = [*document.problems, *problems]
    if problems or known is None:
        raise KnowledgeError(sorted(problems, key=_by_line))
    return learn(known, all_texts(known, root / "docs")), document


def typed_knowledge(document: YamlSource) -> Knowledge | None:
    """What of a document has the right form; the rest is left out. None where nothing has.

    For comparing versions, one of which may be older than today's model or not yet right.
    """
    return None if document.data is None else _typed(document)[0]


def _by_line(problem: Problem) -> tuple[str, int]:
    name, _, line = problem.where.rpartition(":")
    return name, int(line) if line.isdigit() else 0


def _typed(document: YamlSource) -> tuple[Knowledge | None, list[Problem], frozenset[str]]:
    """The knowledge without the entries that the schema refuses, their problems and their ids.

    So one run tells the faults of form and of sense together.
    """
    problems: list[Problem] = []
    dropped: set[str] = set()
    data = document.data
    for name in LEARNED if isinstance(data, dict) else ():
        if data.pop(name, None):
            said = f"'{name}' is learned when the site is built"
            problems.append(Problem("K003", document.place((name,)), said, "remove it"))
    while True:
        try:
            return _adapter().validate_python(data), problems, frozenset(dropped)
        except ValidationError as error:
            errors: list[dict[str, Any]] = [dict(item) for item in error.errors()]
        problems += [_schema_problem(document, item) for item in errors if _telling(item)]
        faulty = {document.known(item["loc"])[:2] for item in errors}
        if not isinstance(data, dict) or any(len(path) < 2 for path in faulty):
            return None, list(dict.fromkeys(problems)), frozenset(dropped)
        problems = list(dict.fromkeys(problems))
        dropped |= {str(key) for _, key in faulty}
        data = {
            section: _without(entries, {key for owner, key in faulty if owner == section})
            for section, entries in data.items()
        }


def _without(entries: Any, keys: set[str | int]) -> Any:
    if not isinstance(entries, dict) or not keys:
        return entries
    return {key: entry for key, entry in entries.items() if key not in keys}


def _telling(error: dict[str, Any]) -> bool:
    """A choice of two forms is reported once, by the form that was meant."""
    return not (error["type"] == "tuple_type" and isinstance(error["input"], dict))


def _schema_problem(document: YamlSource, error: dict[str, Any]) -> Problem:
    path = document.known(error["loc"])
    code = _CODES.get(error["type"], "K007")
    name = str(error["loc"][-1]) if error["loc"] else ""
    if code == "K003":
        message, hint = f"unknown key '{name}'", did_you_mean(name, _keys_beside(error))
    elif code == "K004":
        message, hint = f"the key '{name}' is missing", "add it"
    else:
        value = repr(error["input"])
        message, hint = f"{value[:60]}: {error['msg'].lower()}", ""
    return Problem(code, document.place(error["loc"]), f"{_dotted(path)}: {message}", hint)


def _keys_beside(error: dict[str, Any]) -> list[str]:
    """The keys that the object with the unknown key may have, found in the JSON Schema."""
    schema: Any = _adapter().json_schema()
    here = schema
    for step in error["loc"][:-1]:
        here = _resolve(here, schema)
        inner = here.get("properties", {}).get(step) or here.get("additionalProperties")
        here = inner if isinstance(inner, dict) else here.get("items", here)
    return list(_resolve(here, schema).get("properties", {}))


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if options := node.get("anyOf"):
        node = next((option for option in options if "$ref" in option), options[0])
    if reference := node.get("$ref"):
        return dict(schema["$defs"][reference.rsplit("/", 1)[-1]])
    return node


def _dotted(path: tuple[str | int, ...]) -> str:
    return "/".join(str(step) for step in path) or "the file"


def json_schemas() -> dict[str, str]:
    """The JSON Schema of each YAML file, by its path beside the source.

    Editors complete from them; they are derived from the dataclasses.
    """
    elsewhere = {section for sections in PARTS.values() for section in sections}
    main = tuple(name for name in Knowledge.__slots__ if name not in {*elsewhere, *LEARNED})
    return {
        part.replace(".yml", ".schema.json"): _schema_of(part, sections)
        for part, sections in {SOURCE.name: main, **PARTS}.items()
    }


def _schema_of(title: str, sections: Sequence[str]) -> str:
    schema = _adapter().json_schema()
    properties = {name: schema["properties"][name] for name in sections}
    schema |= {"title": title, "properties": properties, "required": list(sections)}
    reached = _definitions(properties, schema["$defs"])
    schema["$defs"] = {name: schema["$defs"][name] for name in reached}
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"


def _definitions(node: Any, definitions: Mapping[str, Any]) -> set[str]:
    """The names of all definitions that a part of a schema leads to."""
    found: set[str] = set()
    todo = set(_REFERENCE.findall(json.dumps(node)))
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= set(_REFERENCE.findall(json.dumps(definitions[name]))) - found
    return found


def knowledge_json(known: Knowledge) -> bytes:
    """What the checker carries: the whole knowledge as compact JSON, with its own digest."""
    body = json.dumps(to_plain(known), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(body.encode()).hexdigest()[:12]
    return f'{{"digest":"{digest}",{body.removeprefix("{")}'.encode()


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a generated file; an unchanged one is left alone, so that live reload stays calm."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
