"""A verdict that this browser has had stands before Python is there, and only that one."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.serving import Site

PATIENCE = 60_000
LINK = "check/?decision=inference&payload=6+MB&traffic=intermittent"
VERDICT, FAILURE = "#inference-verdict", ".checker__failure"
# What a browser holds: for each checker how many verdicts.
HELD = """async () => {
  const held = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    held[name] = (await cache.keys()).length;
  }
  return held;
}"""
ALL_HELD = f"""async () => {{
  const count = {HELD};
  const some = async () => Object.values(await count()).some((number) => number);
  while (!(await some())) await new Promise((resolve) => setTimeout(resolve, 20));
}}"""
KEEP = """async ([checker, from, to]) => {
  const { Kept } = await import(new URL("../assets/checker/kept.js", location.href));
  const kept = new Kept(new URL(`../assets/runtime/${checker}/`, location.href).href);
  const asked = (number) => ({ decisions: ["inference"], answers: { payload: `${number} MB` } });
  for (let number = from; number < to; number += 1) await kept.keep(asked(number), { number });
  return [await kept.find(asked(from)), await kept.find(asked(to - 1))];
}"""


def missing(route: Route) -> None:
    route.fulfill(status=404, body="Not found")


def without_python(context: BrowserContext, url: str) -> Page:
    """The page at this address, in a browser in which Python cannot start."""
    page = context.new_page()
    page.route("**/runtime/**/pyodide.asm.wasm*", missing)
    page.goto(url)
    return page


def seen(context: BrowserContext, site: Site) -> str:
    """Open the link as for the first time; returns what its verdict says."""
    page = context.new_page()
    page.goto(site.url + LINK)
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    page.evaluate(ALL_HELD)
    return page.locator(".checker[data-for=inference] .checker__verdict").inner_text()


def test_a_link_opened_again_has_its_verdict_without_python(
    context: BrowserContext, site: Site
) -> None:
    before = seen(context, site)
    page = without_python(context, site.url + LINK)
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    assert page.locator(".checker[data-for=inference] .checker__verdict").inner_text() == before
    assert page.locator(FAILURE).count() == 0


def test_another_question_is_not_taken_for_one_that_was_asked(
    context: BrowserContext, site: Site
) -> None:
    seen(context, site)
    for change in (LINK.replace("6+MB", "7+MB"), f"{LINK}&hard=traffic"):
        page = without_python(context, site.url + change)
        page.locator(FAILURE).wait_for(timeout=PATIENCE)
        assert page.locator(VERDICT).count() == 0


def test_a_record_of_a_kept_verdict_starts_python(context: BrowserContext, site: Site) -> None:
    seen(context, site)
    page = context.new_page()
    page.goto(site.url + LINK)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible(timeout=PATIENCE)


def test_fifty_verdicts_of_one_checker_are_kept(page: Page, site: Site) -> None:
    page.goto(f"{site.url}check/")
    assert page.evaluate(KEEP, ["checker-old", 0, 60]) == [None, {"number": 59}]
    assert list(page.evaluate(HELD).values()) == [50]
    assert page.evaluate(KEEP, ["checker-new", 1, 3]) == [{"number": 1}, {"number": 2}]
    assert list(page.evaluate(HELD).values()) == [2]


def test_where_nothing_can_be_kept_python_answers(page: Page, site: Site) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'caches', { get() { throw new DOMException('denied'); } });"
    )
    page.goto(site.url + LINK)
    page.locator(VERDICT).wait_for(timeout=PATIENCE)
    assert page.locator(FAILURE).count() == 0
