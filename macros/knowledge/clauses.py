"""The clauses that answers are heard by: what is wrong with a line of ``reading/clauses/*.jsonl``.

A clause is said by somebody who describes a situation, and gives one answer to one question. Each
file holds what was written together. The keys are told in docs/contributing.md.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean
from macros.knowledge.examples import key_faults, parsed

CLAUSES = "reading/clauses"
_NEEDED = ("text", "decision", "field", "value", "origin")
_KEYS: dict[str, type] = {**dict.fromkeys(_NEEDED, str), "unseen": bool}

type _Told = Iterator[tuple[str, str, str]]


def clause_problems(data: Path, known: Knowledge, root: Path) -> list[Problem]:
    """Every problem of every line, each at its file and line; none where there are no files."""
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for path in sorted((data / CLAUSES).glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            where = f"{path.relative_to(root)}:{number}"
            record, fault = parsed(line)
            told = [fault] if fault else [*_of_clause(record, known, seen, where)]
            found += [Problem(code, where, message, hint) for code, message, hint in told]
    return found


def _of_clause(record: dict[str, Any], known: Knowledge, seen: dict[str, str], where: str) -> _Told:
    wrong = [*key_faults(record, _KEYS, _NEEDED)]
    yield from wrong
    if wrong:
        return
    decision, field = record["decision"], record["field"]
    if decision not in known.decisions:
        hint = did_you_mean(decision, known.decisions)
        yield "K005", f"decision: unknown decision '{decision}'", hint
    elif field not in (asked := known.decisions[decision].fields):
        yield "K005", f"field: '{decision}' asks no such question", did_you_mean(field, asked)
    else:
        _, problems = read_answers(known, {field: record["value"]})
        yield from (("K061", f"value: {p.message}", p.hint) for p in problems)
    said = " ".join(record["text"].lower().split())
    if (first := seen.setdefault(said, where)) != where:
        yield "K092", f"'{record['text']}' is there twice (first at {first})", "keep one of them"
