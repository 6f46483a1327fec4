"""Whoever searches a service of the notes by name finds its page first."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import ROOT, Site

HOLD = ROOT / "docs/assets/javascripts/workers/hold.js"
SERVICES = {
    "real-time inference": "inference/real-time/",
    "batch transform": "inference/batch-transform/",
    "serverless inference": "inference/serverless/",
    "asynchronous inference": "inference/asynchronous/",
    "multi-model endpoints": "endpoints/multi-model/",
    "sagemaker experiments": "tracking/experiments/",
    "tensorboard": "tracking/tensorboard/",
    "debugger": "tracking/debugger/",
    "model registry": "tracking/model-registry/",
    "mlflow": "tracking/mlflow/",
    "sagemaker pipelines": "workflows/pipelines/",
    "sagemaker projects": "workflows/projects-and-cicd/",
    "cloudformation": "workflows/infrastructure-as-code/",
    "sagemaker clarify": "reference/sagemaker-clarify/",
    "sagemaker neo": "optimize/neo-and-accelerators/",
    "elastic inference": "optimize/neo-and-accelerators/",
    "auto scaling": "optimize/autoscaling/",
    "inference recommender": "optimize/inference-recommender/",
    "cloudwatch": "operate/observability/",
    "x-ray": "operate/observability/",
    "data quality": "monitoring/data-quality/",
    "model quality": "monitoring/model-quality/",
    "bias drift": "monitoring/bias-drift/",
    "model monitor": "monitoring/",
}


@pytest.fixture(scope="module")
def searching(browser: Browser, site: Site) -> Iterator[Page]:
    """A page with the search open and its index loaded."""
    page = browser.new_page()
    page.goto(site.url)
    page.locator("label.md-header__button[for=__search]").first.evaluate("e => e.click()")
    page.locator(".md-search__input").wait_for()
    yield page
    page.close()


@pytest.mark.parametrize(("words", "target"), SERVICES.items(), ids=list(SERVICES))
def test_a_service_is_found_first(searching: Page, site: Site, words: str, target: str) -> None:
    field = searching.locator(".md-search__input")
    field.fill("")
    field.press("Backspace")
    searching.locator(".md-search-result__item").first.wait_for(state="detached", timeout=10_000)
    field.press_sequentially(words)
    # The list follows each key, so it is looked at until it has caught up with the last one.
    first = searching.locator(".md-search-result__item a.md-search-result__link").first
    address = re.compile(rf"^{re.escape(site.url + target)}([?#]|$)")
    expect(first).to_have_attribute("href", address, timeout=15_000)


@pytest.mark.parametrize("turns_to_it", [True, False], ids=["at-once", "later"])
def test_the_index_waits_for_a_reader_who_searches_or_for_the_page(
    page: Page, site: Site, turns_to_it: bool
) -> None:
    (held_ms,) = re.findall(r"WAIT_MS = (\d+)", HOLD.read_text("utf-8"))
    with page.expect_worker() as started:
        page.goto(site.url)
    worker = started.value
    assert worker.url.startswith(f"{site.url}assets/javascripts/workers/hold.js#search.")
    assert not worker.evaluate("'lunr' in self")
    if turns_to_it:
        page.keyboard.press("f")
    # By the worker's own clock, which starts with it, whenever the test came to look.
    while not (waited := worker.evaluate("'lunr' in self && performance.now()")):
        page.wait_for_timeout(20)
    assert (waited < int(held_ms)) is turns_to_it
    page.keyboard.press("f")
    page.keyboard.type("batch transform")
    page.locator(".md-search-result__item").first.wait_for(timeout=15_000)
