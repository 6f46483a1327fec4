"""What a page weighs and asks for: counts that are the same on every machine."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.runtime.contents import LATER, WORDS
from tests.serving import ROOT, Site

# A topic page with the theme's files and its code for search; the search index is left out.
MOST_BYTES = 120_000
# What texts are read with, which a page loads with the first text.
MOST_WORDS = 440_000
# Loaded when a page comes up, and by none of its tags.
SEARCH = ("search/worker.js", "search/ranking.js", "search/terms.js", "vendor/minisearch/index.js")
# The practice page with all items, its modules and the scheduler; Python comes when it is asked for.
MOST_PRACTISE = 200_000
TOPICS = sorted(
    str(path.relative_to(ROOT / "docs").with_suffix("")).removesuffix("index")
    for path in (ROOT / "docs").glob("*/*.md")
)
CHECKER = {"check/", "optimize/break-even/", "practise/"} | {
    f"check/{path.stem}/" for path in (ROOT / "docs/check").glob("*.md") if path.stem != "index"
}


@cache
def wire(path: Path) -> int:
    """A file's bytes as a host with gzip sends it."""
    return len(gzip.compress(path.read_bytes(), 9))


def page_file(site: Site, path: str) -> Path:
    return site.folder / path / "index.html"


def files_of(site: Site, path: str) -> set[Path]:
    """The stylesheets, scripts and pictures that a page's HTML names."""
    soup = BeautifulSoup(site.page(path), "html.parser")
    named = [str(tag["src"]) for tag in soup.select("script[src], img[src]")]
    wanted = "link[rel=stylesheet], link[rel=icon]"
    named += [str(tag["href"]) for tag in soup.select(wanted)]
    folder = page_file(site, path).parent
    return {(folder / name.partition("?")[0]).resolve() for name in named}


@pytest.mark.parametrize("path", TOPICS)
def test_a_topic_page_is_small_to_download(site: Site, path: str) -> None:
    search = {site.folder / "assets" / name for name in SEARCH}
    files = files_of(site, path) | search | {page_file(site, path)}
    assert sum(map(wire, files)) <= MOST_BYTES, {f.name: wire(f) for f in files}


def test_the_practice_page_with_its_items_is_small_and_other_pages_have_none_of_it(
    site: Site,
) -> None:
    modules = {*(site.folder / "assets/practise").rglob("*.js*")}
    scheduler = site.folder / "assets/vendor/ts-fsrs/index.mjs"
    files = files_of(site, "practise/") | modules | {scheduler, page_file(site, "practise/")}
    assert sum(map(wire, files)) <= MOST_PRACTISE
    for path in TOPICS:
        assert "assets/practise/" not in site.page(path)


def test_no_page_preloads_and_no_page_asks_for_a_font(site: Site) -> None:
    hints = "link[rel=preload], link[rel=modulepreload], link[rel=prefetch], link[rel=preconnect]"
    pages = {f: BeautifulSoup(f.read_bytes(), "html.parser") for f in site.folder.rglob("*.html")}
    assert [file for file, soup in pages.items() if soup.select(hints)] == []
    styles = site.folder.rglob("*.css")
    assert [f for f in styles if re.search(r"url\([^)]*\.(?:woff|ttf)", f.read_text("utf-8"))] == []


def test_only_pages_that_compute_have_the_checkers_script_or_the_runtimes_place(site: Site) -> None:
    named = "script[src*='assets/checker/'], [data-core]"
    found = {
        f"{file.parent.relative_to(site.folder)}/"
        for file in site.folder.rglob("index.html")
        if BeautifulSoup(file.read_bytes(), "html.parser").select(named)
    }
    assert found == CHECKER


def test_a_page_stays_as_light_when_there_are_more_pages(site: Site) -> None:
    """Of another section a page's navigation has one link; without pruning it has every page."""
    soup = BeautifulSoup(site.page("inference/serverless/"), "html.parser")
    links = {str(a["href"]) for a in soup.select(".md-sidebar--primary a.md-nav__link[href]")}
    others = [re.search(r"^\.\./\.\./(\w+)/", link) for link in links]
    sections = [match[1] for match in others if match]
    assert sections
    assert len(sections) == len(set(sections))


def test_the_runtime_is_under_three_quarters_of_stock_where_hosts_compress(site: Site) -> None:
    """By gzip; with Brotli, which packs the standard library better, it is less."""
    runtime = site.folder / "assets/runtime"
    # What a visit needs for a verdict and for texts; the rest comes with its first request.
    later = {*LATER} - {WORDS}
    ours = [f for f in runtime.rglob("*") if f.is_file() and f.name not in later]
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
    stock = [ROOT / "node_modules/pyodide" / name for name in (*names, "pyodide-lock.json")]
    (wheel,) = (site.folder / "assets/download").glob("*.whl")
    ratio = sum(map(wire, ours)) / sum(map(wire, [*stock, wheel]))
    assert ratio <= 0.78


def test_the_data_of_the_text_reader_is_small_to_download(site: Site) -> None:
    (words,) = (site.folder / "assets/runtime").rglob(WORDS)
    assert wire(words) <= MOST_WORDS
