"""A new decision from the guide's text alone: green, decided, and each part that lacks is told."""

import re
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from checker.session import Session
from macros.files import DOCS, ROOT
from macros.knowledge.decided import scenario_problems
from macros.knowledge.reading import (
    KnowledgeError,
    problem_line,
    read_knowledge,
    read_with_lines,
)
from macros.pages.checks import page_problems
from macros.pages.source import read_pages
from macros.registry import macro_arguments
from tests import excerpt, support
from tests.guide import (
    EXAMPLES,
    PAGE,
    PARTS,
    SAID,
    SECTIONS,
    told,
    with_example,
    with_parts,
    without_lines,
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The project's pages and data with the decision of the guide, as its text says to add it."""
    copytree(DOCS, tmp_path / "docs", ignore=ignore_patterns("assets"))
    data = tmp_path / "docs/data"
    files = {"decisions": "knowledge.yml", "scenarios": "scenarios.yml"}
    decision = f"decisions:\n{EXAMPLES['Add a decision']}"
    for entries in re.findall(r"(?m)^\w+:\n(?:  .*\n)+", decision + PARTS):
        file = data / files.get(entries.partition(":")[0], "knowledge.yml")
        file.write_text(with_parts(file.read_text("utf-8"), entries), encoding="utf-8")
    (tmp_path / "docs/check/example-decision.md").write_text(PAGE, encoding="utf-8")
    nav = (ROOT / "mkdocs.yml").read_text("utf-8")
    (line,) = re.findall(r"the line `(- check/\S+)` to `nav`", SECTIONS["Add a decision"])
    nav = nav.replace("      - check/index.md\n", f"      - check/index.md\n      {line}\n", 1)
    (tmp_path / "mkdocs.yml").write_text(nav, encoding="utf-8")
    return tmp_path


def test_a_decision_from_the_guide_is_green_and_decides(tree: Path) -> None:
    known, document = read_with_lines(tree / "docs/data/knowledge.yml", tree)
    assert scenario_problems(known, document) == []
    assert page_problems(tree / "docs", known, macro_arguments()) == []
    for answer, option in (("one", "example-one"), ("two", "example-two")):
        result = Session(known).decide(["example-decision"], {"example_choice": answer})
        assert result["verdicts"]["example-decision"]["recommend"] == [option]
    page = read_pages(tree / "docs")["check/example-decision.md"]
    assert set(re.findall(r"\{\{ (\w+)\(", page.body)) == {"checker", "decision_diagram"}


@pytest.mark.parametrize("file", ["mkdocs.yml", "docs/check/example-decision.md"])
def test_a_decision_without_its_page_or_its_line_in_the_navigation_is_told(
    file: str, tree: Path
) -> None:
    code = "P045" if file == "mkdocs.yml" else "P046"
    text = (tree / file).read_text("utf-8")
    mended = text.replace("- check/example-decision.md", "").replace("{{ checker(", "{{ practice(")
    (tree / file).write_text(mended, encoding="utf-8")
    known = read_knowledge(tree / "docs/data/knowledge.yml", tree)
    found = {p.code: p for p in page_problems(tree / "docs", known, macro_arguments())}
    assert found[code].where == "docs/check/example-decision.md:1"
    assert "example-decision" in found[code].hint


LACKING = {"K051": r"(?s)  EXA002.*?(?=scenarios:)", "K052": r"(?s)\nscenarios:.*"}


@pytest.mark.parametrize("code", LACKING)
def test_a_decision_that_lacks_a_part_says_what_the_guide_says(code: str, tmp_path: Path) -> None:
    parts = re.sub(LACKING[code], "\n", PARTS)
    assert parts != PARTS
    (said,) = [line for line in SAID if line.startswith(code)]
    assert said in told("Add a decision", EXAMPLES["Add a decision"], tmp_path, parts=parts)


def test_a_question_that_no_rule_reads_says_what_the_guide_says(tmp_path: Path) -> None:
    source = with_example("Add a question", EXAMPLES["Add a question"], tmp_path)
    last = support.known().decisions[excerpt.DECISION].fields[-1]
    text = source.read_text("utf-8")
    asked = text.replace(f"    - {last}\n", f"    - {last}\n    - example_question\n", 1)
    source.write_text(asked, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    (said,) = [line for line in SAID if line.startswith("K049")]
    found = [without_lines(problem_line(p).partition(" ")[2]) for p in caught.value.problems]
    assert without_lines(said) in found
