"""The checker as a reader meets it, in a real browser."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.knowledge.model import Knowledge
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

MONITOR = {"watch": "inputs", "account": "existing", "frequency": "continuous"}
SERVERLESS = {"payload": "1 MB", "traffic": "intermittent", "caller": "waits", "duration": "5 s"}


def sentence(session: Session, decision: str, answers: dict[str, str], **marks: object) -> str:
    """What CPython's engine says."""
    found = session.decide([decision], answers, **marks)  # type: ignore[arg-type]
    return str(found["verdicts"][decision]["sentence"])


def asked_runtime(page: Page) -> list[str]:
    """Records what the page asks of the runtime from now on."""
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/runtime/" in r.url else None)
    return asked


def test_a_link_of_the_site_has_its_verdict_without_python(
    page: Page, site: Site, session: Session
) -> None:
    asked = asked_runtime(page)
    open_page(page, site, **KNOWN)
    assert settled(page) == sentence(session, "inference", KNOWN)
    assert asked == []
    # Python says the same once somebody turns to the form.
    with page.expect_request("**/pyodide.asm.wasm", timeout=PATIENCE):
        field(page, "payload").focus()


@pytest.mark.parametrize("path", ["", "inference/", "check/", "check/rollout/", "limits/"])
def test_no_page_loads_python_by_itself(page: Page, site: Site, path: str) -> None:
    asked = asked_runtime(page)
    page.goto(site.url + path)
    page.wait_for_load_state("networkidle")
    assert asked == []


def test_pyodide_answers_links_of_the_site_as_the_build_did(
    page: Page, site: Site, knowledge: Knowledge
) -> None:
    """One scenario of each decision, through the page's own worker; all of them in Node."""
    first = {s.decision: s for s in reversed(knowledge.scenarios.values()) if s.answers}
    open_page(page, site)
    pairs = page.evaluate(
        """async (scenarios) => {
            const at = (path) => new URL(path, document.baseURI);
            const element = document.querySelector("decision-checker");
            const { clientOf } = await import(at("../../assets/checker/client.js"));
            const { nameOf } = await import(at("../../assets/checker/known.js"));
            const pairs = [];
            for (const [decision, answers] of scenarios) {
              const name = `${decision}-${nameOf(decision, answers)}.json`;
              const known = await (await fetch(at(element.dataset.verdicts + name))).json();
              const request = {type: "decide", decisions: [decision], answers};
              pairs.push([known, await clientOf(element).ask([decision], request)]);
            }
            return JSON.stringify(pairs);
        }""",
        [[s.decision, dict(s.answers)] for s in first.values()],
    )
    compared = json.loads(pairs)
    assert len(compared) == len(knowledge.decisions)
    for known, there in compared:
        assert known == there


def test_the_verdict_follows_each_change_and_all_parts_belong_together(
    page: Page, site: Site, session: Session
) -> None:
    open_page(page, site, **KNOWN)
    settled(page)
    answers = {**KNOWN, "payload": "5 MB"}
    field(page, "payload").fill("5 MB")
    says(page, sentence(session, "inference", answers))
    query = parse_qs(urlsplit(page.url).query)
    assert {name: query[name] for name in answers} == {n: [v] for n, v in answers.items()}
    recommended = session.decide(["inference"], answers)["verdicts"]["inference"]["recommend"]
    assert query.get("was", []) == recommended
    expect(page.locator("[data-answer=payload]")).to_contain_text("5 MB")
    expect(page.locator(".check__status")).to_contain_text(page.locator(HEADLINE).inner_text())
    # The number as it was written, and no rule's id outside the full record.
    verdict = page.locator(".check__verdict")
    assert "5 MB" in verdict.inner_text()
    shown = verdict.locator(":scope > :not(details)").all_inner_texts()
    assert not re.search(r"\b[A-Z]{3}\d{3}\b", " ".join(shown))


def test_the_next_question_has_answers_that_act(page: Page, site: Site) -> None:
    open_page(page, site, payload="3 MB")
    settled(page)
    place = page.locator(".check__next")
    title = place.locator("h2").inner_text()
    choice = place.locator(".next__answer").first
    label = choice.locator(".next__label").inner_text()
    choice.click()
    expect(page.locator(".answers")).to_contain_text(label, timeout=PATIENCE)
    settled(page)
    expect(place.locator("h2")).not_to_have_text(title)


def test_a_priority_is_kept_in_the_link_and_counts(
    page: Page, site: Site, session: Session
) -> None:
    answers = {"traffic": "intermittent", "idle_free": "yes", "latency": "20 ms"}
    open_page(page, site, **answers)
    settled(page)
    marked = page.locator(".check__all [data-mark]:visible").first
    name = str(marked.get_attribute("data-mark"))
    kind = marked.locator("option").last.get_attribute("value")
    marked.select_option(kind)
    says(page, sentence(session, "inference", answers, **{str(kind): [name]}))
    page.wait_for_url(f"**{kind}={name}**")


def test_a_chip_is_edited_and_removed(page: Page, site: Site) -> None:
    open_page(page, site, **KNOWN)
    settled(page)
    page.get_by_role("button", name=re.compile("^Largest request")).click()
    expect(field(page, "payload")).to_be_focused()
    page.get_by_role("button", name="Remove Largest request").click()
    expect(field(page, "payload")).to_have_value("")
    settled(page)
    assert "payload" not in page.url
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".check__none")).to_be_visible()
    assert urlsplit(page.url).query == ""


def test_an_old_link_leads_to_the_decisions_page_with_its_answers(page: Page, site: Site) -> None:
    page.goto(f"{site.url}check/?decision=monitoring&watch=inputs&labels=never&v=old#monitoring")
    page.wait_for_url("**/check/monitoring/**")
    settled(page)
    expect(field(page, "watch")).to_have_value("inputs")
    expect(page.locator(".verdict__changed")).to_contain_text("since this link was made")


def test_what_a_link_holds_that_is_not_known_is_named(page: Page, site: Site) -> None:
    open_page(page, site, payload="3 MB", nonsense="1", traffic="sometimes")
    expect(page.locator(".check__dropped")).to_contain_text("nonsense, traffic")


def test_bad_input_is_named_beside_its_field_and_no_old_verdict_stays(
    page: Page, site: Site
) -> None:
    open_page(page, site, **KNOWN)
    settled(page)
    field(page, "payload").fill("5 parsecs")
    expect(page.locator("#q-payload-error")).to_contain_text("parsecs", timeout=PATIENCE)
    expect(field(page, "payload")).to_have_attribute("aria-invalid", "true")
    assert page.locator(HEADLINE).count() == 0
    field(page, "payload").fill("5 MB")
    settled(page)
    expect(page.locator("#q-payload-error")).to_be_hidden()


def test_the_exam_switch_shows_the_difference(page: Page, site: Site, session: Session) -> None:
    answers = {"watch": "inputs", "account": "new", "frequency": "continuous"}
    open_page(page, site, "monitoring", **answers)
    today = settled(page)
    switch = page.get_by_role("button", name="Exam era")
    switch.click()
    says(page, sentence(session, "monitoring", answers, era="exam"))
    assert page.locator(HEADLINE).inner_text() != today
    expect(page.locator(".verdict__eras")).to_contain_text("Exam-era material:")
    assert "era=exam" in page.url


def test_one_decision_answers_the_next_and_a_clash_has_two_ways_out(page: Page, site: Site) -> None:
    open_page(page, site)
    for name, value in SERVERLESS.items():
        answer(page, name, value)
    says(page, "Use Serverless Inference.")
    open_page(page, site, "monitoring")
    served = page.locator("[data-answer=serving]")
    expect(served).to_contain_text("from Inference option", timeout=PATIENCE)
    for name, value in MONITOR.items():
        answer(page, name, value)
    settled(page)
    expect(page.locator(".system")).to_contain_text("Use Serverless Inference.")
    clash = page.locator(".check__verdict .verdict__clash")
    if clash.count():
        assert clash.get_by_role("button").count() == 2
        before = page.locator(HEADLINE).inner_text()
        clash.get_by_role("button").last.click()
        expect(page.locator(HEADLINE)).not_to_have_text(before, timeout=PATIENCE)
        expect(page.locator(".answer--aside")).to_be_visible()


def test_one_record_and_one_link_hold_the_whole_system(
    page: Page, site: Site, browser: Browser
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, site)
    answer(page, "payload", "12 MB")
    settled(page)
    open_page(page, site, "rollout")
    answer(page, "rollout_goal", "compare")
    settled(page)
    page.get_by_role("button", name="Copy design record").click()
    page.get_by_role("button", name="Copied").wait_for(timeout=PATIENCE)
    record = str(page.evaluate("navigator.clipboard.readText()"))
    for part in ("## Status", "## Context", "## Decision", "12 MB", "as in an A/B test"):
        assert part in record
    address = record[record.rindex("](") + 2 :].strip().removesuffix(")")
    other = browser.new_page()
    other.goto(address.replace("%29", ")"))
    rows = other.locator(".system__row")
    expect(rows).to_have_count(2, timeout=PATIENCE)
    expect(rows.last).to_contain_text("as in an A/B test")
    other.close()


def test_a_saved_system_says_what_has_changed_since(page: Page, site: Site) -> None:
    open_page(page, site)
    answer(page, "payload", "12 MB")
    settled(page)
    page.evaluate(
        """() => {
          const system = JSON.parse(localStorage.getItem("guide.system"));
          Object.assign(system.decisions.inference,
            {version: "old", checked: "2025-01-01", recommend: ["serverless-inference"]});
          localStorage.setItem("guide.system", JSON.stringify(system));
        }"""
    )
    page.goto(f"{site.url}check/")
    expect(page.locator(".system")).to_contain_text("have changed since")
    page.goto(site.url + link())
    settled(page)
    expect(page.locator(".verdict__changed")).to_contain_text("It was: Serverless Inference.")


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
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, site, **KNOWN)
    settled(page)
    top = page.locator(HEADLINE).evaluate("e => e.getBoundingClientRect().top + scrollY")
    box = page.locator(".check-describe").evaluate("e => e.getBoundingClientRect().top + scrollY")
    assert top - box <= 844
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


def test_a_starting_point_is_what_the_command_line_gives(
    page: Page, site: Site, session: Session
) -> None:
    open_page(page, site, **KNOWN)
    settled(page)
    page.locator(".verdict__start > summary").click()
    text = page.locator(".start__text")
    for form, label in (("boto3", "Python (boto3)"), ("cloudformation", "CloudFormation")):
        page.get_by_role("button", name=label).click()
        written = session.start("inference", KNOWN, form)
        expect(text).to_have_text(written["text"], use_inner_text=True, timeout=PATIENCE)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download").click()
        assert waiting.value.suggested_filename == written["file"]
        assert waiting.value.path().read_text(encoding="utf-8") == written["text"]
