"""No old answer wins: verdict, form, link, record and status belong together, whatever comes when.

CPython decides here at once what the page has to show in the end.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from checker.session import Session
from tests.checking import (
    FAILURE,
    HEADLINE,
    KNOWN,
    PATIENCE,
    answer,
    field,
    link,
    open_page,
    says,
    settled,
)
from tests.serving import Site

type Press = Callable[[Page], None]

OTHER = {"payload": "6 MB", "traffic": "intermittent"}


def agrees(page: Page, session: Session, decision: str = "inference") -> None:
    """What the form says is what verdict, chips, address and status say."""
    settled(page)
    shown = page.locator(".check__all [name]").evaluate_all(
        "all => Object.fromEntries(all.filter(e => e.value).map(e => [e.name, e.value]))"
    )
    found = session.decide([decision], shown)["verdicts"][decision]
    expect(page.locator(HEADLINE)).to_have_text(found["sentence"], timeout=PATIENCE)
    query = parse_qs(urlsplit(page.url).query)
    assert {name: query.get(name) for name in shown} == {n: [v] for n, v in shown.items()}
    assert query.get("was", []) == found["recommend"]
    chips = page.locator("[data-answer]").evaluate_all("all => all.map(e => e.dataset.answer)")
    assert set(chips) == set(shown)
    expect(page.locator(".check__status")).to_contain_text(found["sentence"])


def several_edits(page: Page) -> None:
    for payload in ("1 MB", "5 MB", "30 MB", "2 GB", "3 MB"):
        field(page, "payload").fill(payload)


def keys(page: Page) -> None:
    field(page, "payload").press_sequentially("0", delay=5)
    field(page, "duration").fill("2 min")


def choice_and_back(page: Page) -> None:
    for value in ("waits", "polls", "dataset", "", "waits"):
        field(page, "caller").select_option(value)


def chip_away(page: Page) -> None:
    field(page, "duration").fill("50 min")
    page.get_by_role("button", name="Remove Largest request").click()


def all_away_and_one(page: Page) -> None:
    field(page, "payload").fill("5 GB")
    page.get_by_role("button", name="Clear all").click()
    answer(page, "payload", "2 MB")


def bad_then_good(page: Page) -> None:
    field(page, "payload").fill("5 parsecs")
    field(page, "payload").fill("5 MB")


def era_and_back(page: Page) -> None:
    for name in ("Exam era", "Today"):
        page.get_by_role("button", name=name).click()
    field(page, "payload").fill("7 MB")


EDITS: dict[str, Press] = {
    "several edits in a row": several_edits,
    "typing in two fields": keys,
    "a choice there and back": choice_and_back,
    "a chip removed while it is decided": chip_away,
    "reset while it is decided": all_away_and_one,
    "a bad answer and a good one": bad_then_good,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
@pytest.mark.parametrize("when", ["while Python loads", "with Python there"])
def test_the_last_answer_wins(
    page: Page, site: Site, session: Session, edit: Press, when: str
) -> None:
    open_page(page, site, **OTHER)
    if when == "with Python there":
        settled(page)
    edit(page)
    agrees(page, session)


def test_the_era_switched_there_and_back(page: Page, site: Site, session: Session) -> None:
    open_page(page, site, **OTHER)
    settled(page)
    era_and_back(page)
    agrees(page, session)


def test_a_known_verdict_that_comes_late_does_not_replace_a_newer_one(
    page: Page, site: Site, session: Session
) -> None:
    held: list[Route] = []
    page.route("**/assets/verdicts/*.json", lambda route: held.append(route))
    open_page(page, site, **KNOWN)
    field(page, "payload").fill("40 MB")
    says(
        page,
        session.decide(["inference"], {**KNOWN, "payload": "40 MB"})["verdicts"]["inference"][
            "sentence"
        ],
    )
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    agrees(page, session)


def test_a_known_verdict_that_does_not_come_is_worked_out(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = context.new_page()
    page.route("**/assets/verdicts/*.json", lambda route: route.abort())
    open_page(page, site, **KNOWN)
    agrees(page, session)


def test_leaving_while_python_loads_and_coming_back(
    page: Page, site: Site, session: Session
) -> None:
    open_page(page, site, **OTHER)
    field(page, "payload").fill("9 MB")
    page.locator(".md-tabs").get_by_role("link", name="Rollout").click()
    page.wait_for_url(f"{site.url}rollout/")
    page.go_back()
    page.wait_for_url("**/check/inference/**")
    agrees(page, session)


def test_from_one_decision_to_another_and_back(page: Page, site: Site, session: Session) -> None:
    open_page(page, site, **OTHER)
    first = settled(page)
    page.get_by_role("link", name="Next decision").click()
    page.wait_for_url("**/check/endpoint-type/")
    answer(page, "model_count", "40 models")
    assert settled(page) != first
    page.go_back()
    page.wait_for_url("**/check/inference/**")
    says(page, first)
    agrees(page, session)


def test_two_texts_in_a_row_leave_what_the_second_says(page: Page, site: Site) -> None:
    open_page(page, site)
    page.locator(".check-describe > summary").click()
    for text in (
        "A caller waits. 40 MB payload, intermittent traffic",
        "A caller waits. 2 MB payload",
    ):
        page.locator("#scenario-text").fill(text)
        page.get_by_role("button", name="Check my scenario").click()
    expect(field(page, "payload")).to_have_value("2 MB", timeout=PATIENCE)
    settled(page)
    expect(page.locator(".read__text")).to_have_text("A caller waits. 2 MB payload")
    expect(field(page, "traffic")).to_have_value("")


def test_an_edit_while_a_text_is_read_counts(page: Page, site: Site) -> None:
    open_page(page, site)
    page.locator(".check-describe > summary").click()
    page.locator("#scenario-text").fill("A caller waits. 40 MB payload")
    page.get_by_role("button", name="Check my scenario").click()
    field(page, "payload").fill("3 MB")
    expect(page.locator(".read__text")).to_be_visible(timeout=PATIENCE)
    settled(page)
    expect(field(page, "payload")).to_have_value("3 MB")
    expect(page.locator("[data-answer=payload]")).to_contain_text("3 MB")


def test_two_tabs_share_one_system_and_keep_their_own_answers(
    context: BrowserContext, site: Site
) -> None:
    one, two = context.new_page(), context.new_page()
    open_page(two, site, "monitoring")
    answer(two, "watch", "inputs")
    settled(two)
    open_page(one, site)
    answer(one, "caller", "dataset")
    says(one, "Use a batch transform job.")
    expect(two.locator("[data-answer=serving]")).to_contain_text(
        "Batch transform", timeout=PATIENCE
    )
    settled(two)
    expect(field(two, "watch")).to_have_value("inputs")
    assert field(one, "caller").input_value() == "dataset"


def test_an_exception_in_python_is_reported_as_what_it_is_and_the_next_answer_is_right(
    context: BrowserContext, site: Site, session: Session
) -> None:
    page = context.new_page()
    open_page(page, site, **OTHER)
    settled(page)
    worker = next(w for w in page.workers if w.url.endswith("/checker/worker.js"))
    worker.evaluate(
        """() => { const plain = JSON.stringify;
          JSON.stringify = (...all) => { JSON.stringify = plain; return '{"type": "none"}'; }; }"""
    )
    field(page, "payload").fill("8 MB")
    failure = page.locator(FAILURE)
    failure.wait_for(timeout=PATIENCE)
    expect(failure).to_contain_text("KeyError")
    expect(failure).to_contain_text("fault in the checker")
    assert page.locator(HEADLINE).count() == 0
    failure.get_by_role("button", name="Try again").click()
    agrees(page, session)


def test_the_record_is_of_the_verdict_that_is_shown(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site, **KNOWN)
    settled(page)
    field(page, "payload").fill("40 MB")
    expect(page.locator(".check__verdict")).to_contain_text("40 MB", timeout=PATIENCE)
    headline = settled(page)
    page.get_by_role("button", name="Copy record").click()
    page.get_by_role("button", name="Copied").wait_for(timeout=PATIENCE)
    record = str(page.evaluate("navigator.clipboard.readText()"))
    assert headline in record
    assert "40 MB" in record
    assert link() in record
