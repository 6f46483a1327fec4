"""Mistakes that people make in the YAML: each is told with its place, its value and a remedy.

An edit on a small excerpt of the real knowledge is told when a problem names a line of the entry,
the value and what to do, and nothing else is told.
"""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.problems import Problem
from macros.knowledge.decided import scenario_problems
from macros.knowledge.reading import KnowledgeError, read_knowledge
from macros.knowledge.report import problem_report
from tests import excerpt, support
from tests.mistakes import EDITS

# As many as a review of this project tried on the YAML; the table holds each of its kinds.
REVIEWED = 129


def _indented(content: str, place: str) -> str:
    """The entry at ``section/key``; ``*`` is the first of the section."""
    section, _, key = place.partition("/")
    (within,) = re.findall(rf"(?ms)^{section}:\n.*?(?=^\S|\Z)", content)
    name = r"[^\s:]+" if key == "*" else re.escape(key)
    return str(re.findall(rf"(?ms)^  {name}:\n.*?(?=^  \S|\Z)", within)[0])


# Faults of the text itself: (what is done to it, the line that must be named or None, words)
def _insert(line: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[:line], text, *lines[line:]]


FORTY = range(1, 40)
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
        lambda x: [*x, "a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in FORTY)],
        None,
        "an alias",
    ),
    "deep brackets": (lambda x: [*x, "deep: " + "[" * 60_000], None, "levels deep"),
    "deep braces": (lambda x: [*x, f"deep: {'{a: ' * 5_000}1{'}' * 5_000}"], None, "levels deep"),
    "no-break space in the indentation": (_insert(20, "\u00a0\u00a0x: y"), 21, "the space U+00A0"),
    "no-break space behind a colon": (_insert(20, "  x:\u00a0y"), 21, "the space U+00A0"),
    "entry in the first column": (
        _insert(20, "a.b:\n    label: x"),
        21,
        "'a.b' starts in the first column",
    ),
    "missing colon": (lambda x: [*x, "z:", "  x: y", "  a b", "  c: d"], None, "a colon and a"),
    "key too deep": (lambda x: [*x, "z:", "  a: b", "    c: d"], None, "like the keys above"),
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


def _span(content: str, place: str) -> range:
    """The lines of an entry, or of a section."""
    section, _, key = place.partition("/")
    block = _indented(content, place) if key else f"{section}:\n"
    start = content[: content.index(f"\n{block}") + 1].count("\n") + 1
    return range(start, start + block.count("\n")) if key else range(start, 10**6)


@pytest.mark.parametrize("name", EDITS)
def test_a_mistake_in_an_entry_is_told_there_with_its_value_and_a_remedy(
    name: str, tmp_path: Path
) -> None:
    place, old, new, code, says, remedy, *elsewhere = EDITS[name]
    content = excerpt.text()
    entry = _indented(content, place)
    assert old in entry, f"{place} has no {old!r}"
    changed = content.replace(entry, entry.replace(old, new, 1), 1)
    told = problems_in(tmp_path, changed)
    assert any(f" {code} " in line and says in line and remedy in line for line in told), told
    # An id that is edited still starts where it did.
    whole = _span(content, place)
    added = max(0, new.count("\n") - old.count("\n"))
    near = range(whole.start, whole.stop + added)
    near = _span(changed, elsewhere[0]) if elsewhere else near
    lines = [int(line.split(" ")[0].rpartition(":")[2]) for line in told]
    assert any(line in near for line in lines), told
    # Nothing but a changed id makes other entries look wrong.
    stray = [line for line in lines if line not in near]
    assert not stray or code in ("K010", "K031"), told
    assert all(re.match(r"docs/data/knowledge\.yml:\d+ K\d{3} \S.* \(\S.*\)$", one) for one in told)
    assert not re.search(r"Traceback|ScalarNode|valid (tuple|dictionary|string)", "".join(told))


def test_the_table_holds_as_many_mistakes_as_were_reviewed() -> None:
    assert len(EDITS) >= REVIEWED
    assert len({(place, old, new) for place, old, new, *_ in EDITS.values()}) == len(EDITS)


def test_all_mistakes_of_one_entry_are_told_in_one_run(tmp_path: Path) -> None:
    names = ("misspelt key", "date as words", "number as text", "misspelt source", "wrong era")
    names += ("weight as a word", "limit with its unit", "HTML in a label")
    content = excerpt.text()
    for name in names:
        place, old, new, *_ = EDITS[name]
        entry = _indented(content, place)
        content = content.replace(entry, entry.replace(old, new, 1), 1)
    told = problems_in(tmp_path, content)
    codes = [line.split(" ")[1] for line in told]
    assert sorted(codes) == sorted(EDITS[name][3] for name in names), told


def test_a_name_that_is_gone_is_told_in_a_few_lines_with_every_place() -> None:
    problems = [
        Problem("K005", f"a.jsonl:{line}", f"x-{line}: option: unknown option 'gone'", "known: one")
        for line in range(1, 101)
    ]
    cause = Problem("K031", "k.yml:7", "options/new: decision 'd' does not list it", "add it there")
    first, *lines, last = problem_report([*problems, cause]).splitlines()
    assert first.startswith("k.yml:7 K031")
    assert len(lines) == 4
    assert all(f"{line}" in lines[-1] for line in range(4, 101))
    assert "was a name changed" in lines[-1]
    assert last == "101 problems; nothing was built."


def test_what_is_missing_in_many_places_is_told_without_a_guess_at_a_name() -> None:
    problems = [Problem("K080", f"a.yml:{line}", f"x/{line}: no cell") for line in range(9)]
    assert "  and 6 more places: a.yml:3,4,5,6,7,8" in problem_report(problems)


@pytest.mark.parametrize(
    ("changes", "code", "says", "remedy"),
    [
        ({"expect": ("async-inference",)}, "K063", "expects decided: async-inference", "decide"),
        ({"state": "nothing-fits", "expect": ()}, "K063", "and the checker says decided", "decide"),
        ({"flags": ("disputed",)}, "K064", "flag 'disputed' is not raised", "remove the flag; try"),
    ],
)
def test_a_scenario_that_comes_out_differently_is_told_with_the_command_that_shows_why(
    changes: dict[str, Any], code: str, says: str, remedy: str
) -> None:
    key, known = "seed-realtime-api", support.known()
    wrong = replace(known, scenarios={key: replace(known.scenarios[key], **changes)})
    (problem,) = scenario_problems(wrong, support.document())
    line = support.document().lines[("scenarios", key)]
    assert line <= int(problem.where.removeprefix("docs/data/scenarios.yml:")) <= line + 8
    assert problem.code == code
    assert says in problem.message
    assert remedy in problem.hint


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
