"""Tags on the built site: every mark of the notes is found by its tag, and no chip leads nowhere."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from checker.knowledge.model import Knowledge
from macros.pages.urls import page_url
from tests.serving import ROOT, Site

ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/seed-coverage.yml").read_text())
MARKS = [(row["page"], tag) for row in ROWS for tag in row["tags"]]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(scope="module")
def entries(site: Site) -> list[dict[str, Any]]:
    """What the tag explorer loads."""
    found: list[dict[str, Any]] = json.loads((site.folder / "assets/tags/sections.json").read_text())
    return found


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Every built page by its address below the root."""
    return {
        file.parent.relative_to(site.folder).as_posix().replace(".", "", 1): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in sorted(site.folder.rglob("index.html"))
    }


def test_all_marks_of_the_notes_are_there() -> None:
    # Counted in the notes: 60 marks, 46 of them exam tips. Some parts have two places here.
    assert len({(row["line"], row["seed"], tag) for row in ROWS for tag in row["tags"]}) >= 60
    assert sum(tag == "exam-tip" for _, tag in MARKS) >= 46


@pytest.mark.parametrize(("place", "tag"), MARKS, ids=[f"{tag}-{page}" for page, tag in MARKS])
def test_a_mark_of_the_notes_is_found_by_its_tag(
    entries: list[dict[str, Any]], pages: dict[str, BeautifulSoup], place: str, tag: str
) -> None:
    found = {entry["url"] for entry in entries if tag in entry["tags"]}
    page, _, anchor = page_url(place).partition("#")
    section = pages[page.rstrip("/")].find(id=anchor)
    assert isinstance(section, Tag)
    wanted = {f"{page}#{name}" for name in _within(section)}
    # The title of a page is the page itself.
    assert found & (wanted | {page} if section.name == "h1" else wanted), place


def _within(section: Tag) -> Iterator[str]:
    """The anchors of the section and of the lead-ins in it."""
    yield str(section["id"])
    for element in section.find_all_next() if section.name in HEADINGS else ():
        if element.name in HEADINGS and element.name <= section.name:
            return
        if element.get("id"):
            yield str(element["id"])


def test_every_entry_is_on_the_site_with_its_own_tags(
    entries: list[dict[str, Any]], pages: dict[str, BeautifulSoup]
) -> None:
    for entry in entries:
        path, _, anchor = entry["url"].partition("#")
        soup = pages[path.rstrip("/")]
        assert not anchor or soup.find(id=anchor), entry["url"]
        assert entry["title"], entry["url"]
        assert not re.search(r"\{\{|\}\}|```|<[a-z]", entry["text"]), entry["text"]


def test_the_index_holds_as_many_section_tags_as_the_pages_show_chips(
    entries: list[dict[str, Any]], pages: dict[str, BeautifulSoup]
) -> None:
    shown: Counter[tuple[str, str]] = Counter()
    for path, soup in pages.items():
        for chip in soup.select(".section-tags a.section-tag"):
            shown[path, str(chip["data-tag"])] += 1
    listed: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        path, _, anchor = entry["url"].partition("#")
        listed.update((path.rstrip("/"), tag) for tag in entry["tags"] if anchor)
    assert sum(shown.values()) > 60
    for key, count in shown.items():
        page = [e for e in entries if e["url"].rstrip("/") == key[0] and key[1] in e["tags"]]
        assert listed[key] + len(page) >= count, key


def test_every_chip_leads_to_a_listing_that_is_not_empty(
    entries: list[dict[str, Any]], pages: dict[str, BeautifulSoup]
) -> None:
    carried = {tag for entry in entries for tag in entry["tags"]}
    ids = {str(tag["id"]): tag for tag in pages["tags"].find_all(id=True)}
    seen = 0
    for path, soup in pages.items():
        for chip in soup.select("a.md-tag"):
            (tag,) = parse_qs(urlsplit(str(chip["href"])).query)["tag"]
            assert tag == chip["data-tag"]
            assert tag in carried, (path, tag)
            seen += 1
    assert seen > 300


def test_without_scripts_every_tag_has_its_list(
    knowledge: Knowledge, pages: dict[str, BeautifulSoup], entries: list[dict[str, Any]]
) -> None:
    lists = pages["tags"].select(".explorer__result details")
    assert len(lists) == len(knowledge.tags)
    addresses = {str(link["href"]) for part in lists for link in part.select("a")}
    assert len(addresses) == len(entries)
    for part in lists:
        said = int(re.search(r"\((\d+)\)", part.summary.get_text())[1])  # type: ignore[union-attr, index]
        assert said == len(part.select("li")) > 0


def test_every_tag_is_listed_with_its_title_and_meaning(
    knowledge: Knowledge, pages: dict[str, BeautifulSoup]
) -> None:
    text = " ".join(pages["tags"].select(".vocabulary")[0].get_text(" ").split())
    for name, tag in knowledge.tags.items():
        assert f"{tag.label} {tag.description}" in text
        assert pages["tags"].find(id=f"tag:{name}")


def test_exam_tips_are_few_enough_to_be_a_choice(entries: list[dict[str, Any]]) -> None:
    tipped = [entry for entry in entries if "exam-tip" in entry["tags"]]
    # The notes' own marks, and a handful that a reader before an exam needs most.
    assert len(tipped) <= len({(place, tag) for place, tag in MARKS if tag == "exam-tip"}) + 8
    assert [entry["url"] for entry in tipped if "#" not in entry["url"]] == []


def test_the_search_has_each_tag_as_an_entry_and_no_page_of_the_search_has_chips(site: Site) -> None:
    found = json.loads((site.folder / "search/sections.json").read_text())
    entries = {entry["location"]: entry for entry in found}
    assert entries["tags/#tag:exam-tip"]["title"] == "Exam tip"
    assert "exam-tip" not in entries["inference/serverless/#limits-to-plan-for"]["text"]
