"""The knowledge read, validated and written: one source, checked once a build."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from checker.knowledge.loading import to_plain
from checker.knowledge.model import LEARNED, Knowledge
from checker.problems import Problem, did_you_mean
from macros.files import PARTS, ROOT, SOURCE
from macros.knowledge.capabilities import COMPARING
from macros.knowledge.checks import all_findings
from macros.knowledge.examples import example_problems
from macros.knowledge.schema import adapter, keys_beside
from macros.knowledge.table_cells import by_position
from macros.knowledge.yaml_lines import YamlSource, merge, read_yaml_file

# Files beside the source that `python -m macros train` and `shapes` write, by their section.
TRAINED = {
    "ranking": "reading/model.json",
    "readings": "reading/readings.json",
    "shapes": "shapes.json",
}
_CODES = {
    "extra_forbidden": "K003",
    "unexpected_keyword_argument": "K003",
    "missing": "K004",
    "missing_argument": "K004",
}


class KnowledgeError(Exception):
    """The YAML is not fit to build from; ``problems`` holds all that is wrong with it."""

    def __init__(
        self,
        problems: list[Problem],
        sound: Knowledge | None = None,
        dropped: frozenset[str] = frozenset(),
    ) -> None:
        self.problems = problems
        self.sound = sound
        """The knowledge without the entries that cannot be read, where anything can be."""
        self.dropped = dropped
        """The ids of the entries left out of ``sound``."""
        super().__init__(problem_report(problems))


def problem_report(problems: Sequence[Problem]) -> str:
    """Each problem on its line, and how many there are."""
    number = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([*map(problem_line, problems), f"{number}; nothing was built."])


def problem_line(problem: Problem) -> str:
    """``file:line CODE where: what (hint)``."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.where} {problem.code} {problem.message}{hint}"


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
    return by_position(merge(read_yaml_file(source, root), *beside))


def read_with_lines(source: Path = SOURCE, root: Path = ROOT) -> tuple[Knowledge, YamlSource]:
    """The same, with the document, which knows the file and line of each entry."""
    document = read_document(source, root)
    if document.data is None:
        raise KnowledgeError(list(document.problems))
    known, problems, dropped = _typed(document)
    problems += _truths(document)
    today = datetime.now(tz=UTC).date()
    if known is not None:
        problems += [
            Problem(code, document.place(path), f"{_dotted(path)}: {message}", hint)
            for path, code, message, hint in all_findings(known, root / "docs", today)
            # What refers to an entry that was dropped for its own faults is not at fault.
            if not any(f"'{name}" in message for name in dropped)
        ]
        examples = example_problems(source.parent, known, root)
        problems += [one for one in examples if not any(f"'{n}'" in one.message for n in dropped)]
    # Entries are compared with each other once each of them is right.
    own = [problem for problem in problems if problem.code not in COMPARING]
    problems = own or problems
    problems = [*document.problems, *problems]
    if problems or known is None:
        raise KnowledgeError(sorted(problems, key=_by_line), known, dropped)
    return replace(known, **_trained(source.parent)), document


def _trained(folder: Path) -> dict[str, Any]:
    """What was trained, where the folder has it."""
    files = {section: folder / name for section, name in TRAINED.items()}
    return {
        section: json.loads(file.read_text(encoding="utf-8"))
        for section, file in files.items()
        if file.is_file()
    }


def _truths(document: YamlSource) -> list[Problem]:
    """Values of facts that are ``true`` or ``false``, which pydantic reads as 1 and 0."""
    facts = document.data.get("facts") if isinstance(document.data, dict) else None
    hint = "write a number, or put the word in quotes"
    return [
        Problem(
            "K025", document.place(path), f"{_dotted(path)}: true or false is not a value", hint
        )
        for key, fact in (facts.items() if isinstance(facts, dict) else ())
        if isinstance(fact, dict) and isinstance(fact.get("value"), bool)
        for path in [("facts", key, "value")]
    ]


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
            said = f"'{name}' is trained, not written"
            problems.append(Problem("K003", document.place((name,)), said, "remove it"))
    while True:
        try:
            return adapter().validate_python(data), problems, frozenset(dropped)
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
        message, hint = f"unknown key '{name}'", did_you_mean(name, keys_beside(error))
    elif code == "K004":
        message, hint = f"the key '{name}' is missing", "add it"
    else:
        value = repr(error["input"])
        message, hint = f"{value[:60]}: {error['msg'].lower()}", ""
    return Problem(code, document.place(error["loc"]), f"{_dotted(path)}: {message}", hint)


def _dotted(path: tuple[str | int, ...]) -> str:
    return "/".join(str(step) for step in path) or "the file"


def knowledge_json(known: Knowledge) -> bytes:
    """What the checker carries: the knowledge as compact JSON, with its version and digest.

    The version is the newest day on which a fact was checked, as in 2026.11.22: a package is newer
    than another one when its facts are.
    """
    body = json.dumps(to_plain(known), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(body.encode()).hexdigest()[:12]
    checked = max((fact.checked for fact in known.facts.values()), default="1970-01-01")
    version = ".".join(str(int(part)) for part in checked.split("-"))
    stamps = f'"version":"{version}","digest":"{digest}"'
    return f"{{{stamps},{body.removeprefix('{')}".encode()
