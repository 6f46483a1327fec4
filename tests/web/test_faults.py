"""Whatever goes wrong between the reader and the verdict ends in words that help."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, Worker, expect

from tests.serving import Handler, Site, served

PATIENCE = 60_000
LINK = "check/inference/?payload=6+MB&traffic=intermittent"
FAILURE, VERDICT = ".check__failure", "#verdict-headline"


def decide(page: Page, payload: str) -> None:
    page.locator("#q-payload").fill(payload)


def mended(page: Page) -> None:
    """The answers are still there, and one press gives the verdict once the fault is gone."""
    expect(page.locator("#q-payload")).to_have_value(re.compile("[67] MB"))
    page.locator(FAILURE).get_by_role("button", name="Try again").click()
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    assert page.locator(FAILURE).count() == 0


def python_of(page: Page) -> Worker:
    """The worker that Python runs in; the search has one too."""
    return next(worker for worker in page.workers if worker.url.endswith("/checker/worker.js"))


def half(route: Route) -> None:
    whole = route.fetch()
    body = whole.body()
    route.fulfill(response=whole, body=body[: len(body) // 2])


def missing(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<h1>Not found</h1>")


def portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>Please sign in</h1>")


def tolerant(fault: Callable[[Route], None]) -> Callable[[Route], None]:
    """The fault, also when the page has ended the worker that asked before the answer is out."""

    def answer(route: Route) -> None:
        with suppress(Error):
            fault(route)

    return answer


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("pyodide.mjs", missing),
        ("pyodide.asm.mjs", half),
        ("pyodide.asm.wasm*", half),
        ("pyodide.asm.wasm*", portal),
        ("python_stdlib.zip.txt*", half),
        ("pyodide-lock.json", portal),
        ("*.whl", half),
    ],
)
def test_a_file_of_the_runtime_that_is_missing_cut_short_or_another_page(
    context: BrowserContext, site: Site, file: str, fault: Callable[[Route], None]
) -> None:
    page = context.new_page()
    page.route(f"**/runtime/**/{file}", tolerant(fault))
    page.goto(site.url + LINK)
    failure = page.locator(FAILURE)
    failure.wait_for(timeout=PATIENCE)
    assert "could not be loaded" in failure.inner_text()
    page.unroute(f"**/runtime/**/{file}")
    mended(page)


@pytest.mark.parametrize("fault", [missing, half, portal])
def test_without_the_words_forms_are_decided_and_a_text_can_be_tried_again(
    context: BrowserContext, site: Site, fault: Callable[[Route], None]
) -> None:
    page = context.new_page()
    page.route("**/runtime/**/words.json*", tolerant(fault))
    page.goto(site.url + LINK)
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    page.locator(".check-describe > summary").click()
    text = page.locator("#scenario-text")
    text.fill("Scores 40 GB of records every night, nobody waits")
    page.get_by_role("button", name="Check my scenario").click()
    failure = page.locator(FAILURE)
    failure.wait_for(timeout=PATIENCE)
    page.unroute_all(behavior="ignoreErrors")
    failure.get_by_role("button", name="Try again").click()
    page.locator(".read__text").wait_for(timeout=PATIENCE)
    expect(text).to_have_value("Scores 40 GB of records every night, nobody waits")


def open_with_verdict(page: Page, site: Site) -> str:
    page.goto(site.url + LINK)
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    return page.locator(VERDICT).inner_text()


def test_a_worker_that_dies_in_the_middle_is_replaced(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    open_with_verdict(page, site)
    python_of(page).evaluate(
        "() => { self.onmessage = () => { throw new Error('out of memory'); }; }"
    )
    decide(page, "7 MB")
    failure = page.locator(FAILURE)
    failure.wait_for(timeout=PATIENCE)
    assert "stopped unexpectedly" in failure.inner_text()
    mended(page)


def test_a_worker_that_is_killed_without_a_word_is_given_up_after_half_a_minute(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    page.clock.install()
    open_with_verdict(page, site)
    python_of(page).evaluate("self.close()")
    decide(page, "7 MB")
    page.clock.fast_forward(31_000)
    failure = page.locator(FAILURE)
    failure.wait_for(timeout=PATIENCE)
    assert "30 seconds" in failure.inner_text()
    mended(page)


BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {
    configurable: true, get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_the_checker_works_and_remembers_for_the_visit(
    context: BrowserContext, site: Site, storage: str
) -> None:
    """The theme itself complains where a browser blocks storage; the checker does not need it."""
    page = context.new_page()
    page.add_init_script(storage)
    before = open_with_verdict(page, site)
    decide(page, "60 MB")
    expect(page.locator(VERDICT)).not_to_have_text(before, timeout=PATIENCE)
    expect(page.locator(".system")).to_contain_text(page.locator(VERDICT).inner_text())


def test_offline_after_the_first_verdict_python_still_answers(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    before = open_with_verdict(page, site)
    context.set_offline(True)
    decide(page, "60 MB")
    expect(page.locator(VERDICT)).not_to_have_text(before, timeout=PATIENCE)
    assert page.locator(FAILURE).count() == 0


def test_offline_before_python_is_there_says_so_and_waits_for_the_line(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    page.goto(f"{site.url}check/inference/")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    decide(page, "7 MB")
    page.locator(FAILURE).wait_for(timeout=PATIENCE)
    assert "offline" in page.locator(FAILURE).inner_text()
    context.set_offline(False)
    mended(page)


class SlowHandler(Handler):
    """Hands out half of the WebAssembly, and the rest when the test says so."""

    rest = threading.Event()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send a file, the big one in two halves."""
        body = source.read()
        outputfile.write(body[: len(body) // 2])
        if ".wasm" in self.path:
            self.rest.wait(60)
        outputfile.write(body[len(body) // 2 :])


@pytest.fixture
def slow(site: Site) -> Iterator[str]:
    """The address of the same site on a line that stops half-way."""
    handler = partial(SlowHandler, directory=str(site.folder))
    with served(handler) as url:
        yield url
        SlowHandler.rest.set()


def test_on_a_slow_line_the_reader_sees_how_far_it_is(context: BrowserContext, slow: str) -> None:
    page = context.new_page()
    page.goto(slow + LINK)
    said = re.compile(r"Loading the checker, ([\d.]+) of ([\d.]+) MB")
    half_way = re.compile(r"Loading the checker, [4-9]\.\d of 1\d\.\d MB")
    status = page.locator(".check__status")
    expect(status).to_have_text(half_way, timeout=PATIENCE)
    come, whole = map(float, said.search(status.inner_text()).groups())  # type: ignore[union-attr]
    assert come < whole
    SlowHandler.rest.set()
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    expect(status).not_to_contain_text("Loading")
