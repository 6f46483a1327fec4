"""Search engines, link previews, language models and lost readers find what they look for."""

import gzip
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.site.copies import NAME, Copy, in_reading_order, page_copy
from tests.serving import Site

LOCATION = re.compile(r"<loc>([^<]+)</loc>")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Every page by the address that it is served at."""
    return {
        site.url
        + str(file.parent.relative_to(site.folder)).strip(".")
        + "/" * (file.parent != site.folder): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in site.folder.rglob("index.html")
    }


def named(page: BeautifulSoup, key: str, name: str) -> str:
    (meta,) = page.find_all("meta", {key: name})
    return str(meta["content"])


def copy_of(site: Site, path: str) -> str:
    return (site.folder / path / NAME).read_text(encoding="utf-8")


def test_the_sitemap_names_every_page_once_and_no_day(
    site: Site, pages: dict[str, BeautifulSoup]
) -> None:
    text = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert sorted(LOCATION.findall(text)) == sorted(pages)
    assert "lastmod" not in text
    assert gzip.decompress((site.folder / "sitemap.xml.gz").read_bytes()).decode() == text


def test_each_page_says_its_own_address_title_and_description(
    pages: dict[str, BeautifulSoup], site: Site
) -> None:
    for url, page in pages.items():
        assert page.find("link", rel="canonical")["href"] == url
        assert named(page, "property", "og:url") == url
        assert named(page, "property", "og:description") == named(page, "name", "description")
        image = named(page, "property", "og:image").removeprefix(site.url)
        assert (site.folder / image).is_file()
    for key, name in (("property", "og:title"), ("name", "description")):
        texts = [named(page, key, name) for page in pages.values()]
        assert sorted(set(texts)) == sorted(texts)


def test_the_data_for_search_engines_agrees_with_the_page(pages: dict[str, BeautifulSoup]) -> None:
    for url, page in pages.items():
        data = json.loads(page.find("script", type="application/ld+json").string)
        assert data["url"] == url
        assert data["name"] == named(page, "property", "og:title")
        assert data["description"] == named(page, "name", "description")


def test_llms_txt_lists_every_page_with_its_copy(
    site: Site, pages: dict[str, BeautifulSoup]
) -> None:
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^- \[([^]]+)\]\(([^)]+)\): (.+)$", text, re.MULTILINE)
    assert sorted(url for _, url, _ in entries) == sorted(url + NAME for url in pages)
    for title, url, description in entries:
        copy = copy_of(site, url.removeprefix(site.url).removesuffix(NAME))
        assert copy.startswith(f"# {title}\n")
        assert len(description) > 20
    titles = [title for title, _, _ in entries]
    assert titles.index("Inference options") < titles.index("Serverless Inference")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:3] == ["Home", "Checker", "Practise"]


def test_llms_txt_names_the_command_line_the_mcp_server_and_the_schema(site: Site) -> None:
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    assert "`pip install sagemaker-checker`" in text
    assert "`sagemaker-checker mcp`" in text
    (schema,) = re.findall(r"JSON Schema of a verdict: (\S+)", text)
    published = site.folder / schema.removeprefix(site.url)
    assert json.loads(published.read_bytes())["title"] == "Verdict"


def test_a_copy_is_plain_markdown_with_whole_addresses(site: Site) -> None:
    for file in site.folder.rglob(NAME):
        prose = re.sub(r"^( *)```.*?^\1```$|`[^`\n]*`", "", file.read_text("utf-8"), flags=re.M | re.S)
        assert "¶" not in prose, file
        assert not re.findall(r"</?(?:div|span|p|a|table|td|form|input|svg)\b", prose), file
        assert not re.findall(r"\]\((?!https?://|mailto:)[^)]*\)", prose), file


def test_a_copy_has_the_numbers_tables_and_code_of_its_page(site: Site) -> None:
    copy = copy_of(site, "inference/serverless")
    assert re.search(r"\[4\sMB\]\(\S+/limits/#serverless\.max_payload\)", copy)
    assert "```python\n" in copy
    assert re.search(r"^\| Factor \|.*\n\| --- \|", copy_of(site, "inference"), re.MULTILINE)
    assert "```mermaid\n" in copy_of(site, "inference")
    assert f"This page: {site.url}inference/serverless/" in copy


def test_the_page_for_lost_readers_is_kept_out_of_indexes_and_links_onwards(site: Site) -> None:
    page = BeautifulSoup((site.folder / "404.html").read_text(encoding="utf-8"), "html.parser")
    assert named(page, "name", "robots") == "noindex"
    assert page.find("link", rel="canonical") is None
    links = [str(a["href"]) for a in page.select("article a")]
    assert {"/check/", "/tags/", "/limits/"} <= set(links)


def entry(url: str, follows: str) -> Copy:
    return Copy(url, url, "", "", follows, "")


def test_pages_that_no_link_reaches_are_listed_last() -> None:
    copies = {url: entry(url, follows) for url, follows in {
        "/": "/b/", "/b/": "/a/", "/a/": "/", "/lost/": "/b/"}.items()}  # fmt: skip
    assert [copy.url for copy in in_reading_order(copies)] == ["/", "/b/", "/a/", "/lost/"]


def test_a_page_without_an_address_has_no_copy(site: Site) -> None:
    assert page_copy(Path(site.folder, "404.html").read_text(encoding="utf-8")) is None
