"""What a page shows of the YAML leads to its line in the repository."""

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from checker.knowledge.model import Knowledge
from macros.draw import scenarios, tables
from macros.draw.edit_links import NOWHERE, SourceLinks, repository_address
from macros.files import ROOT
from macros.knowledge.yaml_lines import YamlSource
from macros.site.copies import page_copy
from tests import support

SOURCE_LINKS = SourceLinks("https://x.org/blob/main", support.document())


def lines_of(html: str) -> list[str]:
    """The lines of the YAML that the links of some HTML lead to."""
    links = BeautifulSoup(html, "html.parser").select("a.source-link")
    found = [re.fullmatch(r"https://x\.org/blob/main/(\S+)#L(\d+)", str(a["href"])) for a in links]
    return [_lines(match[1])[int(match[2]) - 1] for match in found if match]


@cache
def _lines(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def test_every_fact_leads_to_its_line(knowledge: Knowledge) -> None:
    found = lines_of(tables.limits_list(knowledge, SOURCE_LINKS))
    assert sorted(found) == sorted(f"  {key}:" for key in knowledge.facts)


def test_every_table_leads_to_its_line(knowledge: Knowledge) -> None:
    for key in knowledge.tables:
        assert lines_of(tables.comparison(key, knowledge, "x.md", SOURCE_LINKS)) == [f"  {key}:"]


def test_every_scenario_leads_to_its_line(knowledge: Knowledge) -> None:
    found = lines_of(
        scenarios.practice(knowledge.scenarios.items(), knowledge, "x.md", SOURCE_LINKS)
    )
    assert found == [f"  {key}:" for key in knowledge.scenarios]


def test_without_a_repository_there_is_no_link(knowledge: Knowledge) -> None:
    assert lines_of(tables.limits_list(knowledge, NOWHERE)) == []
    assert "source-link" not in tables.limits_list(knowledge)


def test_a_hostile_label_stays_text() -> None:
    document = YamlSource("k.yml", None, {("facts",): 6, ("facts", "a.b"): 7})
    link = SourceLinks("https://x.org", document).edit("facts", "a.b", '"><b>')
    (found,) = BeautifulSoup(link, "html.parser").select("*")
    assert (found["href"], found["aria-label"]) == ("https://x.org/k.yml#L7", 'Edit: "><b>')


def test_a_pages_copy_for_readers_without_a_browser_has_no_such_link(knowledge: Knowledge) -> None:
    table = tables.comparison(next(iter(knowledge.tables)), knowledge, "x.md", SOURCE_LINKS)
    head = '<link rel="canonical" href="https://y.org/">'
    copy = page_copy(f"{head}<article><h1>X</h1>{table}</article>")
    assert copy
    assert "https://y.org/limits/#" in copy.markdown
    assert "Edit" not in copy.markdown
    assert "x.org" not in copy.markdown


@pytest.mark.parametrize("slash", ["/", ""], ids=["as MkDocs has it", "as Zensical has it"])
def test_the_address_comes_from_the_one_that_the_edit_button_uses(slash: str) -> None:
    config = {"edit_uri": f"https://github.com/o/r/edit/main/docs{slash}"}
    wanted = "https://github.com/o/r/blob/main"
    assert repository_address(config) == wanted


@pytest.mark.parametrize("value", [None, "", "edit/main/docs/"])
def test_a_configuration_without_the_whole_address_knows_none(value: str | None) -> None:
    assert repository_address({"edit_uri": value}) == ""


def test_the_repository_is_named_in_one_place() -> None:
    named = re.findall(r"https://github\.com/\S+", (ROOT / "mkdocs.yml").read_text())
    (edit,) = [address for address in named if "squidfunk" not in address]
    owner_and_name = "/".join(edit.split("/")[3:5])
    for folder in ("macros", "checker", "overrides"):
        for file in (ROOT / folder).rglob("*.*"):
            if file.suffix in (".py", ".html"):
                assert owner_and_name not in file.read_text(encoding="utf-8"), file
