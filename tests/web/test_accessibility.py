"""One page of each kind, for everybody: axe, the keyboard, small screens, less motion."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serving import ROOT, Site, first_diagram

AXE = ROOT / "node_modules/axe-core/axe.min.js"
PATIENCE = 60_000
CHECK = "check/inference/?payload=6+MB&traffic=intermittent&caller=waits"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
FOUND = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
  violations.filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 5).map(({target}) => target).join(" | ")}`))"""


def verdict(page: Page) -> None:
    page.locator("#verdict-headline").wait_for(timeout=PATIENCE)


def errors(page: Page) -> None:
    page.locator("#q-payload").fill("5 parsecs")
    expect(page.locator(".check__errors")).to_be_visible(timeout=PATIENCE)


def record(page: Page) -> None:
    page.locator(".verdict__record > summary").click()
    page.locator(".verdict__start > summary").click()
    page.locator(".start__text").first.wait_for(timeout=PATIENCE)


def reading(page: Page) -> None:
    page.locator("#scenario-text").fill("3.5 MB payload, 45 s, quantum, a few requests a day")
    page.get_by_role("button", name="Check my scenario").click()
    page.locator(".read__text").wait_for(timeout=PATIENCE)
    verdict(page)


def explorer(page: Page) -> None:
    page.locator(".explorer__list li").first.wait_for(timeout=PATIENCE)


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("limits")
    page.locator(".md-search-result__item").first.wait_for(timeout=PATIENCE)


def diagram(page: Page) -> None:
    first_diagram(page)


def costs(page: Page) -> None:
    page.locator(".cost__result .verdict__copies").wait_for(timeout=PATIENCE)


def bad_costs(page: Page) -> None:
    page.locator("#cost-duration").fill("0")
    expect(page.locator(".cost__form .check__errors")).to_be_visible(timeout=PATIENCE)


def situations(page: Page) -> None:
    page.locator(".practice-fold > summary").first.click()
    expect(page.locator(".practice > li").first).to_be_visible()


def nothing(page: Page) -> None:
    """The page as it comes."""


# What is opened, and what is done there, one after the other; axe looks after each.
KINDS: dict[str, tuple[str, tuple[Callable[[Page], None], ...]]] = {
    "home": ("", (nothing,)),
    "hub": ("check/", (nothing, reading)),
    "checker": (CHECK, (verdict, record, errors)),
    "decision": ("inference/", (diagram,)),
    "configuration": ("check/configuration/", (nothing,)),
    "scenarios": ("scenarios/", (situations,)),
    "topic with code": ("workflows/infrastructure-as-code/", (nothing,)),
    "limits": ("limits/", (nothing,)),
    "life cycle": ("status/", (nothing,)),
    "practice": ("monitoring/data-quality/", (nothing,)),
    "tags": ("tags/?tag=exam-tip", (explorer,)),
    "costs": ("optimize/break-even/?duration=70+s&option=serverless-inference", (costs, bad_costs)),
    "search": ("rollout/", (search,)),
    "not found": ("404.html", (nothing,)),
}
# Each width and each scheme; contrast has no width and names have no colour.
VIEWS = ((WIDE, "light", "default"), (NARROW, "dark", "slate"))


@pytest.fixture(scope="module")
def calm(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who asked for less motion; what one page loaded is in the cache for all."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")  # type: ignore[arg-type]
    yield context
    context.close()


def violations(page: Page) -> dict[str, list[str]]:
    """What axe calls serious or critical, by view."""
    found = {}
    for size, scheme, name in VIEWS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        # Diagrams are drawn anew in the other colours, which needs a moment.
        stale = page.locator(f"figure.diagram:not([data-scheme={name}])")
        expect(stale).to_have_count(0, timeout=PATIENCE)
        if said := page.evaluate(FOUND):
            found[scheme] = said
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_serious_and_no_page_scrolls_sideways(
    calm: BrowserContext, site: Site, kind: str
) -> None:
    path, acts = KINDS[kind]
    page = calm.new_page()
    page.goto(site.url + path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for act in acts:
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        act(page)
        assert violations(page) == {}, act.__name__
        # 320 px is also what 400 % of 1280 px leaves.
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, act.__name__
    page.close()


MOVING = """() => [...document.querySelectorAll("*")].filter((e) =>
  [null, "::before", "::after"].some((part) => {
    const { transitionDuration, animationName } = getComputedStyle(e, part);
    return /[1-9]/.test(transitionDuration) || animationName !== "none";
  })).map((e) => e.className).concat(document.getAnimations().map((a) => a.animationName))"""

STOP = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    name: e.name || e.id || e.textContent.trim().slice(0, 30), tag: e.tagName,
    inside: e.closest("decision-checker") !== null,
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_tab_walks_through_the_checker_and_out_and_is_seen_at_each_stop(
    page: Page, site: Site
) -> None:
    page.goto(site.url + CHECK)
    verdict(page)
    # Folded groups open first, so that every question is on the way.
    page.locator(".check__all details").evaluate_all("all => all.forEach((d) => (d.open = true))")
    page.locator(".check-describe > summary").focus()
    stops = [page.evaluate(STOP)]
    while stops[-1]["inside"] and len(stops) < 200:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    walked = stops[:-1]
    assert [stop for stop in walked if not (stop["seen"] and stop["shown"])] == []
    names = [stop["name"] for stop in walked]
    fields = page.locator(".check__all [name]").evaluate_all("all => all.map(e => e.name)")
    assert [name for name in names if name in fields] == fields
    assert not stops[-1]["inside"]


def test_the_keyboard_alone_answers_the_next_question(page: Page, site: Site) -> None:
    page.goto(site.url + CHECK)
    verdict(page)
    page.locator(".next__answer").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_have_count(4, timeout=PATIENCE)


@pytest.mark.parametrize("kind", ["home", "decision"])
def test_a_reader_who_wants_less_motion_sees_none(
    calm: BrowserContext, site: Site, kind: str
) -> None:
    path, (act,) = KINDS[kind]
    page = calm.new_page()
    page.goto(site.url + path)
    act(page)
    assert page.evaluate(MOVING) == []
    page.close()


def test_progress_and_verdict_are_announced_politely_and_once(page: Page, site: Site) -> None:
    page.goto(site.url + CHECK)
    verdict(page)
    live = page.locator("decision-checker :is([aria-live], [role=status]):not(:empty)")
    assert live.evaluate_all("all => all.map(e => e.getAttribute('aria-live'))") == ["polite"]
    expect(live).to_contain_text(page.locator("#verdict-headline").inner_text())
    expect(live).to_contain_text(page.locator(".verdict__certainty").inner_text())
