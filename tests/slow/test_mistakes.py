# ruff: noqa: E501 - a row of the table is one line
"""Mistakes that people make in the YAML: each is told with its place, its value and a remedy.

The table holds one edit a line, on a small excerpt of the real knowledge. An edit is told when a
problem names the line of the edit (or of its entry) and says what to do.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.knowledge.reading import KnowledgeError, read_knowledge
from tests import excerpt

FACT, RULE, OPTION = "facts/serverless.max_payload", "rules/INF001", "options/serverless-inference"
FIELD, CHOICE, DECISION = "fields/payload", "fields/traffic", "decisions/inference"
SCENARIO, SERVICE, TABLE = "scenarios/*", "services/serverless-inference", "tables/*"
SOURCE = "sources/serverless-endpoints-invoke"

# (place, old text in the entry, new text, the code of the problem)
EDITS = {
    "number as text": (FACT, "value: 4", "value: '4'", "K025"),
    "number with its unit": (FACT, "value: 4", "value: 4 MB", "K025"),
    "number with a comma": (FACT, "value: 4\n    unit: MB", "value: 4,000", "K025"),
    "number in exponent form": (FACT, "value: 4\n    unit: MB", "value: 1e3", "K025"),
    "hexadecimal": (FACT, "value: 4\n    unit: MB", "value: 0x10", "K025"),
    "leading zeros": (FACT, "value: 4", "value: 007", "K025"),
    "not a number": (FACT, "value: 4", "value: .nan", "K025"),
    "infinite": (FACT, "value: 4", "value: .inf", "K025"),
    "negative": (FACT, "value: 4", "value: -4", "K025"),
    "true as a number": (FACT, "value: 4", "value: true", "K025"),
    "unit in lower case": (FACT, "unit: MB", "unit: mb", "K026"),
    "unit as megabits": (FACT, "unit: MB", "unit: Mb", "K026"),
    "unit with a no-break space": (FACT, "unit: MB", "unit: '\u00a0MB'", "K026"),
    "unit of signs": (FACT, "unit: MB", "unit: '$$'", "K026"),
    "unit with a digit": (FACT, "unit: MB", "unit: 4MB", "K026"),
    "date in the future": (FACT, "2026-11-22", "2031-01-01", "K027"),
    "date without hyphens": (FACT, "'2026-11-22'", "'20261122'", "K024"),
    "date as a week": (FACT, "2026-11-22", "2026-W47-7", "K024"),
    "date in American form": (FACT, "2026-11-22", "11/22/2026", "K024"),
    "date with one digit": (FACT, "2026-11-22", "2026-1-2", "K024"),
    "day that does not exist": (FACT, "2026-11-22", "2026-02-30", "K024"),
    "date as words": (FACT, "2026-11-22", "today", "K024"),
    "empty date": (FACT, "'2026-11-22'", "''", "K024"),
    "misspelt key": (FACT, "kind:", "knid:", "K003"),
    "key in capitals": (FACT, "label:", "Label:", "K003"),
    "key of another section": (FACT, "topic:", "decision:", "K003"),
    "key left out": (FACT, "    topic: deployment-options\n", "", "K004"),
    "two keys left out": (FACT, "    kind: hard-limit\n", "", "K004"),
    "key twice": (FACT, "    kind: hard-limit\n", "    kind: quota\n    kind: quota\n", "K002"),
    "wrong kind": (FACT, "kind: hard-limit", "kind: limit", "K007"),
    "kind as a list": (FACT, "kind: hard-limit", "kind: [hard-limit]", "K007"),
    "sources as text": (FACT, "sources:\n    - source: serverless-endpoints-invoke\n      says: request and response payload of 4 MB at most\n    - source: deploy-model-options\n      says: payload sizes up to 4 MB\n", "sources: none\n", "K007"),
    "no sources": (FACT, "sources:\n    - source: serverless-endpoints-invoke\n      says: request and response payload of 4 MB at most\n    - source: deploy-model-options\n      says: payload sizes up to 4 MB\n", "sources: []\n", "K020"),
    "misspelt source": (FACT, "source: serverless-endpoints-invoke", "source: serverless-endpoint-invoke", "K005"),
    "source as an address": (FACT, "source: deploy-model-options", "source: https://example.org/", "K005"),
    "citation without words": (FACT, "      says: payload sizes up to 4 MB\n", "", "K004"),
    "reference to no fact": (FACT, "up to {value}", "up to {serverless.max_paylod}", "K021"),
    "reference to itself": (FACT, "up to {value}", "up to {serverless.max_payload}", "K029"),
    "reference to no part": (FACT, "up to {value}", "up to {part}", "K021"),
    "stray brace": (FACT, "up to {value}", "up to {value", "K022"),
    "brace with a space": (FACT, "up to {value}", "up to { value }", "K022"),
    "value as a mapping": (FACT, "value: 4", "value: {max: 4}", "K007"),
    "text of a page's length": (FACT, "A serverless endpoint accepts", "A serverless endpoint accepts" + " very" * 200, "K028"),
    "exam note as text": (FACT, "exam:\n      says: The maximum payload of a serverless endpoint is 4 MB.\n      verdict: confirmed", "exam: confirmed", "K007"),
    "wrong exam verdict": (FACT, "verdict: confirmed", "verdict: true", "K007"),
    "rule for no option": (RULE, "- serverless-inference\n", "- serverless-inferense\n", "K005"),
    "rule without options": (RULE, "options:\n    - serverless-inference\n    - serverless-provisioned-concurrency\n", "options: []\n", "K008"),
    "option of a rule as text": (RULE, "options:\n    - serverless-inference\n    - serverless-provisioned-concurrency\n", "options: serverless-inference\n", "K007"),
    "wrong strength": (RULE, "strength: must", "strength: hard", "K007"),
    "limit without a fact": (RULE, "    fact: serverless.max_payload\n", "", "K040"),
    "fact that is not there": (RULE, "fact: serverless.max_payload", "fact: serverless.payload", "K005"),
    "unknown field in a condition": (RULE, "payload:\n", "payloads:\n", "K042"),
    "unknown test": (RULE, "at_most:", "atmost:", "K007"),
    "test of a choice on a number": (RULE, "at_most: serverless.max_payload", "is: steady", "K042"),
    "limit with its unit": (RULE, "at_most: serverless.max_payload", "at_most: 5 parsecs", "K042"),
    "limit of no fact": (RULE, "at_most: serverless.max_payload", "at_most: serverless.max_paylod", "K042"),
    "limit in another dimension": (RULE, "at_most: serverless.max_payload", "at_most: serverless.max_duration", "K042"),
    "condition as text": (RULE, "when:\n      payload:\n        at_most: serverless.max_payload\n", "when: payload is small\n", "K007"),
    "empty condition": (RULE, "when:\n      payload:\n        at_most: serverless.max_payload\n", "when: {}\n", "K042"),
    "weight out of range": (RULE, "strength: must", "strength: must\n    weight: 9", "K041"),
    "weight as a word": (RULE, "strength: must", "strength: must\n    weight: heavy", "K007"),
    "reference of a rule": (RULE, "limited to {serverless.max_payload}", "limited to {serverless.payload}", "K021"),
    "wrong era": (RULE, "strength: must", "strength: must\n    era: now", "K007"),
    "option of no decision": (OPTION, "decision: inference", "decision: inferense", "K005"),
    "page that does not exist": (OPTION, "page: inference/serverless.md", "page: inference/serverles.md", "K006"),
    "page outside": (OPTION, "page: inference/serverless.md", "page: ../README.md", "K006"),
    "page as a path of the disk": (OPTION, "page: inference/serverless.md", "page: /etc/passwd", "K006"),
    "page without its ending": (OPTION, "page: inference/serverless.md", "page: inference/serverless", "K006"),
    "page as an address": (OPTION, "page: inference/serverless.md", "page: https://example.org/", "K006"),
    "own successor": (OPTION, "decision: inference", "decision: inference\n    successor: serverless-inference", "K034"),
    "unknown successor": (OPTION, "decision: inference", "decision: inference\n    successor: serverles", "K005"),
    "unknown service": (OPTION, "service: serverless-inference", "service: serverles", "K005"),
    "option that its decision does not list": (DECISION, "    - async-inference\n", "", "K031"),
    "decision that lists no option": (DECISION, "- async-inference", "- async-inferenze", "K005"),
    "decision that asks no field": (DECISION, "- caller\n", "- calller\n", "K005"),
    "field that rules need and nobody asks": (DECISION, "    - payload\n", "", "K043"),
    "decision without its question": (DECISION, "    question: How should the model answer requests?\n", "", "K004"),
    "quantity with values": (FIELD, "kind: quantity", "kind: choice", "K032"),
    "wrong kind of field": (FIELD, "kind: quantity", "kind: number", "K007"),
    "example that nobody can read": (FIELD, "example: 6 MB", "example: 6 parsecs", "K033"),
    "minimum as a word": (FIELD, "minimum: 0", "minimum: none", "K007"),
    "choice with one value lost": (CHOICE, "steady:", "stedy:", "K042"),
    "scenario of no decision": (SCENARIO, "decision: inference", "decision: serving", "K005"),
    "scenario that expects no option": (SCENARIO, "- real-time-endpoint", "- realtime-endpoint", "K005"),
    "answer to no field": (SCENARIO, "answers:\n", "answers:\n      payloads: 6 MB\n", "K061"),
    "answer that is no value": (SCENARIO, "answers:\n", "answers:\n      streaming: maybe\n", "K061"),
    "answer in another dimension": (SCENARIO, "answers:\n", "answers:\n      payload: 6 s\n", "K061"),
    "expectation left out": (SCENARIO, "    expect:\n    - real-time-endpoint\n", "", "K004"),
    "expectation as text": (SCENARIO, "expect:\n    - real-time-endpoint\n", "expect: real-time-endpoint\n", "K007"),
    "wrong state": (SCENARIO, "expect:\n", "state: sure\n    expect:\n", "K007"),
    "state that expects nothing": (SCENARIO, "expect:\n", "state: nothing-fits\n    expect:\n", "K062"),
    "scenario without a reason": (SCENARIO, "    why:", "    wy:", "K003"),
    "wrong status of a service": (SERVICE, "status: current", "status: closed", "K007"),
    "status without history": (SERVICE, "status: current", "status: legacy", "K030"),
    "history with no date": (SERVICE, "status: current", "status: legacy\n    history:\n    - {date: soon, what: It ends.}", "K024"),
    "page of a service": (SERVICE, "page: inference/serverless.md", "page: serverless.md", "K006"),
    "cell too few": (TABLE, "      - Offline scoring\n", "", "K050"),
    "cell too many": (TABLE, "      - Offline scoring\n", "      - Offline scoring\n      - At once\n", "K050"),
    "cell as a mapping": (TABLE, "      - Offline scoring\n", "      - {a: b}\n", "K007"),
    "cell with no fact": (TABLE, "Offline scoring", "Up to {no.fact}", "K021"),
    "corner misspelt": (TABLE, "corner: Factor", "korner: Factor", "K003"),
    "capability without a cell": ("capabilities/gpu", "      batch-transform:", "      batch-transforn:", "K080"),
    "cell in a wrong state": ("capabilities/gpu", "state: 'no'", "state: never", "K007"),
    "cell without a fact": ("capabilities/gpu", "        fact: serverless.feature_exclusions\n", "", "K082"),
    "source without a title": (SOURCE, "title:", "titel:", "K003"),
}  # fmt: skip


def _indented(content: str, place: str) -> str:
    """The entry at ``section/key``; ``*`` is the first of the section."""
    section, _, key = place.partition("/")
    (within,) = re.findall(rf"(?ms)^{section}:\n.*?(?=^\S|\Z)", content)
    name = r"[^\s:]+" if key == "*" else re.escape(key)
    return str(re.findall(rf"(?ms)^  {name}:\n.*?(?=^  \S|\Z)", within)[0])


# Faults of the text itself: (what is done to it, the line that must be named or None, words)
def _insert(line: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[:line], text, *lines[line:]]


TEXTS: dict[str, tuple[Callable[[list[str]], list[str]], int | None, str]] = {
    "byte-order mark": (lambda x: ["\ufeff" + x[0], *x[1:]], 1, "byte-order mark"),
    "conflict, ours": (_insert(20, "<<<<<<< HEAD"), 21, "merge conflict"),
    "conflict, middle": (_insert(20, "======="), 21, "merge conflict"),
    "conflict, theirs": (_insert(20, ">>>>>>> branch"), 21, "merge conflict"),
    "tab": (_insert(20, "\tlabel: x"), 21, "a tab"),
    "NUL": (_insert(20, "    # \x00"), 21, "control character U+0000"),
    "escape": (_insert(20, "    # \x1b[0m"), 21, "control character U+001B"),
    "alias": (lambda x: [*x, "a: &a [1]", "b: *a"], None, "an alias"),
    "alias that holds itself": (lambda x: [*x, "a: &a [*a]"], None, "an alias"),
    "aliases of aliases": (
        lambda x: [*x, "a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))],
        None,
        "an alias",
    ),
    "deep brackets": (lambda x: [*x, "deep: " + "[" * 60_000], None, "levels deep"),
    "deep braces": (lambda x: [*x, "deep: " + "{a: " * 5_000 + "1" + "}" * 5_000], None, "levels deep"),
    "huge": (lambda x: [*x, "# " + "x" * 2_100_000], 1, "more than 2,000,000"),
    "empty": (lambda _: [], 1, "empty"),
    "only comments": (lambda _: ["# nothing"], 1, "empty"),
    "list as a key": (lambda x: [*x, "? [a, b]", ": c"], None, "as a key"),
    "open bracket": (lambda x: [*x, "z: [a, b"], None, "close the bracket"),
    "open quote at the end": (lambda x: [*x, 'z: "open'], None, "close it"),
    "dash without a space": (lambda x: [*x, "z:", "  - a", "  -b"], None, ""),
    "not a mapping": (lambda _: ["- a", "- b"], 1, ""),
    "one section gone": (
        lambda x: "\n".join(x).replace("\nrules:\n", "\nrulez:\n").split("\n"),
        None,
        "did you mean rules",
    ),
}  # fmt: skip


def problems_in(root: Path, content: str) -> list[str]:
    """Every problem of the excerpt with this content, each as its place, code, words and hint."""
    source = excerpt.write(root, content)
    try:
        read_knowledge(source, root)
    except KnowledgeError as error:
        return [f"{p.where} {p.code} {p.message} ({p.hint})" for p in error.problems]
    return []


@pytest.mark.parametrize("name", EDITS)
def test_a_mistake_in_an_entry_is_reported(name: str, tmp_path: Path) -> None:
    place, old, new, code = EDITS[name]
    content = excerpt.text()
    entry = _indented(content, place)
    assert old in entry, f"{place} has no {old!r}"
    changed = content.replace(entry, entry.replace(old, new, 1), 1)
    told = problems_in(tmp_path, changed)
    assert any(f" {code} " in line for line in told), told
    assert all(re.match(r"docs/data/knowledge\.yml:\d+ K\d{3} \S", line) for line in told), told
    assert all("Traceback" not in line and "ScalarNode" not in line for line in told)


@pytest.mark.parametrize("name", TEXTS)
def test_a_mistake_in_the_text_is_reported_within_a_second(name: str, tmp_path: Path) -> None:
    change, line, words = TEXTS[name]
    content = "\n".join(change(excerpt.text().split("\n")))
    started = time.process_time()
    told = problems_in(tmp_path, content)
    assert time.process_time() - started < 1
    assert told
    assert words in " ".join(told), told
    if line:
        assert told[0].startswith(f"docs/data/knowledge.yml:{line} "), told


def test_a_quote_that_was_left_open_is_reported_where_it_opens(tmp_path: Path) -> None:
    lines = excerpt.text().split("\n")
    at = next(n for n, line in enumerate(lines) if "checked: '" in line)
    lines[at] = lines[at].rstrip("'")
    (told, *_) = problems_in(tmp_path, "\n".join(lines))
    assert told.startswith(f"docs/data/knowledge.yml:{at + 1} K001 "), told
    assert "quote" in told


def test_text_in_another_encoding_is_reported_with_its_line(tmp_path: Path) -> None:
    source = excerpt.write(tmp_path, excerpt.text())
    lines = source.read_bytes().split(b"\n")
    lines[9] += b" # \xe9"
    source.write_bytes(b"\n".join(lines))
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    assert caught.value.problems[0].where == "docs/data/knowledge.yml:10"
