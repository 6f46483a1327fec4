"""Everything works under the policy, and nothing that a page did not bring runs."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Handler, Site, Watched, first_diagram, served

PATIENCE = 60_000
LINK = "check/inference/?payload=6+MB&traffic=intermittent"
REPORT = """
window.violations = [];
window.stopped = new Promise((resolve) =>
  document.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    resolve(event.effectiveDirective);
  }));
"""


@pytest.fixture
def reporting(page: Page) -> Iterator[Page]:
    """A page that counts what its policy stopped, and fails the test for any of it."""
    page.add_init_script(REPORT)
    yield page
    assert page.evaluate("window.violations") == []


def test_the_checker_works(reporting: Page, site: Site) -> None:
    reporting.goto(site.url + LINK)
    reporting.locator("#verdict-headline").wait_for(timeout=PATIENCE)


def test_the_search_works(reporting: Page, site: Site) -> None:
    reporting.goto(site.url)
    reporting.keyboard.press("/")
    reporting.locator(".md-search__input").press_sequentially("serverless")
    expect(reporting.locator(".md-search-result__item").first).to_be_visible(timeout=PATIENCE)


def test_a_diagram_is_drawn_with_its_own_style(reporting: Page, site: Site) -> None:
    reporting.goto(f"{site.url}inference/")
    assert first_diagram(reporting).locator("style").count()


def test_a_diagram_follows_the_palette(reporting: Page, site: Site) -> None:
    reporting.emulate_media(color_scheme="light")
    reporting.goto(f"{site.url}inference/")
    ink = first_diagram(reporting)
    light = ink.evaluate("e => getComputedStyle(e).fill")
    reporting.emulate_media(color_scheme="dark")
    expect(ink).not_to_have_css("fill", light, timeout=PATIENCE)


def test_a_diagram_that_is_being_drawn_follows_a_second_switch(reporting: Page, site: Site) -> None:
    reporting.emulate_media(color_scheme="light")
    reporting.goto(f"{site.url}inference/")
    ink = first_diagram(reporting)
    light = ink.evaluate("e => getComputedStyle(e).fill")
    drawn = ink.get_attribute("id")
    reporting.evaluate("""() => {
      document.body.dataset.mdColorScheme = "slate";
      setTimeout(() => { document.body.dataset.mdColorScheme = "default"; });
    }""")
    expect(ink).not_to_have_id(str(drawn), timeout=PATIENCE)
    expect(ink).to_have_css("fill", light)


def test_the_palette_switch_alternates_and_a_reload_keeps_the_choice(
    reporting: Page, site: Site
) -> None:
    reporting.goto(site.url)
    body = reporting.locator("body")
    for wanted in ("default", "slate"):
        reporting.locator("label[title^='Switch']:not([hidden])").click()
        expect(body).to_have_attribute("data-md-color-scheme", wanted)
    reporting.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_instant_navigation_goes_up_and_down(reporting: Page, site: Site) -> None:
    reporting.goto(f"{site.url}status/")
    reporting.evaluate("window.same = true")
    tabs = reporting.locator(".md-tabs")
    for link, path in (
        (tabs.get_by_role("link", name="Inference"), "inference/"),
        (reporting.locator(".md-sidebar--primary").get_by_role("link", name="Serverless"),
         "inference/serverless/"),
        (tabs.get_by_role("link", name="Home"), ""),
        (tabs.get_by_role("link", name="Checker"), "check/"),
    ):  # fmt: skip
        link.first.click()
        reporting.wait_for_url(site.url + path)
    assert reporting.evaluate("window.same") is True


ATTACKS = {
    "script": "append(make('script', {text: 'ran = 1'}))",
    "script-address": "append(make('script', {src: 'data:text/javascript,ran=1'}))",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"ran = 1\">')",
    "link-address": "location.href = 'javascript:ran=1'",
    "eval": "(0, eval)('ran = 1')",
    "blob-worker": "new Worker(URL.createObjectURL(new Blob(['1'])))",
    "webassembly": "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
    "fetch": "fetch('https://elsewhere.example/')",
    "frame": "append(make('iframe', {src: 'https://elsewhere.example/'}))",
    "picture": "append(make('img', {src: 'https://elsewhere.example/'}))",
    "form": "append(make('form', {action: 'https://elsewhere.example/'})).submit()",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_what_a_page_did_not_bring_is_stopped(browser: Browser, site: Site, attack: str) -> None:
    page = browser.new_page()
    page.add_init_script(REPORT)
    page.goto(site.url)
    # In a timer, for what the test's own tool evaluates at once is above any policy.
    page.evaluate(
        "() => { const make = (tag, values) => Object.assign(document.createElement(tag), values);"
        " const append = (made) => document.body.appendChild(made);"
        f" setTimeout(() => {{ {attack}; }}); }}"
    )
    assert page.evaluate("window.stopped")
    assert page.evaluate("typeof ran") == "undefined"
    page.close()


class HeaderHandler(Handler):
    """A host that sends the headers of the site's ``_headers``."""

    def end_headers(self) -> None:
        """Add the headers of each rule that fits, as Netlify and Cloudflare Pages do."""
        for rule in re.split(r"\n(?=/)", Path(self.directory, "_headers").read_text("utf-8")):
            place, *headers = rule.strip().splitlines()
            if fnmatch(self.path, place):
                for header in headers:
                    self.send_header(*header.strip().split(": ", 1))
        super().end_headers()


@pytest.fixture
def sending(site: Site) -> Iterator[str]:
    """The address of the same site on a host that sends headers."""
    handler = partial(HeaderHandler, directory=str(site.folder))
    with served(handler) as url:
        yield url


def test_on_a_host_with_headers_python_runs_in_the_worker_alone(
    browser: Browser, sending: str
) -> None:
    page, watched = browser.new_page(), Watched()
    watched.watch(page, sending)
    # No verdict of this link is made with the site, so Python has to start.
    with page.expect_response("**/checker/worker.js") as worker:
        page.goto(f"{sending}check/inference/?payload=7.3+MB")
    assert "'wasm-unsafe-eval'" in worker.value.headers["content-security-policy"]
    page.locator("#verdict-headline").wait_for(timeout=PATIENCE)
    assert (watched.outside, watched.errors) == ([], [])
    response = page.goto(sending)
    assert response
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    page.close()
