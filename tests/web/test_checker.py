"""The checker as a reader meets it, in a real browser."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.knowledge.model import Knowledge
from checker.session import Session
from tests.checking import (
    HEADLINE,
    KNOWN,
    MONITOR,
    PATIENCE,
    SERVERLESS,
    answer,
    field,
    link,
    open_page,
    says,
    settled,
)
from tests.serving import Site


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
