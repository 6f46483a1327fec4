"""Nothing of the study notes was lost: each heading, list, table and sample has its place."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from macros.pages.source import read_page
from macros.pages.urls import page_url
from tests.serving import ROOT, Site

ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/seed-coverage.yml").read_text())
# Counted in the notes: headings outside code.
HEADINGS = 70
HEADINGS_OF_PAGES = ("h1", "h2", "h3", "h4", "h5", "h6")
TAGGED = [row for row in ROWS if row["tags"]]


@cache
def page_at(site: Site, page: str) -> BeautifulSoup:
    """A built page, read once."""
    return BeautifulSoup(site.page(page.rstrip("/")), "html.parser")


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['line']}-{row['page']}" for row in ROWS])
def test_a_part_of_the_notes_has_its_place(site: Site, row: dict[str, Any]) -> None:
    page, _, anchor = page_url(row["page"]).partition("#")
    soup = page_at(site, page)
    if anchor:
        assert soup.find(id=anchor), f"{row['page']}: no such anchor"


@pytest.mark.parametrize("row", TAGGED, ids=[f"{row['line']}-{row['page']}" for row in TAGGED])
def test_a_mark_of_the_notes_is_on_the_section_that_replaced_it(
    site: Site, row: dict[str, Any]
) -> None:
    page, _, anchor = page_url(row["page"]).partition("#")
    place = page_at(site, page).find(id=anchor)
    assert place, f"{row['page']}: a mark needs a section"
    source = row["page"].partition("#")[0]
    whole = read_page(source, (ROOT / "docs" / source).read_text(encoding="utf-8")).tags
    # A page's own tags are about all of it: they are shown at its end.
    assert set(row["tags"]) <= {*_chips(place), *(whole if place.name == "h1" else ())}


def _chips(place: Tag) -> Iterator[str]:
    """The tags of a section: behind its heading, or on a lead-in before the next heading."""
    if place.name not in HEADINGS_OF_PAGES:
        yield from _names(place)
        return
    for element in place.find_all_next():
        if element.name in HEADINGS_OF_PAGES and element.name <= place.name:
            return
        if "section-tags" in (element.get("class") or []):
            yield from _names(element)


def _names(box: Tag) -> Iterator[str]:
    yield from (str(chip["data-tag"]) for chip in box.select("a.section-tag"))


def test_every_line_is_mapped_once_for_each_place() -> None:
    keys = [(row["line"], row["page"], row["seed"]) for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert len({row["line"] for row in ROWS}) > HEADINGS
