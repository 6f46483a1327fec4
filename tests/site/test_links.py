"""The built site holds together: links, anchors, ids, and nothing from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.serving import Site

LINKCHECKER = Path(sys.executable).with_name("linkchecker")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Every page by its address below the site's root."""
    return {
        str(file.parent.relative_to(site.folder)).replace(".", "", 1): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in site.folder.rglob("index.html")
    }


def linkchecker(folder: Path, settings: str, *arguments: str) -> str:
    """Run linkchecker over http; its own words, after it found nothing wrong."""
    config = folder / "linkcheckerrc"
    # Ten requests a second are for other people's servers; ours says that it accepts more.
    config.write_text(
        f"{settings}[checking]\nmaxrequestspersecond=1000\n[filtering]\ncheckextern=0\n"
    )
    # A page with a query is the same page again: its links are followed once, without it.
    usual = ["-f", config, "--no-status", "--threads=2", r"--no-follow-url=\?"]
    done = subprocess.run(
        [LINKCHECKER, *usual, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_linkchecker_finds_no_broken_link(site: Site, tmp_path: Path) -> None:
    said = linkchecker(tmp_path, "", site.url)
    assert int(re.search(r"(\d+) links? in", said)[1]) > 300  # type: ignore[index]


def test_linkchecker_finds_no_broken_anchor_around_a_topic_page(site: Site, tmp_path: Path) -> None:
    # It reads a page anew for each anchor, so it would need half an hour for the whole site;
    # every anchor of every page is looked up in the next test.
    start = f"{site.url}inference/serverless/"
    said = linkchecker(tmp_path, "[AnchorCheck]\n", "--recursion-level=1", start)
    assert int(re.search(r"(\d+) links? in", said)[1]) > 50  # type: ignore[index]


def test_every_link_and_anchor_within_the_site_resolves(
    pages: dict[str, BeautifulSoup], site: Site
) -> None:
    ids = {path: {tag["id"] for tag in soup.find_all(id=True)} for path, soup in pages.items()}
    broken = []
    for path, soup in pages.items():
        here = urljoin(site.url, f"{path}/" if path else "")
        for link in soup.find_all("a", href=True):
            target, anchor = urldefrag(urljoin(here, link["href"]))
            if not target.startswith(site.url):
                continue
            page = unquote(urlsplit(target).path).strip("/")
            if page in pages:
                # What follows #text= is a text for the checker and no anchor.
                named = anchor and not anchor.startswith("text=")
                if named and unquote(anchor) not in ids[page]:
                    broken.append(f"{path}: {link['href']}")
            elif not (site.folder / page).is_file():
                broken.append(f"{path}: {link['href']}")
    assert broken == []


def test_each_id_is_unique_on_its_page(pages: dict[str, BeautifulSoup]) -> None:
    for path, soup in pages.items():
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert sorted(set(ids)) == sorted(ids), path


def test_no_page_asks_another_host_for_anything(
    pages: dict[str, BeautifulSoup], site: Site
) -> None:
    for path, soup in pages.items():
        for tag in soup.find_all(["script", "img", "link", "iframe", "source"]):
            address = tag.get("src") or tag.get("href") or ""
            outside = urlsplit(address).netloc and not address.startswith(site.url)
            assert not outside or tag.name == "link" and tag.get("rel") == ["canonical"], (
                path,
                address,
            )


def test_every_page_has_a_description_and_one_title(pages: dict[str, BeautifulSoup]) -> None:
    for path, soup in pages.items():
        assert len(soup.find_all("h1")) == 1, path
        meta = soup.find("meta", {"name": "description"})
        assert meta, path
        assert len(meta["content"]) > 20, path


def test_tables_have_captions_and_headers(pages: dict[str, BeautifulSoup]) -> None:
    for path, soup in pages.items():
        for table in soup.select(".table-box table"):
            assert table.find("caption"), path
            assert table.select("thead th[scope=col]"), path
            assert all(row.find("th", {"scope": "row"}) for row in table.select("tbody tr")), path


def test_no_reference_is_left_unfilled(pages: dict[str, BeautifulSoup]) -> None:
    for path, soup in pages.items():
        for code in soup.find_all(["code", "pre"]):
            code.decompose()
        text = soup.get_text(" ")
        assert "{{" not in text, path
        assert not re.search(r"\{[a-z_]+\.[a-z_.]+\}", text), path
