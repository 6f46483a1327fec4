"""From the first keystroke to the first result: the theme's search, and the tag explorer."""

from playwright.sync_api import Page, sync_playwright

from bench.figures import Row, table
from bench.first_verdict import built_site, launch
from bench.serving import Line, host

SEARCH, TYPED_LATER, EXPLORER = "search, typed at load", "search, typed later", "tag explorer"
# Types a word in one go and tells how long until the first result is in the page.
TYPE = """([field, result, word]) => new Promise((resolve) => {
  const before = performance.now();
  const look = () => document.querySelector(result)
    ? resolve(performance.now() - before) : requestAnimationFrame(look);
  const input = document.querySelector(field);
  input.focus();
  input.value = word;
  for (const kind of ["input", "keyup"]) input.dispatchEvent(new Event(kind, {bubbles: true}));
  look();
})"""
THEME = [".md-search__input", ".md-search-result__item", "latency"]
OURS = ["#explorer-words", ".explorer__result a", "latency"]


def main(rounds: int) -> None:
    """Measure and print."""
    found: dict[str, list[float]] = {SEARCH: [], TYPED_LATER: [], EXPLORER: []}
    with sync_playwright() as playwright, host(built_site(), Line("gzip")) as served:
        for _ in range(rounds):
            for name, times in found.items():
                browser = launch(playwright)
                page = browser.new_page()
                page.goto(served.url + ("tags/" if name == EXPLORER else "inference/"))
                times.append(_first_result(page, name))
                browser.close()
    rows = [Row(name, tuple(times)) for name, times in found.items()]
    print(table("First keystroke to first result", "ms", rows, SEARCH))


def _first_result(page: Page, name: str) -> float:
    if name != SEARCH:
        page.wait_for_load_state("networkidle")
    if name == EXPLORER:
        page.locator(".explorer__form").wait_for()
        page.locator(".explorer__result").evaluate("e => e.replaceChildren()")
    return float(page.evaluate(TYPE, OURS if name == EXPLORER else THEME))
