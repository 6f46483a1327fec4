"""Time from opening a deep link to the verdict, cold and warm, beside stock Pyodide and PyScript.

The ways alternate in each round, so that other work on the machine strikes them alike.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from bench import controls
from bench.environment import ROOT, fresh
from bench.figures import Row, aligned, bound, number, table
from bench.serving import COMPRESSING, DSL, PLAIN, Host, Line, body_of, host
from tests.browser import find_browser
from tests.serving import FLAGS

# A separate question in each turn, and one of a link that the site itself makes.
LINK = "check/inference/?payload={}.25+MB"
OWN_LINK = (
    "check/inference/?caller=waits&duration=45+s&payload=3.5+MB&requests=4%2Fday"
    "&traffic=intermittent"
)
OURS, STOCK, PYSCRIPT = "this site", "stock Pyodide, module worker", "PyScript, main thread"
OWN = "this site, its own link"
# Answers 1 + 1 in place of a verdict.
ALONE = "this site's Python alone"
ENCODINGS = {"gzip": "gzip", "br": "Brotli"}
PATIENCE = 120_000
# The first load on a shaped line waits until the host has packed each file as well as it can.
LONGEST = 600_000
# What precedes a return visit. Chromium writes compiled WebAssembly down when nothing was
# added to it for some seconds: who leaves at once has it compiled again.
VISITS, STAY_MS = 3, 8000
# Notes when the verdict is in the page, and every task that blocks the page longer than 50 ms.
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries());
}).observe({type: "longtask", buffered: true});
new MutationObserver((_, observer) => {
  if (!document.querySelector("#verdict-headline")) return;
  window.verdictAt ??= performance.now();
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});
"""
# Playwright's own way to wait needs eval, which the site's policy forbids.
VERDICT_AT = """(patience) => new Promise((resolve, reject) => {
  const look = () => {
    if (window.verdictAt) resolve(window.verdictAt);
    else if (performance.now() > patience) reject(new Error(`no verdict at ${location.href}`));
    else setTimeout(look, 20);
  };
  look();
})"""
# The longest of those that began after Python's worker did.
BLOCKED = """() => {
  const files = performance.getEntriesByType("resource");
  const began = files.find(({name}) => name.endsWith("/checker/worker.js")).startTime;
  const tasks = window.longTasks.filter(({startTime}) => startTime > began);
  return Math.max(0, ...tasks.map(({duration}) => duration));
}"""
CLICK = """async () => {
  const form = document.querySelector("form[data-decision=inference]");
  form.closest("details").open = true;
  form.elements.namedItem("payload").value = "6 MB";
  const shown = new Promise((resolve) => new MutationObserver((_, observer) => {
    if (!form.closest(".checker").querySelector("#verdict-headline")) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, {childList: true, subtree: true}));
  const before = performance.now();
  form.querySelector("button[type=submit]").click();
  return (await shown) - before;
}"""


@dataclass
class Way:
    """One way to the verdict: where it is served, and what was measured."""

    name: str
    folder: Path
    link: str = ""
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    line: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def address(self, served: Host, turn: int) -> str:
        """The link to open in this turn."""
        return served.url + self.link.format(turn + 1)


def main(rounds: int) -> None:
    """Measure and print."""
    site = built_site()
    ways = [
        Way(STOCK, controls.stock()),
        Way(PYSCRIPT, controls.pyscript()),
        Way(ALONE, controls.alone(site)),
        Way(OURS, site, LINK),
    ]
    own = Way(OWN, site, OWN_LINK)
    few = max(rounds // 2, 2)
    with sync_playwright() as playwright:
        for what, line, turns, measure, at_most, where in (
            ("cold", COMPRESSING, rounds, _cold, 0.36, "cold, loopback, gzip"),
            ("warm", COMPRESSING, rounds, _warm, 0.40, "warm, loopback, gzip"),
            ("line", DSL, few, _shaped, 0.45, "cold at 20 Mbit/s, 40 ms, Brotli"),
            ("plain", PLAIN, few, _plain, None, "cold, loopback, a host that compresses nothing"),
        ):
            compared = [*ways, own] if what in ("cold", "warm") else ways
            _on_line(playwright, compared, line, turns, measure)
            rows = [
                Row(
                    w.name,
                    tuple(getattr(w, what)),
                    0.15 if w is own else at_most if w.folder == site else None,
                )
                for w in compared
            ]
            title = f"Deep link to first verdict, {where}"
            print(table(title, "ms", rows, STOCK), flush=True)
        print(_bytes(ways), flush=True)
        clicks, blocked = _clicks(playwright, site, rounds)
    print(bound("\nLongest task of the page while Python loads", "ms", blocked, 50))
    print(bound("Click to verdict, page open for 3 s", "ms", clicks, 50))


def built_site() -> Path:
    """The site as it was built last. Raises FileNotFoundError where it was not."""
    if not (ROOT / "site/check/index.html").is_file():
        raise FileNotFoundError("no site/ yet: make build")
    return ROOT / "site"


def launch(playwright: Playwright) -> Browser:
    """A new browser process."""
    return playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)


def _on_line(
    playwright: Playwright,
    ways: Sequence[Way],
    line: Line,
    rounds: int,
    measure: Callable[[Playwright, Way, Host, int], None],
) -> None:
    with ExitStack() as stack:
        hosts = [stack.enter_context(host(way.folder, line)) for way in ways]
        for number_of_round in range(rounds):
            for way, served in zip(ways, hosts, strict=True):
                measure(playwright, way, served, number_of_round)


def _cold(playwright: Playwright, way: Way, served: Host, turn: int) -> None:
    served.log.clear()
    with _page(playwright) as page:
        way.cold.append(_verdict(page, way.address(served, turn)))
    way.sent = [path for path, _ in served.log]


def _shaped(playwright: Playwright, way: Way, served: Host, turn: int) -> None:
    with _page(playwright) as page:
        # The first turn also packs the files, which needs longer than the line.
        if not turn:
            _verdict(page, way.address(served, turn))
    with _page(playwright) as page:
        way.line.append(_verdict(page, way.address(served, turn)))


def _plain(playwright: Playwright, way: Way, served: Host, turn: int) -> None:
    with _page(playwright) as page:
        way.plain.append(_verdict(page, way.address(served, turn)))


@contextmanager
def _page(playwright: Playwright) -> Iterator[Page]:
    """A page in a browser that has seen nothing yet."""
    browser = launch(playwright)
    yield browser.new_page()
    browser.close()


def _verdict(page: Page, url: str) -> float:
    page.add_init_script(WATCH)
    page.goto(url, timeout=PATIENCE)
    page.set_default_timeout(PATIENCE)
    return float(page.evaluate(VERDICT_AT, LONGEST))


def _warm(playwright: Playwright, way: Way, served: Host, turn: int) -> None:
    """A new browser process on a profile that has been here three times."""
    folder = ROOT / ".cache/bench/profiles" / way.name
    if not turn:
        fresh(f"profiles/{way.name}")
        for before in range(VISITS):
            _visit(playwright, folder, way.address(served, before), STAY_MS)
    way.warm.append(_visit(playwright, folder, way.address(served, turn + VISITS), 0))


def _visit(playwright: Playwright, profile: Path, url: str, stay: int) -> float:
    context: BrowserContext = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=find_browser(), args=FLAGS
    )
    taken = _verdict(context.new_page(), url)
    context.pages[0].wait_for_timeout(stay)
    context.close()
    return taken


def _clicks(playwright: Playwright, site: Path, rounds: int) -> tuple[list[float], list[float]]:
    """From the click to the verdict on screen, and the longest task before the click."""
    clicks, blocked = [], []
    with host(site, COMPRESSING) as served:
        for _ in range(rounds):
            with _page(playwright) as page:
                page.add_init_script(WATCH)
                page.goto(f"{served.url}check/inference/")
                page.locator(".check__all [name=payload]").focus()
                page.wait_for_timeout(3000)
                blocked.append(float(page.evaluate(BLOCKED)))
                clicks.append(float(page.evaluate(CLICK)))
    return clicks, blocked


def _bytes(ways: Sequence[Way]) -> str:
    """What each way asks for, by two kinds of host; the site's own page is counted too."""
    sizes = {way.name: [_sent(way, encoding) for encoding in ENCODINGS] for way in ways}
    head = ("requests", *(f"MB {word}" for word in ENCODINGS.values()), "")
    cells = [
        (str(len(way.sent)), *(number(size / 1e6) for size in sizes[way.name]), way.name)
        for way in ways
    ]
    ratios = [ours / stock for ours, stock in zip(sizes[OURS], sizes[STOCK], strict=True)]
    words = ", ".join(f"{r:.2f} {w}" for r, w in zip(ratios, ENCODINGS.values(), strict=True))
    title = "Bytes to the verdict, by what the host compresses with"
    return f"\n{title}\n{aligned([head, *cells])}\n  this site to stock: {words}; at most 0.72"


def _sent(way: Way, encoding: str) -> int:
    files = [way.folder / path.partition("?")[0].strip("/") for path in way.sent]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    return sum(len(body_of(file, 0, encoding)[0]) for file in files)
