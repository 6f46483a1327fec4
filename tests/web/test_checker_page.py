"""The checker's pages: texts, how long they are, and what they are without scripts."""

import re

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.checking import (
    FAILURE,
    HEADLINE,
    KNOWN,
    MONITOR,
    PATIENCE,
    SERVERLESS,
    field,
    link,
    open_page,
    settled,
)
from tests.serving import Site

PHONE: ViewportSize = {"width": 390, "height": 844}
# How far below the first place the second one begins.
BELOW = """places => {
  const [upper, lower] = places.map((place) => document.querySelector(place));
  return lower.getBoundingClientRect().top - upper.getBoundingClientRect().top;
}"""


def test_a_text_opens_its_decision_with_what_was_read_marked_in_it(page: Page, site: Site) -> None:
    page.goto(f"{site.url}check/")
    page.locator("#scenario-text").fill(
        "A caller waits. 3.5 MB payload, 45 s, intermittent traffic"
    )
    page.get_by_role("button", name="Check my scenario").click()
    page.wait_for_url("**/check/inference/**", timeout=PATIENCE)
    settled(page)
    expect(page.locator(".read__text")).to_contain_text("3.5 MB payload")
    assert page.locator(".read__mark").count()
    expect(field(page, "payload")).to_have_value(re.compile("3.5"))
    assert "A caller waits" not in page.url


def test_a_phone_has_the_verdict_within_a_screen_of_the_text_and_each_answer_once(
    page: Page, site: Site
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site.url}check/")
    page.locator("#scenario-text").fill(
        "12 MB per image, about 200 requests a day, needs a GPU, and the user waits for the answer"
    )
    page.get_by_role("button", name="Check my scenario").click()
    page.wait_for_url("**/check/inference/**", timeout=PATIENCE)
    settled(page)
    assert page.evaluate(BELOW, [".check-describe", HEADLINE]) <= PHONE["height"]
    rows = page.locator(".read__list li").count()
    assert rows == page.locator("[data-answer]").count()
    expect(page.locator("[data-answer]:visible")).to_have_count(0)
    # An answer of one's own is in the list of answers.
    field(page, "payload").fill("3 MB")
    expect(page.locator("[data-answer]:visible")).to_have_text([re.compile("3 MB")])


def test_a_text_from_another_page_comes_behind_the_hash_and_leaves_the_address(
    page: Page, site: Site
) -> None:
    page.goto(f"{site.url}check/#text=3.5%20MB%20payload%2C%2045%20s%2C%20a%20caller%20waits")
    page.wait_for_url("**/check/inference/**", timeout=PATIENCE)
    assert "text=" not in page.url
    settled(page)


def test_an_empty_text_and_one_about_nothing_get_a_message(page: Page, site: Site) -> None:
    page.goto(f"{site.url}check/")
    page.get_by_role("button", name="Check my scenario").click()
    expect(page.locator(".check__status")).to_contain_text("Write a sentence")
    page.locator("#scenario-text").fill("Shall I have pizza or pasta tonight?")
    page.get_by_role("button", name="Check my scenario").click()
    expect(page.locator(".read__none")).to_be_visible(timeout=PATIENCE)
    assert page.url.startswith(f"{site.url}check/")
    assert "inference" not in page.url


def test_the_longest_verdict_is_one_screen(page: Page, site: Site) -> None:
    """Few words above the full record, and no scrolling inside the page."""
    for decision, answers in (
        ("inference", SERVERLESS),
        ("rollout", {"rollout_goal": "replace", "mistake": "costly", "auto_rollback": "yes"}),
        ("monitoring", MONITOR),
    ):
        open_page(page, site, decision, **answers)
        settled(page)
        parts = page.locator(".check__verdict > :not(details)").all_inner_texts()
        assert len(" ".join(parts).split()) <= 250
    inner = page.locator("decision-checker *").evaluate_all(
        "all => all.filter(e => /auto|scroll/.test(getComputedStyle(e).overflowY)"
        " && e.scrollHeight > e.clientHeight + 1 && e.tagName !== 'TEXTAREA').length"
    )
    assert inner == 0


def test_the_hub_is_short_and_a_phone_has_the_verdict_in_reach(page: Page, site: Site) -> None:
    page.goto(f"{site.url}check/")
    assert page.evaluate("document.documentElement.scrollHeight") < 2000
    page.set_viewport_size(PHONE)
    open_page(page, site, **KNOWN)
    settled(page)
    assert page.evaluate(BELOW, [".check-describe", HEADLINE]) <= PHONE["height"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".check__bar")).to_have_text(page.locator(HEADLINE).inner_text())
    expect(page.locator(".check__bar")).to_be_visible()


def test_without_javascript_the_page_has_options_questions_and_rules(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + link())
    expect(page.locator("noscript p")).to_contain_text("needs JavaScript")
    assert page.locator(".check__options li").count() >= 5
    assert page.locator(".check__field").count() >= 15
    expect(page.get_by_role("link", name="every rule with its source")).to_be_visible()
    page.goto(f"{site.url}check/")
    assert page.locator(".check-door").count() == 12
    context.close()


def test_a_browser_without_webassembly_gets_a_message(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.add_init_script("delete window.WebAssembly")
    open_page(page, site, payload="6 MB", traffic="intermittent")
    page.locator(FAILURE).wait_for(timeout=PATIENCE)
    assert "no WebAssembly" in page.locator(FAILURE).inner_text()
    page.close()
