"""Nothing of the study notes was lost: each heading, list, table and sample has its place."""

from functools import cache
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from macros.pages import page_url
from tests.serving import ROOT, Site

ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/data/seed-coverage.yml").read_text())
# Counted in the notes: headings outside code.
HEADINGS = 70
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
def test_a_mark_of_the_notes_stands_on_the_section_that_took_over(
    site: Site, row: dict[str, Any]
) -> None:
    page, _, anchor = page_url(row["page"]).partition("#")
    place = page_at(site, page).find(id=anchor)
    assert place, f"{row['page']}: a mark needs a section"
    chips = place.find_next(class_="section-tags")
    shown = {chip.get_text().removeprefix("#") for chip in chips.find_all("a")} if chips else set()
    assert set(row["tags"]) <= shown


def test_every_line_is_mapped_once_for_each_place() -> None:
    keys = [(row["line"], row["page"], row["seed"]) for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert len({row["line"] for row in ROWS}) > HEADINGS
