"""The exit path: Zensical builds the same tree, and its pages hold the same as those of MkDocs."""

import json
import os
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from tests.serving import ROOT, Site

ZENSICAL = Path(sys.executable).with_name("zensical")
# The themes' own parts of an article; Zensical puts a page's tags below its text, not above.
THEME = ".md-tags, .md-content__button, .headerlink"
TAG_INDEX = "tags"


def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        file.parent.relative_to(site).as_posix(): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in sorted(site.rglob("index.html"))
    }


@pytest.fixture(scope="module")
def zensical(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as Zensical builds it from a copy of the tree, with the same address, finished."""
    project = tmp_path_factory.mktemp("zensical")
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    # It finds the macros and the Markdown extension from the Python path.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITE_URL": site.url}
    command = [ZENSICAL, "build", "--strict"]
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "No issues found" in done.stdout + done.stderr
    command = [sys.executable, "-m", "macros", "finish", "--site", str(project / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def both(site: Site, zensical: Path) -> list[tuple[str, BeautifulSoup, BeautifulSoup]]:
    """Every page with its name, from MkDocs and from Zensical."""
    ours, theirs = pages(site.folder), pages(zensical)
    assert list(ours) == list(theirs)
    assert len(ours) > 50
    return [(name, ours[name], theirs[name]) for name in ours]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").replace("¶", "").split())


PARTS = {
    # what, selector, how many there are at least
    "headings": ("article :is(h1, h2, h3, h4, h5, h6)", 500),
    "tables": ("article table", 70),
    "captions": ("article caption", 80),
    "rows": ("article tr", 500),
    "cells": ("article :is(td, th)", 2500),
    "section tags": ("article .section-tags .section-tag", 60),
    "page tags": (".see-also .section-tag", 200),
    "facts with their source": ("article .fact", 100),
    "scenarios": ("article .practice > li", 300),
    "answers behind a click": ("article details", 300),
    "code": ("article pre", 80),
    "diagrams": ("article .diagram-source", 10),
    "drawings and icons": ("article svg", 50),
    "notices": ("article .admonition", 1),
    "ways to edit": ("article a[rel=edit]", 50),
    "the tag explorer": ("tag-explorer", 1),
}


@pytest.mark.parametrize(("selector", "least"), PARTS.values(), ids=list(PARTS))
def test_every_page_has_the_same(
    selector: str, least: int, both: list[tuple[str, BeautifulSoup, BeautifulSoup]]
) -> None:
    count = 0
    for name, ours, theirs in both:
        found = [words(tag) for tag in ours.select(selector)]
        assert [words(tag) for tag in theirs.select(selector)] == found, name
        count += len(found)
    assert count >= least


@pytest.fixture(scope="module")
def articles(both: list[tuple[str, BeautifulSoup, BeautifulSoup]]) -> list[tuple[str, Tag, Tag]]:
    """The text of each page but the tag index, which each engine writes its own way."""
    return [(n, text_of(ours), text_of(theirs)) for n, ours, theirs in both if n != TAG_INDEX]


def text_of(page: BeautifulSoup) -> Tag:
    article = copy(page.select("article")[0])
    for tag in article.select(THEME):
        tag.decompose()
    return article


def test_every_page_says_the_same(articles: list[tuple[str, Tag, Tag]]) -> None:
    for name, ours, theirs in articles:
        assert words(ours) == words(theirs), name


def test_every_link_and_script_leads_to_the_same_place(
    articles: list[tuple[str, Tag, Tag]],
) -> None:
    for name, *two in articles:
        # Deep down, so that one step too many upwards shows.
        here = urljoin("https://example.org/a/b/c/", "" if name == "." else f"{name}/")
        ours, theirs = (
            [urljoin(here, str(t.get("href") or t.get("src"))) for t in a.select("[href], [src]")]
            for a in two
        )
        assert ours == theirs, name


def test_every_anchor_is_there(articles: list[tuple[str, Tag, Tag]]) -> None:
    for name, *two in articles:
        ours, theirs = ({str(t["id"]) for t in a.select("[id]")} - {"__skip"} for a in two)
        assert ours == theirs, name


def test_titles_descriptions_and_addresses_are_the_same(
    both: list[tuple[str, BeautifulSoup, BeautifulSoup]],
) -> None:
    for name, *two in both:
        if name == ".":
            continue  # Zensical puts the page's title before the site's here too
        ours, theirs = (
            [
                page.select("title")[0].get_text(),
                *(meta.get("content") for meta in page.select("meta[name=description], meta[property]")),
                *(link.get("href") for link in page.select("link[rel=canonical]")),
            ]
            for page in two
        )
        assert ours == theirs, name


def test_our_own_files_are_the_same(site: Site, zensical: Path) -> None:
    """The checker, its runtime, styles and downloads; the themes bring their own scripts."""
    ours = sorted(
        file.relative_to(site.folder)
        for part in ("checker", "download", "runtime", "tags", "vendor")
        for file in (site.folder / "assets" / part).rglob("*")
        if file.is_file()
    )
    assert len(ours) > 10
    different = [f for f in ours if (site.folder / f).read_bytes() != (zensical / f).read_bytes()]
    assert different == []


def test_search_knows_as_many_sections(site: Site, zensical: Path) -> None:
    ours = json.loads((site.folder / "search/sections.json").read_text(encoding="utf-8"))
    theirs = json.loads((zensical / "search.json").read_text(encoding="utf-8"))
    assert len(ours) == len(theirs["items"]) > 500


def test_the_copies_for_readers_without_a_browser_are_the_same(site: Site, zensical: Path) -> None:
    copies = sorted(file.relative_to(site.folder) for file in site.folder.rglob("index.md"))
    assert len(copies) > 50
    for copy_ in copies:
        if copy_.parent.name != TAG_INDEX:
            ours, theirs = ((root / copy_).read_text(encoding="utf-8") for root in (site.folder, zensical))
            assert theirs == ours, copy_
