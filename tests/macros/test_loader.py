"""Bad YAML: every problem at once, each with its code, its line and the remedy; nothing built."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checker.knowledge.loading import load_knowledge, to_plain
from checker.knowledge.model import LEARNED, Knowledge
from checker.problems import Problem
from macros import __main__ as command
from macros import build
from macros.files import write_if_changed
from macros.knowledge.reading import KnowledgeError, knowledge_json, read_knowledge
from macros.knowledge.schema import json_schemas
from macros.knowledge.yaml_lines import read_yaml
from tests import excerpt, support

NAME = "docs/data/knowledge.yml"
FACT, OPTION, RULE = "serverless.max_payload", "serverless-inference", "INF001"


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
        assert all(entry == getattr(full, section)[key] for key, entry in entries.items())


@dataclass(frozen=True)
class Fault:
    """One edit: in the entry ``place`` (section/id) the first ``old`` becomes ``new``.

    ``at`` is on the line that the message names; None means the entry's own line.
    """

    place: str
    old: str
    new: str
    code: str
    at: str | None
    says: str
    hint: str = ""

    def applied(self, content: str) -> str:
        """The content with the fault in it."""
        section, _, key = self.place.partition("/")
        entry = _entry(content, section, key)
        assert self.old in entry, f"{self.place} has no '{self.old}'"
        return content.replace(entry, entry.replace(self.old, self.new, 1), 1)


def _entry(content: str, section: str, key: str) -> str:
    """The lines of one entry, its key first."""
    (within,) = re.findall(rf"(?ms)^{section}:\n.*?(?=^\S|\Z)", content)
    (entry,) = re.findall(rf"(?ms)^  {re.escape(key)}:\n.*?(?=^  \S|\Z)", within)
    return str(entry)


OTHER_FACT = "serverless.max_timeout"
TWIN = '  "batch-transform": {label: x, decision: inference, page: inference/index.md, summary: x}'


def _sources(key: str) -> str:
    """The lines of a fact's sources."""
    (found,) = re.findall(r"    sources:\n(?:    [- ] .*\n)+", _entry(excerpt.text(), "facts", key))
    return str(found)


FACT_, OPTION_, RULE_ = f"facts/{FACT}", f"options/{OPTION}", f"rules/{RULE}"
DECISION_, TABLE_ = f"decisions/{excerpt.DECISION}", f"tables/{excerpt.table()}"
SCENARIO_ = f"scenarios/{excerpt.scenario()}"

FAULTS = {
    "duplicate key": Fault(
        FACT_, "    kind:", "    topic: twice\n    kind:", "K002", "    topic: dep",
        "the key 'topic' is listed twice", "keep one of them",
    ),
    "duplicate id": Fault(
        OPTION_, f"  {OPTION}:", f"{TWIN}\n  {OPTION}:", "K002", "  batch-transform:",
        "the key 'batch-transform' is listed twice", "keep one of them",
    ),
    "unknown key": Fault(
        FACT_, "    checked:", "    noted: x\n    checked:", "K003", "    noted:",
        "unknown key 'noted'", "did you mean note?",
    ),
    "unknown key of a source": Fault(
        FACT_, "      says:", "      sais: x\n      says:", "K003", "      sais:",
        "unknown key 'sais'", "did you mean says?",
    ),
    "missing key": Fault(
        OPTION_, "    summary:", "    successor:", "K004", None, "the key 'summary' is missing",
        "add it",
    ),
    "unknown source": Fault(
        FACT_, "    - source: ", "    - source: no-", "K005", "    - source: no-",
        "unknown source 'no-", "did you mean",
    ),
    "unknown fact": Fault(
        RULE_, "    fact: serverless", "    fact: serverles", "K005", "    fact:",
        "unknown fact 'serverles.max_payload'", "did you mean serverless.max_payload?",
    ),
    "unknown option": Fault(
        RULE_, "- serverless-inference", "- serverles-inference", "K005",
        "    - serverles-inference", "unknown option 'serverles-inference'",
        "did you mean serverless-inference?",
    ),
    "unknown decision": Fault(
        OPTION_, "    decision: inference", "    decision: inferense", "K005", "    decision:",
        "unknown decision 'inferense'", "did you mean inference?",
    ),
    "unknown service": Fault(
        OPTION_, "    service: serverless", "    service: serverles", "K005", "    service:",
        "unknown service 'serverles-inference'", "did you mean serverless-inference?",
    ),
    "unknown page": Fault(
        OPTION_, "    page: inference/serverless", "    page: inference/serverles", "K006",
        "    page:", "there is no page 'inference/serverles.md'",
        "did you mean inference/serverless.md?",
    ),
    "wrong word": Fault(
        FACT_, "    kind: hard-limit", "    kind: limit", "K007", "    kind:",
        "'limit': input should be 'hard-limit'",
    ),
    "text for a list": Fault(
        RULE_, "    options:\n", "    options: serverless\n    weight:\n", "K007", "    options:",
        "'serverless': input should be a valid tuple",
    ),
    "number for a text": Fault(
        OPTION_, "    summary: ", "    summary: 12 #", "K007", "    summary:",
        "12: input should be a valid string",
    ),
    "nothing for a text": Fault(
        FACT_, "    label: ", "    label: #", "K007", "    label:",
        "None: input should be a valid string",
    ),
    "text for a number": Fault(
        RULE_, "    strength:", "    weight: heavy\n    strength:", "K007", "    weight:",
        "'heavy': input should be a valid integer",
    ),
    "unknown operator": Fault(
        RULE_, "at_most:", "atmost:", "K007", "        atmost:",
        "'atmost': input should be 'at_most'",
    ),
    "id of a wrong form": Fault(
        RULE_, f"  {RULE}:", "  INF1:", "K010", "  INF1:", "the id 'INF1' does not have the form",
    ),
    "fact without source": Fault(
        f"facts/{OTHER_FACT}", _sources(OTHER_FACT), "    sources: []\n", "K020", None,
        "a fact needs at least one source", "add sources",
    ),
    "unknown reference": Fault(
        RULE_, "{serverless.max_payload}", "{serverless.max_paylod}", "K021", "    reason:",
        "unknown fact 'serverless.max_paylod'", "did you mean serverless.max_payload?",
    ),
    "stray brace": Fault(
        RULE_, "    reason: ", "    reason: About } ", "K022", "    reason:", "a stray '}'",
        "references look like {service.property}",
    ),
    "bad date": Fault(
        FACT_, "    checked: '", "    checked: '31.", "K024", "    checked:", "is not a date",
        "write YYYY-MM-DD",
    ),
    "option that its decision leaves out": Fault(
        DECISION_, "    - serverless-inference\n", "", "K031", f"  {OPTION}:",
        "decision 'inference' does not list it", "add it there",
    ),
    "quantity with values": Fault(
        "fields/payload", "    unit: MB", "    unit: MB\n    values: {a: A}", "K032", None,
        "a quantity with values",
    ),
    "example that cannot be read": Fault(
        "fields/payload", "    example: ", "    example: 5 parsecs #", "K033", "    example:",
        "'parsecs' is not a unit of this field", "accepted: bytes, KB",
    ),
    "must rule without a fact": Fault(
        RULE_, "    fact: ", "    # fact: ", "K040", None, "a must rule without a fact",
        "add fact",
    ),
    "weight out of range": Fault(
        RULE_, "    strength:", "    weight: 9\n    strength:", "K041", "    weight:", "weight 9",
        "1, 2 or 3",
    ),
    "unit that does not fit": Fault(
        RULE_, "at_most: serverless.max_payload", "at_most: serverless.max_timeout", "K042",
        "    when:", "fact 'serverless.max_timeout' is in s, field 'payload' in MB",
    ),
    "unknown field in a condition": Fault(
        RULE_, "      payload:", "      paylod:", "K042", "    when:", "unknown field 'paylod'",
    ),
    "test of the wrong kind": Fault(
        RULE_, "at_most:", "is:", "K042", "    when:", "'is' is not a test for the quantity field",
    ),
    "field that the decision does not ask": Fault(
        DECISION_, "    - vpc\n", "", "K043", "    when:",
        "field 'vpc' is not asked by decision 'inference'", "add it to the decision's fields",
    ),
    "row with a cell too few": Fault(
        TABLE_, "      - ", "      #", "K050", "    - label:", "cells, ",
        "one cell for each column",
    ),
    "answer that cannot be read": Fault(
        SCENARIO_, "    answers:\n", "    answers:\n      payload: 5 parsecs\n", "K061",
        "      payload:", "payload: 'parsecs' is not a unit", "accepted: bytes, KB",
    ),
    "answer to no field": Fault(
        SCENARIO_, "    answers:\n", "    answers:\n      paylod: 5 MB\n", "K061", "      paylod:",
        "there is no such field", "did you mean payload?",
    ),
    "expected option of no decision": Fault(
        SCENARIO_, "    expect:\n", "    expect:\n    - nobody\n", "K005", "    - nobody",
        "unknown option 'nobody'",
    ),
    "state that does not go with what is expected": Fault(
        SCENARIO_, "    expect:", "    state: nothing-fits\n    expect:", "K062", "    expect:",
        "state nothing-fits does not go with 1 expected options",
    ),
}  # fmt: skip


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


def faulty(*names: str) -> str:
    """The excerpt with several faults in it."""
    content = excerpt.text()
    for name in names:
        content = FAULTS[name].applied(content)
    return content


TOGETHER = {
    "five that cross-checks find": (
        "unknown fact", "unknown decision", "fact without source", "answer that cannot be read",
        "example that cannot be read",
    ),
    "five that the schema finds": (
        "wrong word", "missing key", "text for a number", "duplicate key",
        "unknown key of a source",
    ),
    "five of all kinds": (
        "duplicate key", "unknown key of a source", "unknown decision", "fact without source",
        "answer that cannot be read",
    ),
}  # fmt: skip


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
        lambda text: text.replace("\nclashes: {}\n", "\nclashes:\n"), "K007", "clashes: none"
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
        read = partial(read_knowledge, source, tmp_path)
        monkeypatch.setattr(command, "read_knowledge", read)
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


# --- what is written


def test_what_the_checker_carries_is_the_knowledge_itself() -> None:
    carried = load_knowledge(knowledge_json(support.known()))
    assert to_plain(carried) == to_plain(support.known())
    assert carried.facts == support.known().facts
    assert carried.scenarios == support.known().scenarios


def test_what_the_checker_carries_is_the_same_every_time() -> None:
    again = load_knowledge(knowledge_json(support.known()))
    assert knowledge_json(again) == knowledge_json(support.known())


def test_a_key_that_the_model_does_not_have_is_refused_by_the_checker_too() -> None:
    plain = json.loads(knowledge_json(support.known()))
    plain["fields"]["payload"]["colour"] = "red"
    carried = load_knowledge(json.dumps(plain))
    assert carried.fields["latency"].label
    with pytest.raises(ValueError, match="Field has no 'colour'"):
        carried.fields["payload"]


def test_a_section_that_the_model_does_not_have_is_refused_at_once() -> None:
    plain = json.loads(knowledge_json(support.known()))
    with pytest.raises(ValueError, match="Knowledge has no 'colours'"):
        load_knowledge(json.dumps({**plain, "colours": {}}))


def test_the_schema_for_editors_knows_every_section_and_refuses_others() -> None:
    schemas = [json.loads(schema) for schema in json_schemas().values()]
    sections = [section for schema in schemas for section in schema["properties"]]
    assert sorted(sections) == sorted({field.name for field in fields(Knowledge)} - set(LEARNED))
    assert all(schema["additionalProperties"] is False for schema in schemas)


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


def test_a_generated_file_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.json"
    written = [write_if_changed(path, content) for content in (b"one", b"one", b"two")]
    assert (written, path.read_bytes()) == ([True, False, True], b"two")
