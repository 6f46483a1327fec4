"""Clauses that each say one answer: a mistake is told with file, line and remedy."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checker.knowledge.answers import plain_answer
from checker.text.statements import Parsed, Reader
from macros.files import ROOT, SOURCE
from macros.knowledge.clauses import CLAUSES, clause_problems
from macros.knowledge.reading import problem_line
from macros.training.corpus import clauses
from tests import support

GOOD = {
    "text": "Ours sits with you while it thinks.",
    "decision": "inference",
    "field": "caller",
    "value": "waits",
    "origin": "synthetic",
}

OTHER = "They come back for it later."


def line(**changes: Any) -> str:
    return json.dumps({key: v for key, v in {**GOOD, **changes}.items() if v is not None})


BAD = {
    "no JSON": ("{", "K091", "write one object in braces on one line"),
    "a key that is missing": (line(origin=None), "K004", "add it"),
    "a key that is misspelled": (line(unseeen=True), "K003", "did you mean unseen?"),
    "no text": (line(text=3), "K007", "write a text in quotes"),
    "no decision": (line(text=OTHER, decision="inferense"), "K005", "did you mean inference?"),
    "no such question": (line(text=OTHER, field="caler"), "K005", "did you mean caller?"),
    "no such value": (line(text=OTHER, value="sleeps"), "K061", "known: dataset"),
    "there already": (line(text=GOOD["text"].upper()), "K092", "keep one of them"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_in_a_clause_is_reported(case: str, tmp_path: Path) -> None:
    bad, code, remedy = BAD[case]
    path = tmp_path / "docs/data" / CLAUSES / "people.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(f"{line()}\n{bad}\n", encoding="utf-8")
    (told,) = map(problem_line, clause_problems(tmp_path / "docs/data", support.known(), tmp_path))
    assert told.startswith(f"docs/data/{CLAUSES}/people.jsonl:2 {code} ")
    assert remedy in told


def test_the_clauses_of_the_tree_have_no_problem() -> None:
    assert clause_problems(SOURCE.parent, support.known(), ROOT) == []


# Of the clauses that teach nothing, the parts that were read as meant and as something else.
LEAST_HEARD, MOST_MISHEARD = 0.5, 0.03


def test_clauses_that_nothing_was_fitted_to_are_read_no_worse_than_before() -> None:
    known = support.known()
    reader, heard = Reader(known), Counter[str]()
    for clause in clauses(ROOT / "docs"):
        if not clause.unseen or clause.decision is None:
            continue
        parsed = reader.parse(clause.text)
        assert isinstance(parsed, Parsed)
        ((field, answer),) = clause.record["answers"].items()
        read = {s.field: s.answer for s in reader.read(parsed, clause.decision).statements}
        got = plain_answer(known.fields[field], read[field]) if field in read else "nothing"
        heard["all"] += 1
        heard[got if got == "nothing" else "right" if got == answer["value"] else "wrong"] += 1
    assert heard["right"] / heard["all"] >= LEAST_HEARD
    assert heard["wrong"] / heard["all"] <= MOST_MISHEARD
