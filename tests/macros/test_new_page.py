"""A new page starts in the right shape and in the right place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros import __main__ as command
from macros.files import ROOT
from macros.pages import new_page as module
from macros.pages.checks import page_problems
from macros.pages.new_page import NewPageError, new_page
from macros.pages.shape import DRAFT, practice_problems
from macros.pages.source import read_pages
from macros.registry import macro_arguments
from tests import support

NAV = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with the real navigation and one page."""
    (tmp_path / "docs/monitoring").mkdir(parents=True)
    (tmp_path / "docs/monitoring/index.md").write_text("# Monitoring\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(NAV, encoding="utf-8")
    return tmp_path


def test_a_new_page_passes_the_pages_checks_and_says_what_to_write(root: Path) -> None:
    said = "\n".join(new_page("monitoring/zz-example.md", "Foo and bar", root))
    page = read_pages(root / "docs")["monitoring/zz-example.md"]
    assert page.title == "Foo and bar"
    assert "TODO" in page.description
    problems = page_problems(root / "docs", support.known(), macro_arguments())
    told = {p.code for p in problems if p.where.startswith("docs/monitoring/zz-example.md")}
    # P012 counts a tag's places, of which this small site has one.
    assert told - {"P012"} == {"P044", "P047"} <= DRAFT
    assert "replace each TODO" in said


def test_a_new_page_is_last_in_its_part_of_the_navigation_and_nothing_else_moves(
    root: Path,
) -> None:
    new_page("monitoring/zz-example.md", "Foo", root)
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    at = lines.index("      - monitoring/zz-example.md")
    assert lines[at - 1].startswith("      - monitoring/")
    assert not lines[at + 1].startswith("      - monitoring/")
    del lines[at]
    assert lines == NAV.splitlines()


BAD = {
    "no folder": ("foo.md", "Foo", "is not a name for a page"),
    "upwards": ("../foo.md", "Foo", "is not a name for a page"),
    "capitals": ("monitoring/Foo.md", "Foo", "is not a name for a page"),
    "not Markdown": ("monitoring/foo", "Foo", "is not a name for a page"),
    "no title": ("monitoring/zz-example.md", " ", "is not a title"),
    "template in the title": ("monitoring/zz-example.md", "{{ x }}", "is not a title"),
    "there already": ("monitoring/index.md", "Foo", "already exists"),
    "unknown folder": ("montoring/foo.md", "Foo", "the navigation has no folder 'montoring'"),
}


@pytest.mark.parametrize(("page", "title", "says"), BAD.values(), ids=list(BAD))
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    page: str, title: str, says: str, root: Path
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(NewPageError, match=says):
        new_page(page, title, root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_command_exits_with_1_where_it_made_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["new-page", "foo.md", "Foo"]) == 1
    assert "write folder/some-topic.md" in capsys.readouterr().err


def test_no_page_is_left_with_the_words_of_the_template() -> None:
    assert "TODO" in module.TEMPLATE
    pages = read_pages(ROOT / "docs").values()
    assert [p.path for p in pages if "TODO:" in p.body + p.description] == []


def test_a_page_is_long_enough_once_its_todos_are_replaced_and_practice_is_removed(
    root: Path,
) -> None:
    new_page("monitoring/zz-example.md", "Foo", root)
    path = root / "docs/monitoring/zz-example.md"
    text = path.read_text("utf-8").replace("TODO:", "Say")
    path.write_text(re.sub(r"(?s)## Practice\n.*?(?=\{\{ see)", "", text), "utf-8")
    found = page_problems(root / "docs", support.known(), macro_arguments())
    told = {p.code for p in found if p.where.startswith("docs/monitoring/zz-example.md")}
    assert told <= {"P012"}


def test_the_section_with_practice_needs_a_scenario_of_its_page(root: Path) -> None:
    new_page("monitoring/zz-example.md", "Foo", root)
    path = root / "docs/monitoring/zz-example.md"
    where = path.read_text("utf-8").splitlines().index("## Practice") + 1
    (told,) = practice_problems(support.known(), read_pages(root / "docs"))
    assert told.where == f"docs/monitoring/zz-example.md:{where}"
    assert "add a scenario with page: monitoring/zz-example.md" in told.hint
    first = next(iter(support.known().scenarios.values()))
    about = replace(first, page="monitoring/zz-example.md#practice")
    known = replace(support.known(), scenarios={"x": about})
    assert practice_problems(known, read_pages(root / "docs")) == []
