"""The policy in every page is the one that its scripts need, and nothing else may run."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.site.finish import FinishError, finish
from macros.site.security_policy import HEADERS, headers_file
from tests.serving import ROOT, Site

DATA = ("application/json", "application/ld+json")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Every page of the site, the 404 page too."""
    return {
        str(file.relative_to(site.folder)): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in site.folder.rglob("*.html")
    }


def policy(page: BeautifulSoup) -> dict[str, list[str]]:
    """A page's directives with their sources."""
    (meta,) = page.find_all("meta", {"http-equiv": "Content-Security-Policy"})
    words = [directive.split() for directive in meta["content"].split(";")]
    return {name: sources for name, *sources in words}


def test_each_page_allows_just_the_hashes_of_the_sites_inline_scripts(
    pages: dict[str, BeautifulSoup],
) -> None:
    texts = {
        script.string
        for page in pages.values()
        for script in page.find_all("script", src=False)
        if script.get("type") not in DATA
    }
    needed = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in texts
    }
    assert len(needed) >= 4
    for path, page in pages.items():
        assert set(policy(page)["script-src"]) == {"'self'", *needed}, path


def test_every_page_has_the_same_strict_policy(pages: dict[str, BeautifulSoup]) -> None:
    first = policy(pages["index.html"])
    assert first["default-src"] == ["'none'"]
    assert first["connect-src"] == first["worker-src"] == first["font-src"] == ["'self'"]
    assert first["form-action"] == ["'none'"]
    assert all(policy(page) == first for page in pages.values())
    unsafe = {name for name, sources in first.items() if any("unsafe" in s for s in sources)}
    assert unsafe == {"style-src"}
    assert not any("http" in source for sources in first.values() for source in sources)


def test_the_policy_is_before_everything_that_it_governs(site: Site) -> None:
    for file in site.folder.rglob("*.html"):
        head = file.read_text(encoding="utf-8").partition("Content-Security-Policy")[0]
        assert "charset" in head[:1024]
        assert not re.search(r"<(script|link|style|img)\b", head), file


def test_no_page_has_a_handler_or_a_script_address(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], (path, tag.name)
            for name in ("href", "src", "action", "formaction"):
                assert not str(tag.get(name, "")).lstrip().lower().startswith("javascript:"), path


def test_finishing_twice_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "index.html"
    home.write_text('<head><meta charset="utf-8"><script>__md_scope=new URL(1)</script></head>')
    finish(tmp_path)
    once = {file: file.read_bytes() for file in tmp_path.iterdir()}
    finish(tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == once


def test_a_page_without_a_charset_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<head></head>")
    with pytest.raises(FinishError, match=r"index\.html: no <meta charset>"):
        finish(tmp_path)


def test_a_folder_without_a_site_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FinishError, match="Build the site first"):
        finish(tmp_path)


def test_the_headers_file_names_the_sites_own_path(site: Site) -> None:
    assert (site.folder / "_headers").read_text(encoding="utf-8") == headers_file("/")
    assert "/guide/assets/checker/worker.js\n" in headers_file("/guide/")


@pytest.mark.parametrize("server", ["nginx", "Apache", "Caddy"])
def test_the_settings_shown_for_a_server_hold_every_header(server: str) -> None:
    text = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    section = text.partition(f"## {server}")[2].partition("\n## ")[0]
    assert section
    for place, headers in HEADERS.items():
        assert place.removesuffix("*") in section
        for name, value in headers.items():
            assert re.search(f'{name}"? "{re.escape(value)}"', section), (name, value)


SCRIPT = "<script>alert(1)</script>"
THEME = "<script>__md_scope=new URL('.',location)</script>"


@pytest.mark.parametrize(
    "body",
    [f"<article>{SCRIPT}</article>", f"<article>{THEME}</article>", SCRIPT],
    ids=["in a page", "in a page, dressed as the theme's", "outside of a page"],
)
def test_a_script_that_is_not_the_themes_stops_the_build_with_its_file(
    body: str, tmp_path: Path
) -> None:
    head = '<html><head><meta charset="utf-8"></head>'
    (tmp_path / "index.html").write_text(f"{head}{THEME}<article>x</article></html>")
    (tmp_path / "evil.html").write_text(f"{head}{THEME}{body}</html>")
    with pytest.raises(FinishError, match=r"evil\.html: an inline script that is not the theme's"):
        finish(tmp_path)
