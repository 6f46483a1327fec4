"""The comparison of costs in a browser: it follows the typing, and every place says one number."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checker import cli as command
from macros.draw.cost_form import DRAWN, EXAMPLE
from tests.serving import Site

PATIENCE = 60_000
PATH = "optimize/break-even/"
COPIES, ROWS = ".cost__result .verdict__copies", ".cost__table tbody tr"
SMALL = {"width": 320, "height": 640}
# Each change waits for its own figures, and the next follows before the worker turns to its own
# preparations; the quickest quarter is what a machine at rest needs.
CHANGES = """async () => {
  const input = document.querySelector("#cost-requests");
  const result = document.querySelector(".cost__result");
  const spent = [];
  for (let number = 1; number <= 16; number += 1) {
    const start = performance.now();
    input.value = `${number}M/month`;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => {
      const seen = new MutationObserver(() => { seen.disconnect(); resolve(); });
      seen.observe(result, { childList: true });
    });
    spent.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return spent.sort((a, b) => a - b);
}"""


def opened(page: Page, site: Site, query: str = "") -> Page:
    """The page with figures that the browser computed."""
    page.goto(f"{site.url}{PATH}{query}")
    page.locator("#cost-requests").focus()
    page.locator(COPIES).wait_for(timeout=PATIENCE)
    return page


def rows(page: Page) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator(ROWS).all()]


def totals(page: Page) -> dict[str, str]:
    """The amount in each option's row of the table."""
    found = [row.locator("th, td").all_inner_texts() for row in page.locator(".cost__total").all()]
    return {cells[0]: cells[-1] for cells in found}


def labels(page: Page) -> list[str]:
    return page.locator(".picture--cost .cost__crossing").all_text_contents()


def from_the_command_line(
    capsys: pytest.CaptureFixture[str], given: dict[str, str], options: tuple[str, ...] = DRAWN
) -> dict[str, Any]:
    arguments = [*options, *(f"{name}={value}" for name, value in given.items())]
    assert command.main(["cost", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_typing_with_the_keyboard_alone_changes_table_chart_and_link(
    page: Page, site: Site
) -> None:
    opened(page, site)
    before = page.locator(".picture--cost").inner_html()
    page.locator("#cost-requests").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2M/month")
    expect(page.locator(".cost__total").nth(2)).to_contain_text("$16.66", timeout=PATIENCE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "cost-duration"
    assert page.locator(".picture--cost").inner_html() != before
    page.wait_for_url("**/?requests=2M%2Fmonth", timeout=PATIENCE)


def test_the_table_the_chart_the_json_and_the_command_line_say_the_same(
    context: BrowserContext, page: Page, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, site, "?requests=3M%2Fmonth&payload=1+MB")
    found = from_the_command_line(capsys, {**EXAMPLE, "requests": "3M/month", "payload": "1 MB"})
    said = {
        option["label"]: "ruled out" if option["out"] else option["shown"]
        for option in found["options"]
    }
    assert totals(page) == said
    shown = [row for row in rows(page) if len(row) == 4]
    for option in found["options"]:
        for meter in () if option["out"] else option["meters"]:
            quantity = f"{meter['quantity_shown']} {meter['unit']}"
            wanted = [meter["label"], quantity, meter["price_shown"], meter["amount_shown"]]
            assert wanted in shown
    sentences = [crossing["sentence"] for crossing in found["crossings"]]
    assert page.locator(".cost__crossings li").all_inner_texts() == sentences
    points = labels(page)
    assert len(points) == len(sentences) > 0
    for label, crossing in zip(points, found["crossings"], strict=True):
        if ":" in label:
            assert crossing["cost_shown"] in label
    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert {**copied, "answers": {}} == {**found, "answers": {}}


def test_the_example_of_the_build_is_what_the_browser_draws(
    browser: Browser, page: Page, site: Site
) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    still = plain.new_page()
    still.goto(site.url + PATH)
    opened(page, site)
    assert rows(still)[:11] == rows(page)[:11]
    assert labels(still) == labels(page)
    for place in (".cost__crossings li", ".cost__legend li"):
        words = still.locator(place).all_inner_texts()
        assert [w.split() for w in words] == [
            w.split() for w in page.locator(place).all_inner_texts()
        ]
    expect(still.locator("noscript, .admonition.warning").first).to_be_attached()
    assert still.locator(".picture--cost .cost__line").count() == len(DRAWN)
    for size in (SMALL, {"width": 1280, "height": 900}):
        still.set_viewport_size(size)  # type: ignore[arg-type]
        assert still.locator(".cost__chart svg:visible").count() == 1, size
    plain.close()


def test_a_bad_figure_is_named_beside_its_field_and_the_last_figures_stay(
    page: Page, site: Site
) -> None:
    opened(page, site)
    before = totals(page)
    page.locator("#cost-price-instance").fill("$0,2")
    error = page.locator("#cost-price-instance-error")
    expect(error).to_contain_text("write a number with a point, such as 0.2", timeout=PATIENCE)
    expect(page.locator("#cost-price-instance")).to_have_attribute("aria-invalid", "true")
    assert totals(page) == before
    page.locator(".check__errors a").click()
    assert page.evaluate("document.activeElement.id") == "cost-price-instance"
    page.locator("#cost-price-instance").fill("0.2")
    expect(page.locator(".cost__total").first).to_contain_text("$146.33", timeout=PATIENCE)
    expect(error).to_be_hidden()
    expect(page.get_by_text("your own", exact=True)).to_be_visible()


def test_what_a_limit_rules_out_is_greyed_with_its_reason_and_has_no_line(
    page: Page, site: Site
) -> None:
    opened(page, site, "?duration=70+s&throughput=1%2Fmin&requests=1000")
    out = page.locator(".cost__total.cost__out")
    expect(out.first).to_contain_text("Serverless Inference times out after 60 s. (INF002)")
    assert set(totals(page).values()) >= {"ruled out"}
    assert page.locator(".cost__line").count() == 2


def test_a_link_restores_everything_and_names_what_it_does_not_know(page: Page, site: Site) -> None:
    query = "?requests=2M%2Fmonth&month=744&price-instance=0.2&option=real-time-endpoint&zzz=1"
    opened(page, site, f"{query}&caller=waits")
    expect(page.locator(".cost__total").first).to_contain_text("$149.46")
    assert page.locator("#cost-month").input_value() == "744"
    assert page.locator(".cost__total").count() == 1
    expect(page.locator(".check__status")).to_contain_text("left out of the link: zzz")
    expect(page.locator(".cost__given")).to_contain_text("caller: waits")
    page.wait_for_url(re.compile(r"^(?!.*zzz).*caller=waits"), timeout=PATIENCE)
    page.get_by_role("button", name="Drop them").click()
    expect(page.locator(".cost__given")).to_be_hidden(timeout=PATIENCE)


def test_a_verdict_leads_to_the_same_figures(page: Page, site: Site) -> None:
    answers = "payload=20+KB&duration=200+ms&memory=1.5+GB&requests=100%2Fh"
    page.goto(f"{site.url}check/inference/?caller=waits&{answers}")
    line = page.locator(".verdict__cost")
    line.wait_for(state="attached", timeout=PATIENCE)
    page.get_by_text("Full record").click()
    assert "Serverless Inference $0.60" in line.inner_text()
    page.get_by_role("link", name="What it costs").click()
    page.locator(COPIES).wait_for(timeout=PATIENCE)
    assert totals(page)["Serverless Inference"] == "$0.60"
    expect(page.locator(".cost__given")).to_contain_text("caller: waits")


def test_the_chart_fits_a_small_screen_and_a_print_has_figures_and_no_form(
    page: Page, site: Site
) -> None:
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    opened(page, site)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= SMALL["width"]
    box = page.locator(".picture--cost").bounding_box()
    assert box
    assert box["width"] <= SMALL["width"]
    page.emulate_media(media="print")
    expect(page.locator(".cost__form")).to_be_hidden()
    for place in (".picture--cost", ".cost__crossings", ".cost__total >> nth=0"):
        expect(page.locator(place)).to_be_visible()


def test_a_change_takes_at_most_50_ms(page: Page, site: Site) -> None:
    opened(page, site)
    spent = page.evaluate(CHANGES)
    assert spent[len(spent) // 4] <= 50, spent
