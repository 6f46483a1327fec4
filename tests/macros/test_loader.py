"""Bad YAML: every problem at once, each with its code, its line and the remedy; nothing built."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checker.problems import Problem
from macros import __main__ as command
from macros import build
from macros.knowledge.reading import KnowledgeError, read_knowledge, read_with_lines
from macros.knowledge.yaml_lines import read_yaml
from tests import excerpt, support
from tests.yaml_faults import FAULTS, NAME, TOGETHER, Fault, faulty


def problems_in(root: Path, content: str) -> list[Problem]:
    """Every problem of a knowledge.yml with this content."""
    source = excerpt.write(root, content)
    try:
        read_knowledge(source, root)
    except KnowledgeError as error:
        return error.problems
    return []


def test_the_excerpt_of_the_real_knowledge_is_fine(tmp_path: Path) -> None:
    source = excerpt.write(tmp_path, excerpt.text())
    small, full = read_knowledge(source, tmp_path), support.known()
    for section in ("facts", "rules", "options", "fields", "decisions", "scenarios", "tables"):
        entries = getattr(small, section)
        assert entries
        changed = [key for key, entry in entries.items() if entry != getattr(full, section)[key]]
        assert {*changed} <= {excerpt.MUTATED}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_reported_with_code_line_and_remedy(fault: Fault, tmp_path: Path) -> None:
    content = fault.applied(excerpt.text())
    first, *others = problems_in(tmp_path, content)
    told = f"{first.code} {first.where} {first.message} ({first.hint})"
    assert first.code == fault.code, told
    assert fault.says in first.message, told
    assert fault.hint in first.hint, told
    name, _, line = first.where.rpartition(":")
    key = fault.place.partition("/")[2]
    assert name == NAME
    assert content.splitlines()[int(line) - 1].startswith(fault.at or f"  {key}:"), told
    assert {problem.code for problem in others} <= {fault.code}


@pytest.mark.parametrize("names", TOGETHER.values(), ids=TOGETHER)
def test_five_faults_are_reported_in_one_run(names: tuple[str, ...], tmp_path: Path) -> None:
    found = problems_in(tmp_path, faulty(*names))
    assert sorted(problem.code for problem in found) == sorted(FAULTS[n].code for n in names)


def test_problems_are_reported_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = problems_in(tmp_path, faulty(*TOGETHER["five that cross-checks find"]))
    lines = [int(problem.where.rpartition(":")[2]) for problem in found]
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines)


BROKEN: dict[str, tuple[Callable[[str], str], str, str]] = {
    "empty": (lambda _: "", "K001", "the file is empty"),
    "only a comment": (lambda _: "# nothing yet\n", "K001", "the file is empty"),
    "no mapping": (lambda _: "- a\n- b\n", "K007", "the file"),
    "only words": (lambda _: "knowledge\n", "K007", "the file"),
    "open bracket": (lambda text: text + "x: [1, 2\n", "K001", "not YAML"),
    "open quote": (lambda text: text + "x: 'never closed\n", "K001", "not YAML"),
    "tab": (lambda text: text + "x:\n\ty: 1\n", "K001", "not YAML"),
    "colon in a plain text": (lambda text: text + "x: a: b\n", "K001", "not YAML"),
    "wrong indentation": (lambda text: text + "x:\n  y: 1\n z: 2\n", "K001", "not YAML"),
    "two documents": (lambda text: text + "---\nx: 1\n", "K001", "not YAML"),
    "control character": (lambda text: text + "x: \x07\n", "K001", "not YAML"),
    "unknown alias": (lambda text: text + "x: *nobody\n", "K001", "not YAML"),
    "unknown section": (lambda text: text + "rulez: {}\n", "K003", "unknown key 'rulez'"),
    "section left out": (
        lambda text: text.replace("\nclashes: {}\n", "\n"), "K004", "'clashes' is missing"
    ),
    "section without entries": (
        lambda text: text.replace("\nclashes: {}\n", "\nclashes:\n"), "K007", "nothing is written"
    ),
    "a number that is none": (lambda text: text + "x: !!int abc\n", "K001", "abc"),
    "an alias that holds itself": (lambda text: text + "x: &x [*x]\n", "K001", "not YAML"),
    "a key that is a list": (lambda text: text + "? [a, b]\n: c\n", "K001", "as a key"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "code", "says"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_knowledge_is_reported_and_not_a_crash(
    edit: Callable[[str], str], code: str, says: str, tmp_path: Path
) -> None:
    first, *_ = problems_in(tmp_path, edit(excerpt.text()))
    assert (first.code, first.where.rpartition(":")[0]) == (code, NAME)
    assert says in first.message.lower() or says in first.message


def test_a_missing_file_is_reported_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(tmp_path / NAME, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("K000", NAME)
    assert "No such file" in problem.message


def test_a_file_that_is_not_utf8_is_reported_and_not_a_crash(tmp_path: Path) -> None:
    source = excerpt.write(tmp_path, "")
    source.write_bytes(excerpt.text().encode() + "x: é\n".encode("latin-1"))
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    assert caught.value.problems[0].where.startswith(NAME)


# --- YAML 1.1 surprises

PLAIN = {
    "no": "no", "yes": "yes", "on": "on", "off": "off", "y": "y", "No": "No", "12:30": "12:30",
    "010": "010", "0x1F": "0x1F", "1_000": "1_000", "1e3": "1e3", "2026-11-22": "2026-11-22",
    "2026-11-22 10:00:00": "2026-11-22 10:00:00", "~": None, "null": None, "": None, ".5": ".5",
    "1.": "1.", ".inf": ".inf", ".nan": ".nan", "=": "=", "<<": "<<", "True": "True",
    "true": True, "false": False, "7": 7, "-7": -7, "2.50": 2.5, "'7'": "7", '"true"': "true",
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), PLAIN.items(), ids=lambda value: repr(value))
def test_only_numbers_true_false_and_null_are_anything_but_text(written: str, meant: Any) -> None:
    found = read_yaml(f"key: {written}\n", "file").data["key"]
    assert (type(found), found) == (type(meant), meant)


@pytest.mark.parametrize("key", ["no", "on", "12:30", "010", "7", "true", "null"])
def test_a_key_is_always_text(key: str) -> None:
    assert read_yaml(f"{key}: x\n", "file").data == {key: "x"}


def test_a_place_is_the_line_of_the_nearest_key_that_exists() -> None:
    source = read_yaml("a:\n  b:\n    - c: 1\n    - d: 2\n", "file")
    paths = (("a",), ("a", "b"), ("a", "b", 1, "d"), ("a", "b", 1, "x"), ("a", "no", "b"), ("z",))
    places = [source.place(path) for path in paths]
    assert places == ["file:1", "file:2", "file:4", "file:4", "file:2", "file:1"]


def test_the_first_of_two_equal_keys_counts_and_the_second_is_reported() -> None:
    source = read_yaml("a: 1\nb: 2\na: 3\n", "file")
    assert source.data == {"a": 1, "b": 2}
    assert [str(problem) for problem in source.problems] == [
        "K002 file:3: the key 'a' is listed twice (first on line 1) (keep one of them)"
    ]


# --- the command


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], int]:
    """``python -m macros <command>`` on a knowledge.yml with this content; no pages to check."""

    def run(name: str, content: str) -> int:
        source = excerpt.write(tmp_path, content)
        monkeypatch.setattr(command, "read_knowledge", partial(read_knowledge, source, tmp_path))
        monkeypatch.setattr(command, "read_with_lines", partial(read_with_lines, source, tmp_path))
        monkeypatch.setattr(command, "page_problems", lambda *_: [])
        return command.main([name])

    return run


def test_check_counts_what_is_fine_and_exits_with_0(
    check: Callable[[str, str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check("check", excerpt.text()) == 0
    said = capsys.readouterr()
    assert re.fullmatch(
        r"knowledge.yml: \d+ facts, \d+ options, \d+ rules, 1 scenarios\n", said.out
    )
    assert said.err == ""


@pytest.mark.parametrize("name", ["check", "build", "freshness"])
def test_a_bad_file_exits_with_1_and_every_problem_on_its_line(
    name: str,
    check: Callable[[str, str], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(build, "write_if_changed", _forbidden)
    faults = TOGETHER["five that cross-checks find"]
    assert check(name, faulty(*faults)) == 1
    said = capsys.readouterr()
    *problems, last = said.err.splitlines()
    assert said.out == ""
    assert last == "5 problems; nothing was built."
    assert all(re.match(rf"{NAME}:\d+ K\d\d\d \S+: .+", line) for line in problems)
    assert len(problems) == 5


def _forbidden(*_: object) -> None:
    raise AssertionError("nothing must be written")


def test_a_section_in_two_files_is_refused_where_it_is_repeated(tmp_path: Path) -> None:
    source = excerpt.write(tmp_path, excerpt.text())
    beside = source.with_name("scenarios.yml")
    beside.write_text("# a comment\nscenarios: {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    (problem,) = caught.value.problems
    assert problem.where == "docs/data/scenarios.yml:2"
    assert problem.message == f"the section 'scenarios' is in {NAME} already"


def test_a_fault_in_a_file_beside_the_source_is_reported_with_that_files_line(
    tmp_path: Path,
) -> None:
    content = excerpt.text()
    (section,) = re.findall(r"(?ms)^scenarios:\n.*?(?=^\S|\Z)", content)
    source = excerpt.write(tmp_path, content.replace(section, ""))
    broken = section.replace("expect:", "expct:", 1)
    source.with_name("scenarios.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    line = broken[: broken.index("expct")].count("\n") + 1
    assert f"docs/data/scenarios.yml:{line}" in [p.where for p in caught.value.problems]
    assert "did you mean expect?" in {p.hint for p in caught.value.problems}
