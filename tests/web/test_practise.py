"""The practice page in a browser: every kind of item, memory, a mini-mock, and what goes wrong."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.serving import Site
from tests.web.test_accessibility import AXE, FOUND

PATIENCE = 60_000
PATH = "practise/"
SMALL = {"width": 320, "height": 640}
SUBMIT, START = "Submit answer", "Start a round"
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); } })"""


def opened(page: Page, site: Site, query: str = "") -> Page:
    page.goto(f"{site.url}{PATH}{query}")
    page.locator("practise-page[data-ready]").wait_for(timeout=PATIENCE)
    return page


@pytest.fixture(scope="module")
def items(site: Site) -> dict[str, Any]:
    (file,) = (site.folder / "assets/practise/data").glob("items-*.json")
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def key_of(page: Page, items: dict[str, Any]) -> list[str]:
    """The right options of the question that is shown."""
    stem = page.locator(".practise__stem").inner_text()
    offered = {i.get_attribute("value") for i in page.locator("[name=choice]").all()}
    found = (
        [option for option, right, *_ in item["choices"] if right]
        for item in items["items"]
        if item["stem"] == stem and {choice[0] for choice in item.get("choices", [])} == offered
    )
    return next(found)


def answer(page: Page, items: dict[str, Any], *, right: bool) -> None:
    key = key_of(page, items)
    wrong = [
        value
        for choice in page.locator("[name=choice]").all()
        if (value := choice.get_attribute("value")) and value not in key
    ]
    for option in key if right else [*key[1:], wrong[0]]:
        page.locator(f"[name=choice][value={option}]").check()
    press(page, SUBMIT)


@pytest.mark.parametrize("right", [True, False])
def test_a_single_choice_is_locked_and_gives_a_reason_for_every_option(
    page: Page, site: Site, items: dict[str, Any], right: bool
) -> None:
    opened(page, site, "?kind=question&decision=inference")
    press(page, START)
    answer(page, items, right=right)
    expect(page.locator(".practise__verdict")).to_have_text("Right." if right else "Not right.")
    expect(page.locator(".practise__verdict")).to_be_in_viewport()
    assert page.locator("[name=choice]:not(:disabled)").count() == 0
    for choice in page.locator(".practise__choice").all():
        expect(choice.locator(".practise__reason").first).to_be_visible()
    expect(page.locator(".practise__source a").first).to_contain_text("checked 20")
    link = page.get_by_role("link", name="See this case in the checker")
    assert "/check/inference/?" in (link.get_attribute("href") or "")
    press(page, "Next question")
    expect(page.locator(".practise__where")).to_have_text("Question 2 of 10")


@pytest.mark.parametrize("right", [True, False])
def test_select_two_needs_both(page: Page, site: Site, items: dict[str, Any], right: bool) -> None:
    twos = [item for item in items["items"] if item["kind"] == "two"]
    items_path = next((site.folder / "assets/practise/data").glob("items-*.json"))
    data = json.dumps({**items, "items": twos})
    page.route(f"**/{items_path.name}", lambda route: route.fulfill(body=data))
    opened(page, site)
    press(page, START)
    expect(page.locator("legend")).to_have_text("Select TWO. Both must be right.")
    page.locator("[name=choice]").first.check()
    press(page, SUBMIT)
    expect(page.locator(".practise__error")).to_have_text("Select exactly two options.")
    page.locator("[name=choice]").first.uncheck()
    answer(page, items, right=right)
    told = "Right." if right else "Not right. Both options must be right."
    expect(page.locator(".practise__verdict")).to_have_text(told)


def test_a_limit_card_shows_its_fact_with_source_and_date(page: Page, site: Site) -> None:
    opened(page, site, "?kind=card")
    press(page, START)
    press(page, "Show the answer")
    expect(page.locator(".practise__fact .practise__source")).to_contain_text("checked 20")
    press(page, "I did not know it")
    expect(page.locator(".practise__verdict")).to_have_text("Not right.")


def test_the_keyboard_alone_is_enough(page: Page, site: Site) -> None:
    opened(page, site, "?kind=question&decision=rollout")
    page.get_by_role("button", name=START).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".practise__verdict")).to_be_focused()


def test_progress_outlasts_a_reload_and_comes_due_a_month_later(
    context: BrowserContext, site: Site, items: dict[str, Any]
) -> None:
    page = context.new_page()
    opened(page, site, "?kind=question&decision=inference")
    press(page, START)
    answer(page, items, right=True)
    opened(page, site)
    expect(page.locator(".practise__setup")).to_contain_text(f"1 of {len(items['items'])} items")
    expect(page.locator(".practise__count")).to_contain_text("0 due")
    later = context.new_page()
    later.clock.install(time=datetime.now(UTC) + timedelta(days=31))
    opened(later, site)
    expect(later.locator(".practise__count")).to_contain_text("1 due")
    press(later, "Review what is due (1)")
    expect(later.locator(".practise__where")).to_have_text("Question 1 of 1")


def test_two_tabs_keep_what_both_answered(
    context: BrowserContext, site: Site, items: dict[str, Any]
) -> None:
    one, other = context.new_page(), context.new_page()
    for tab, decision in ((one, "inference"), (other, "rollout")):
        opened(tab, site, f"?kind=question&decision={decision}")
        press(tab, START)
    answer(one, items, right=True)
    answer(other, items, right=False)
    opened(one, site)
    expect(one.locator(".practise__setup")).to_contain_text(f"2 of {len(items['items'])} items")
    expect(one.locator(".practise__weak a")).to_have_attribute("href", f"{site.url}rollout/")


def test_blocked_storage_is_said_and_the_page_goes_on(
    context: BrowserContext, site: Site, items: dict[str, Any]
) -> None:
    page = context.new_page()
    page.add_init_script(NO_STORAGE)
    opened(page, site, "?kind=question&decision=inference")
    expect(page.locator(".practise__warning")).to_contain_text("blocks storage")
    press(page, START)
    answer(page, items, right=True)
    press(page, "End the round")
    expect(page.locator(".practise__result h2")).to_have_text("1 of 1 right")


def test_a_broken_import_changes_nothing_and_an_export_comes_back(
    page: Page, site: Site, items: dict[str, Any], tmp_path: Path
) -> None:
    opened(page, site, "?kind=question&decision=inference")
    press(page, START)
    answer(page, items, right=True)
    opened(page, site)
    with page.expect_download() as download:
        press(page, "Export progress")
    saved = tmp_path / "progress.json"
    download.value.save_as(saved)
    broken: FilePayload = {"name": "x.json", "mimeType": "application/json", "buffer": b"{"}
    page.get_by_label("Import progress from a file").set_input_files(broken)
    expect(page.locator(".check__status")).to_contain_text("not JSON")
    expect(page.locator(".practise__setup")).to_contain_text("1 of ")
    press(page, "Reset progress")
    press(page, "Press again to delete all progress")
    expect(page.locator(".practise__setup")).to_contain_text("0 of ")
    page.get_by_label("Import progress from a file").set_input_files(saved)
    expect(page.locator(".check__status")).to_have_text("1 items imported.")
    expect(page.locator(".practise__setup")).to_contain_text("1 of ")


def test_a_mini_mock_ends_with_results_by_task_and_sections(
    page: Page, site: Site, items: dict[str, Any]
) -> None:
    opened(page, site)
    page.get_by_label("With a time limit").check()
    press(page, "Start the mini-mock")
    expect(page.locator(".check__status")).to_have_text("48 minutes left.")
    for number in range(24):
        expect(page.locator(".practise__where")).to_have_text(f"Mini-mock {number + 1} of 24")
        answer(page, items, right=number % 2 == 0)
    expect(page.locator(".practise__result h2")).to_have_text("12 of 24 right")
    assert page.locator(".practise__tasks li").all_inner_texts()[0].startswith("Task ")
    assert page.locator(".practise__tasks a").count() >= 1
    expect(page.locator(".practise__solved")).to_have_count(24)


def test_turning_the_verdict_is_judged_by_the_rules(
    page: Page, site: Site, items: dict[str, Any]
) -> None:
    item = next(i for i in items["items"] if i["id"] == "seed-realtime-api")
    path = next((site.folder / "assets/practise/data").glob("items-*.json"))
    data = json.dumps({**items, "items": [item]})
    page.route(f"**/{path.name}", lambda route: route.fulfill(body=data))
    opened(page, site)
    press(page, "Start with 1 situation")
    press(page, "Ask the rules")
    expect(page.locator(".practise__verdict")).to_contain_text("Change exactly one")
    page.locator("select[name=caller]").select_option(label="Asynchronously, collected later")
    press(page, "Ask the rules")
    expect(page.locator(".practise__verdict--right")).to_be_visible(timeout=PATIENCE)


def test_a_link_of_a_topic_page_filters(page: Page, site: Site) -> None:
    page.goto(f"{site.url}inference/serverless/")
    page.locator(".practise-link").click()
    page.locator("practise-page[data-ready]").wait_for(timeout=PATIENCE)
    expect(page.locator("practise-page select").first).to_have_value("inference")


def states(page: Page, site: Site) -> Iterator[str]:
    """Each view that the page has."""
    opened(page, site, "?kind=question&decision=inference")
    yield "setup"
    press(page, START)
    yield "question"
    page.locator("[name=choice]").first.check()
    press(page, SUBMIT)
    yield "answered"
    press(page, "End the round")
    yield "result"
    press(page, "Back to the start")
    press(page, "Print a study sheet")
    yield "sheet"
    opened(page, site)
    press(page, "Start with")
    yield "change the verdict"
    opened(page, site)
    press(page, "Start the mini-mock")
    yield "mini-mock"
    page.locator("[name=choice]").first.check()
    press(page, "End the round")
    yield "the mini-mock's end"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_accessible_and_fits_a_small_screen(
    browser: Browser, site: Site, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=SMALL, bypass_csp=True)
    page = context.new_page()
    for state in states(page, site):
        page.add_script_tag(path=AXE)
        # The button to the top fades in and out, and half of a colour has too little contrast.
        page.wait_for_function("document.getAnimations().length === 0")
        assert page.evaluate(FOUND) == [], state
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SMALL["width"], state
    context.close()


def test_a_study_sheet_prints_answers_without_controls(page: Page, site: Site) -> None:
    opened(page, site, "?decision=monitoring")
    press(page, "Print a study sheet")
    page.emulate_media(media="print")
    expect(page.locator(".practise__solved .practise__reason").first).to_be_visible()
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_hidden()


def test_without_a_script_the_page_leads_to_the_scenarios(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}{PATH}")
    expect(page.locator("practise-page noscript")).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="scenarios").last).to_be_visible()
    context.close()


def test_the_page_says_when_its_items_do_not_come(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.route("**/items-*.json", lambda route: route.abort())
    page.goto(f"{site.url}{PATH}")
    expect(page.locator(".check__status")).to_contain_text("could not be loaded")
    page.unroute("**/items-*.json")
    press(page, "Try again")
    page.locator("practise-page[data-ready]").wait_for(timeout=PATIENCE)
