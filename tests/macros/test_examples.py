# ruff: noqa: E501 - a row of the table is one line
"""Mistakes in the examples that texts are ranked by: file, line, value and remedy, all at once."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.files import ROOT, SOURCE
from macros.knowledge.examples import EXAMPLES, STATES, example_problems
from macros.knowledge.reading import KnowledgeError, problem_line, read_knowledge
from tests import excerpt, support

GOOD = {
    "id": "x-1", "text": "Ours are 3 MB each, a few an hour.", "option": "serverless-inference",
    "accept": ["real-time-endpoint"], "batch": "x", "origin": "synthetic",
    "answers": {"payload": {"value": "3 MB", "quote": "3 MB each"}}, "other": {}, "context": [],
}  # fmt: skip

OTHER = "Another one: 3 MB each."


def changed(**values: Any) -> str:
    """The good record with other values; a value of None leaves its key out."""
    record = {**GOOD, **values}
    return json.dumps({key: value for key, value in record.items() if value is not None})


LINES: dict[str, tuple[str | bytes, str, str, str]] = {
    # the line, its code, what is said of it, what to do
    "not JSON": ("{'id': 'x'}", "K091", "not JSON: column 2: expecting property name", "one object in braces"),
    "comma behind the last": (changed()[:-1] + ",}", "K091", "not JSON: column", "one object"),
    "open": (changed()[:-1], "K091", "not JSON: column", "one object"),
    "two on one line": (changed() + changed(), "K091", "extra data", "one object"),
    "blank": ("", "K091", "a blank line", "one object"),
    "conflict": ("<<<<<<< HEAD", "K091", "a merge conflict ('<<<<<<<')", "keep one side"),
    "conflict, middle": ("=======", "K091", "a merge conflict ('=======')", "keep one side"),
    "byte-order mark": ("\ufeff" + changed(), "K091", "a byte-order mark", "without BOM"),
    "Latin-1": ("{\"id\": \"é\"}".encode("latin-1"), "K000", "not UTF-8", "save the file as UTF-8"),
    "a list": ("[1, 2]", "K091", "[1, 2] is no object", "one object"),
    "a text": ('"x"', "K091", "'x' is no object", "one object"),
    "nested deep": ("[" * 100_000, "K091", "not JSON: nested too deep", "one object"),
    "key left out": (changed(batch=None), "K004", "x-1: the key 'batch' is missing", "add it"),
    "text left out": (changed(text=None), "K004", "x-1: the key 'text' is missing", "add it"),
    "key misspelt": (changed(optoin="x"), "K003", "x-1: unknown key 'optoin'", "did you mean option?"),
    "accept as text": (changed(accept="real-time-endpoint"), "K007", "accept: 'real-time-endpoint'", "a list in square brackets"),
    "text as number": (changed(text=7), "K007", "text: 7", "a text in quotes"),
    "answers as list": (changed(answers=[]), "K007", "answers: []", "an object in braces"),
    "unknown option": (changed(option="serverles-inference"), "K005", "option: unknown option 'serverles-inference'", "did you mean serverless-inference?"),
    "option of another decision": (changed(option="canary"), "K005", "unknown option 'canary'", "known: async-inference"),
    "unknown option accepted": (changed(accept=["realtime-endpoint"]), "K005", "accept/0: unknown option 'realtime-endpoint'", "did you mean real-time-endpoint?"),
    "unknown state": (changed(option=None, state="sure"), "K007", "state: 'sure'", "ask-for-more, narrowed"),
    "option and state": (changed(state="narrowed"), "K093", "not one of option and state", "keep option"),
    "neither": (changed(option=None), "K093", "not one of option and state", "keep option"),
    "narrowed to nothing": (changed(option=None, state="narrowed", accept=[]), "K093", "narrowed to no options", "list in accept"),
    "answers without other": (changed(other=None), "K093", "answers and other go together", "add the one"),
    "unknown question": (changed(answers={"paylod": {"value": "3 MB", "quote": "3 MB"}}), "K005", "answers/paylod: 'inference' asks no such question", "did you mean payload?"),
    "unreadable value": (changed(answers={"payload": {"value": "3 parsecs", "quote": "3 MB"}}), "K061", "'parsecs' is not a unit of this field", "accepted: bytes"),
    "answer without its quote": (changed(answers={"payload": "3 MB"}), "K007", "answers/payload: '3 MB'", "write {value, quote}"),
    "quote that nobody wrote": (changed(answers={"payload": {"value": "3 MB", "quote": "4 MB"}}), "K094", "'4 MB' is not in the text", "the text's own words"),
    "other words that nobody wrote": (changed(other={"7 cats": "name"}), "K094", "'7 cats' is not in the text", "the text's own words"),
    "id twice": (changed(text=OTHER), "K092", "the id 'x-1' is used twice (first at docs/data/reading/examples/inference.jsonl:1)", "give one of them another id"),
    "text twice": (changed(id="x-2"), "K092", "x-2: 'Ours are 3 MB each, a few an hour.' is there twice (first at docs/data/reading/examples/inference.jsonl:1)", "keep one of them"),
    "text twice, in capitals": (changed(id="x-2", text="OURS are 3 MB each,  a few an hour."), "K092", "is there twice (first at", "keep one of them"),
}  # fmt: skip


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of a file with these lines."""

    def run(*lines: str | bytes, name: str = "inference.jsonl") -> list[str]:
        path = tmp_path / "docs/data" / EXAMPLES / name
        path.parent.mkdir(parents=True)
        whole = (line if isinstance(line, bytes) else line.encode() for line in lines)
        path.write_bytes(b"".join(line + b"\n" for line in whole))
        found = example_problems(tmp_path / "docs/data", support.known(), tmp_path)
        return [problem_line(problem) for problem in found]

    return run


@pytest.mark.parametrize("name", LINES)
def test_a_mistake_in_an_example_is_reported(name: str, told: Callable[..., list[str]]) -> None:
    line, code, says, remedy = LINES[name]
    first = changed() if "twice" in name else changed(id="x-0", text=OTHER)
    (said,) = told(first, line)
    assert said.startswith(f"docs/data/reading/examples/inference.jsonl:2 {code} "), said
    assert says in said
    assert remedy in said.rpartition("(")[2]


def test_all_mistakes_are_reported_in_one_run(told: Callable[..., list[str]]) -> None:
    lines = [LINES[name][0] for name in LINES if name != "id twice"]
    said = told(*lines)
    numbers = [int(line.split(" ")[0].rpartition(":")[2]) for line in said]
    assert sorted(set(numbers)) == list(range(1, len(lines) + 1))


def test_a_file_of_no_decision_is_reported(told: Callable[..., list[str]]) -> None:
    (said,) = told(changed(), name="inferense.jsonl")
    assert "K090 there is no decision 'inferense' (did you mean inference?)" in said


def test_the_check_of_the_knowledge_tells_them_as_well(tmp_path: Path) -> None:
    path = tmp_path / "docs/data" / EXAMPLES / "inference.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(changed(option="nobody") + "\n", encoding="utf-8")
    text = re.sub(r"(?m)^    value: (\d+)$", r"    value: '\1'", excerpt.text(), count=1)
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(excerpt.write(tmp_path, text), tmp_path)
    assert {problem.code for problem in caught.value.problems} >= {"K005", "K025"}


def test_the_examples_of_the_tree_have_every_state_and_no_problem() -> None:
    assert example_problems(SOURCE.parent, support.known(), ROOT) == []
    texts = "".join(path.read_text("utf-8") for path in (SOURCE.parent / EXAMPLES).glob("*.jsonl"))
    assert all(f'"state": "{state}"' in texts for state in STATES)
