"""The knowledge read, validated and written: one source, checked once a build."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checker.knowledge.loading import to_plain
from checker.knowledge.model import LEARNED, Knowledge
from checker.problems import Problem
from macros.files import PARTS, ROOT, SOURCE
from macros.knowledge.capabilities import COMPARING
from macros.knowledge.causes import Causes
from macros.knowledge.checks import all_findings
from macros.knowledge.clauses import clause_problems
from macros.knowledge.examples import example_problems
from macros.knowledge.forms import Forms, dotted
from macros.knowledge.lookups import Finding
from macros.knowledge.members import check_members
from macros.knowledge.report import problem_line, problem_report
from macros.knowledge.table_cells import by_position
from macros.knowledge.yaml_lines import YamlSource, merge, read_yaml_file

# Files beside the source that `python -m macros train` and `shapes` write, by their section.
TRAINED = {
    "ranking": "reading/model.json",
    "readings": "reading/readings.json",
    "shapes": "shapes.json",
}
_UNREADABLE = frozenset({"K000", "K001"})


__all__ = ["KnowledgeError", "problem_line", "problem_report", "read_knowledge"]


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
    unread = _unread(document)
    known, problems, dropped = _typed(document)
    if unread:
        # Without one of the files nothing that refers to its sections can be checked.
        raise KnowledgeError(sorted([*document.problems, *problems], key=_by_line))
    today, trained = datetime.now(tz=UTC).date(), _trained(source.parent)
    if known is not None:
        findings = [
            *all_findings(known, document.data, root / "docs", today),
            *check_members(replace(known, **trained)),
            *_truths(document),
        ]
        causes = Causes.of(findings, dropped)
        problems += [
            Problem(code, document.place(path), f"{dotted(path)}: {message}", hint)
            for path, code, message, hint in findings
            if not causes.explain(path, code, message)
        ]
        texts = [
            *example_problems(source.parent, known, root),
            *clause_problems(source.parent, known, root),
        ]
        problems += [one for one in texts if not causes.explain((), one.code, one.message)]
    # Entries are compared with each other once each of them is right.
    own = [problem for problem in problems if problem.code not in COMPARING]
    problems = list(dict.fromkeys(own or problems))
    problems = [*document.problems, *problems]
    if problems or known is None:
        raise KnowledgeError(sorted(problems, key=_by_line), known, dropped)
    return replace(known, **trained), document


def _unread(document: YamlSource) -> list[str]:
    """The sections of files that cannot be read, which are empty from here on."""
    if not isinstance(document.data, dict):
        return []
    files = {
        problem.where.rpartition(":")[0]
        for problem in document.problems
        if problem.code in _UNREADABLE
    }
    unread = [
        section
        for part, sections in PARTS.items()
        if any(file.endswith(f"/{part}") for file in files)
        for section in sections
        if section not in document.data
    ]
    document.data.update({section: {} for section in unread})
    return unread


def _trained(folder: Path) -> dict[str, Any]:
    """What was trained, where the folder has it."""
    files = {section: folder / name for section, name in TRAINED.items()}
    return {
        section: json.loads(file.read_text(encoding="utf-8"))
        for section, file in files.items()
        if file.is_file()
    }


def _truths(document: YamlSource) -> Iterator[Finding]:
    """Values of facts that are ``true`` or ``false``, which pydantic reads as 1 and 0."""
    facts = document.data.get("facts") if isinstance(document.data, dict) else None
    hint = "write a number, or put the word in quotes"
    for key, fact in facts.items() if isinstance(facts, dict) else ():
        if isinstance(fact, dict) and isinstance(fact.get("value"), bool):
            yield ("facts", key, "value"), "K025", "true or false is not a value", hint


def typed_knowledge(document: YamlSource) -> Knowledge | None:
    """What of a document has the right form; the rest is left out. None where nothing has.

    For comparing versions, one of which may be older than today's model or not yet right.
    """
    return None if document.data is None else _typed(document, mending=False)[0]


def _by_line(problem: Problem) -> tuple[str, int]:
    name, _, line = problem.where.rpartition(":")
    return name, int(line) if line.isdigit() else 0


def _typed(
    document: YamlSource, *, mending: bool = True
) -> tuple[Knowledge | None, list[Problem], frozenset[str]]:
    """The knowledge without what the schema refuses, the problems, the ids of entries left out.

    So one run tells the faults of form and of sense together.
    """
    problems: list[Problem] = []
    data = document.data
    for name in LEARNED if isinstance(data, dict) else ():
        if data.pop(name, None):
            said = f"'{name}' is trained, not written"
            problems.append(Problem("K003", document.place((name,)), said, "remove it"))
    forms = Forms(document, data, mending)
    known = forms.knowledge()
    return known, [*problems, *forms.problems], frozenset(forms.dropped)


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
