"""The site away from its usual place: under a path on its own domain, and on paper."""

import re
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.serving import Site, Watched, build

PATIENCE = 60_000
HOME = "https://guide.example/field/notes/"
LINK = "check/inference/?payload=6+MB&traffic=intermittent"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built for a path on another domain."""
    folder = tmp_path_factory.mktemp("moved")
    build(folder, HOME)
    return folder


@pytest.fixture
def there(browser: Browser, moved: Path) -> Iterator[Page]:
    """A page of a browser in which that domain hands out the built site, and a 404 page."""

    def answer(route: Route) -> None:
        path = route.request.url.partition("?")[0].partition("#")[0].removeprefix(HOME)
        file = moved / path / "index.html" if path.endswith("/") or not path else moved / path
        known = file.is_file()
        shown = file if known else moved / "404.html"
        kind = {".mjs": "text/javascript", ".wasm": "application/wasm"}.get(shown.suffix)
        kind = kind or guess_type(shown.name)[0] or "application/octet-stream"
        route.fulfill(status=200 if known else 404, body=shown.read_bytes(), content_type=kind)

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(f"{HOME}**", answer)
    page, watched = context.new_page(), Watched()
    yield watched.watch(page, HOME)
    assert watched.outside == []
    lost = "Failed to load resource: the server responded with a status of 404"
    assert [error for error in watched.errors if not error.startswith(lost)] == []
    context.close()


def test_under_a_path_python_decides_and_survives_instant_navigation(there: Page) -> None:
    there.goto(HOME + LINK)
    heading = there.locator("#verdict-headline")
    heading.wait_for(timeout=PATIENCE)
    words = heading.inner_text()
    there.evaluate("window.same = true")
    asked: list[str] = []
    there.on("request", lambda request: asked.append(request.url))
    there.locator(".md-tabs").get_by_role("link", name="Rollout").click()
    there.wait_for_url(f"{HOME}rollout/")
    there.go_back()
    there.wait_for_url(f"{HOME}check/**")
    expect(there.locator("#verdict-headline")).to_have_text(words, timeout=PATIENCE)
    assert there.evaluate("window.same") is True
    # What texts are read with may come late, once.
    python = [url for url in asked if "/runtime/" in url and "/words.json" not in url]
    assert python == []


def test_a_reader_on_a_missing_page_finds_a_page_by_searching(there: Page) -> None:
    there.goto(f"{HOME}no/such/page/at/all/")
    expect(there.locator("h1")).to_have_text("This page is not here")
    there.get_by_text("Search the guide").focus()
    there.keyboard.press("Enter")
    there.locator(".md-search__input").press_sequentially("serverless inference")
    first = there.locator(".md-search-result__item a.md-search-result__link").first
    found = re.compile(re.escape(f"{HOME}inference/serverless/"))
    expect(first).to_have_attribute("href", found, timeout=PATIENCE)
    first.click()
    there.wait_for_url(f"{HOME}inference/serverless/**")


@pytest.mark.parametrize(
    ("path", "shown", "hidden"),
    [
        (
            "inference/serverless/",
            ["h1", ".practice details > :not(summary)", ".fact__value", ".table-box"],
            [".md-header", ".md-sidebar", ".md-footer", ".headerlink", ".checker-link", "summary"],
        ),
        (
            LINK,
            ["#verdict-headline", ".verdict__checked"],
            ["decision-checker form", ".check__next", ".md-button"],
        ),
    ],
    ids=["topic", "verdict"],
)
def test_a_page_prints_as_a_sheet(
    page: Page, site: Site, path: str, shown: list[str], hidden: list[str]
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site.url + path)
    page.locator(shown[0]).wait_for(timeout=PATIENCE)
    page.emulate_media(media="print")
    for selector in shown:
        assert page.locator(selector).first.evaluate("e => e.checkVisibility()"), selector
    for selector in hidden:
        places = page.locator(f"{selector}:not(.verdict__record summary)")
        assert places.count(), selector
        assert not places.evaluate_all("all => all.some(e => e.checkVisibility())"), selector
    ink = page.locator("h1").evaluate("e => getComputedStyle(e).color")
    assert max(map(float, ink.strip("rgba()").split(",")[:3])) < 100
    boxes = page.locator(".table-box").evaluate_all(
        "all => all.map(e => getComputedStyle(e).overflowX)"
    )
    assert set(boxes) <= {"visible"}
