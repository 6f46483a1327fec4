"""The checker as a reader meets it, in a real browser."""

import json
import math

import pytest
from playwright.sync_api import Page, Request, expect

from checker.knowledge.model import Knowledge
from checker.session import Session
from tests.serving import Site, line_is

VERDICT = ".checker[data-for={}] .checker__verdict"
PATIENCE = 60_000


def open_checker(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}check/{query}")


def unfold(page: Page, decision: str) -> None:
    page.locator(f"details[data-for={decision}]").evaluate("e => { e.open = true; }")


def ask(page: Page, decision: str, answers: dict[str, str]) -> None:
    unfold(page, decision)
    for name, value in answers.items():
        control = page.locator(f"form[data-decision={decision}] [name={name}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.locator(f"form[data-decision={decision}] button[type=submit]").click()


def verdict(page: Page, decision: str) -> str:
    heading = page.locator(f"{VERDICT.format(decision)} h3")
    heading.wait_for(timeout=PATIENCE)
    return heading.inner_text()


def is_wasm(request: Request) -> bool:
    return request.url.endswith(".wasm")


@pytest.mark.parametrize("line", [{"saveData": True}, {"effectiveType": "3g"}])
def test_on_a_dear_or_slow_line_no_python_loads_before_a_form_is_touched(
    page: Page, site: Site, line: dict[str, object]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    line_is(page, **line)
    open_checker(page, site)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/runtime/" in url] == []
    unfold(page, "inference")
    with page.expect_request(is_wasm, timeout=PATIENCE):
        page.locator("form[data-decision=inference] [name=payload]").focus()


def test_python_loads_by_itself_when_the_page_is_idle_and_says_nothing_of_it(
    page: Page, site: Site
) -> None:
    line_is(page, effectiveType="4g", saveData=False)
    with page.expect_request(is_wasm, timeout=PATIENCE):
        open_checker(page, site)
    page.wait_for_load_state("networkidle")
    assert page.locator(".checker__status").inner_text() == ""
    assert page.locator(".checker__failure").count() == 0


@pytest.mark.parametrize("path", ["", "inference/", "monitoring/", "limits/", "tags/"])
def test_other_pages_load_nothing_of_the_checker(page: Page, site: Site, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + path)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/runtime/" in url or "/checker/" in url] == []


def test_a_filled_form_gives_the_verdict_of_cpython(
    page: Page, site: Site, session: Session
) -> None:
    answers = {"payload": "3.5 MB", "duration": "45 s", "requests": "4/day"}
    open_checker(page, site)
    ask(page, "inference", answers)
    here = session.decide(["inference"], answers)["verdicts"]["inference"]
    assert verdict(page, "inference") == here["sentence"]
    shown = page.locator(VERDICT.format("inference")).inner_text()
    for reason in here["reasons"]:
        assert reason["sentence"] in shown
    for other in here["rejected"] + here["also"]:
        assert other["label"] in shown


def test_every_scenario_through_pyodide_equals_cpython(
    page: Page, site: Site, knowledge: Knowledge, session: Session
) -> None:
    open_checker(page, site)
    requests = [
        {"decisions": [s.decision], "answers": dict(s.answers)}
        for s in knowledge.scenarios.values()
    ]
    there = page.evaluate(
        """async (requests) => {
            const element = document.querySelector("decision-checker");
            const { Client } = await import(new URL("../assets/checker/client.js", location.href));
            const at = (name) => new URL(element.dataset[name], document.baseURI).href;
            const client = new Client({ core: at("core"), checker: at("checker") }, () => {});
            const results = [];
            for (const request of requests) results.push(await client.ask(request));
            return JSON.stringify(results);
        }""",
        requests,
    )
    here = [session.decide(r["decisions"], r["answers"]) for r in requests]
    different = [
        name
        for name, ours, theirs in zip(knowledge.scenarios, here, json.loads(there), strict=True)
        if json.loads(json.dumps(ours)) != theirs
    ]
    assert different == []


def test_the_keyboard_alone_reaches_a_verdict(page: Page, site: Site) -> None:
    open_checker(page, site)
    page.locator("details[data-for=inference] > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("40 MB")
    page.keyboard.press("Enter")
    assert verdict(page, "inference")
    assert page.evaluate("document.activeElement.id") == "inference-verdict"


def test_a_link_restores_answers_and_verdict(page: Page, site: Site) -> None:
    open_checker(page, site)
    ask(page, "inference", {"payload": "6 MB", "traffic": "intermittent", "caller": "waits"})
    before = verdict(page, "inference")
    page.reload()
    assert verdict(page, "inference") == before
    assert page.locator("#inference-payload").input_value() == "6 MB"
    assert page.locator("#inference-traffic").input_value() == "intermittent"


def test_a_wish_made_firm_rules_out_what_misses_it_and_the_link_keeps_it(
    page: Page, site: Site, session: Session
) -> None:
    answers = {"requests": "3/day", "traffic": "steady"}
    open_checker(page, site)
    unfold(page, "inference")
    mark = page.locator("#inference-traffic-mark")
    expect(mark).to_be_hidden()
    page.locator("#inference-requests").fill(answers["requests"])
    page.locator("#inference-traffic").select_option(answers["traffic"])
    expect(mark).to_be_visible()
    mark.select_option("hard")
    page.locator("form[data-decision=inference] button[type=submit]").click()
    firm = session.decide(["inference"], answers, hard=["traffic"])["verdicts"]["inference"]
    plain = session.decide(["inference"], answers)["verdicts"]["inference"]
    assert firm["rejected"] != plain["rejected"]
    assert verdict(page, "inference") == firm["sentence"]
    assert "Counted firmly" in page.locator(VERDICT.format("inference")).inner_text()
    page.reload()
    assert verdict(page, "inference") == firm["sentence"]
    expect(page.locator("#inference-traffic-mark")).to_have_value("hard")


def test_the_map_marks_the_persons_point_on_the_map_of_their_traffic(
    page: Page, site: Site
) -> None:
    open_checker(page, site)
    ask(page, "inference", {"payload": "10 MB", "duration": "10 s", "traffic": "scheduled"})
    verdict(page, "inference")
    opened = page.locator("details.map[open]")
    expect(opened).to_have_attribute("data-traffic", "scheduled")
    expect(opened.locator(".map__you")).to_contain_text("10 MB and 10 s")
    circle = opened.locator(".map__point").bounding_box()
    frame = opened.locator(".map__frame").bounding_box()
    assert circle
    assert frame
    across = (circle["x"] + circle["width"] / 2 - frame["x"]) / frame["width"]
    low, high = map(float, (opened.get_attribute("data-payload") or "").split(","))
    assert across == pytest.approx(math.log(10 / low) / math.log(high / low), abs=0.01)


def test_a_link_from_earlier_rules_says_what_was_and_what_is(page: Page, site: Site) -> None:
    old = "?decision=inference&payload=30+MB&v=00000000&d=2026-01-31&was=batch-transform"
    open_checker(page, site, old)
    verdict(page, "inference")
    words = page.locator(".verdict__changed").inner_text()
    assert "2026-01-31" in words
    assert "It was: batch-transform. It is now: async-inference." in words
    # The page's own link holds today's rules, and says nothing when opened again.
    page.reload()
    verdict(page, "inference")
    expect(page.locator(".verdict__changed")).to_have_count(0)


def test_the_record_for_a_design_document_is_copied_as_markdown(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_checker(page, site)
    ask(page, "inference", {"payload": "30 MB"})
    verdict(page, "inference")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_role("button", name="Copied").wait_for(timeout=PATIENCE)
    record = page.evaluate("navigator.clipboard.readText()")
    assert record.startswith("## Inference option")
    assert "- Largest request: 30 MB" in record
    assert "payload=30+MB" in record


def test_a_text_about_two_decisions_offers_the_second(page: Page, site: Site) -> None:
    open_checker(page, site)
    page.locator("#scenario-text").fill(
        "Users wait for answers of a 2 MB request all day; we must also know when the inputs drift "
        "away from the baseline, in an account that is new."
    )
    page.get_by_role("button", name="Read it").click()
    page.locator(".scenario__others button").first.wait_for(timeout=PATIENCE)
    offered = page.locator(".scenario__others button").all_inner_texts()
    page.locator(".scenario__others button").first.click()
    second = page.locator(f"form[data-label='{offered[0]}']").get_attribute("data-decision")
    assert second
    assert verdict(page, second)


def test_a_link_names_what_it_holds_that_is_not_known(page: Page, site: Site) -> None:
    open_checker(page, site, "?decision=inference&payload=6+MB&colour=red&traffic=purple")
    assert verdict(page, "inference")
    dropped = page.locator(".checker__dropped").inner_text()
    assert "colour" in dropped
    assert "traffic" in dropped


def test_plain_words_fill_the_form_and_are_decided(page: Page, site: Site) -> None:
    open_checker(page, site)
    page.locator("#scenario-text").fill("3.5 MB payload, 45 s, a few requests a day")
    page.get_by_role("button", name="Read it").click()
    assert verdict(page, "inference")
    read = page.locator(".scenario__reading").inner_text()
    assert "3.5 MB" in read
    assert "45 s" in read
    assert "Now and then" in read
    assert page.locator("#inference-payload").input_value() == "3.5 MB"
    assert page.locator("#inference-duration").input_value() == "45 s"
    short = page.locator(".scenario__answer")
    assert short.inner_text().startswith(verdict(page, "inference"))
    short.get_by_role("button").click()
    assert page.evaluate("document.activeElement.id") == "inference-verdict"


def test_words_that_take_nothing_but_an_option_are_told_that_it_is_out(
    page: Page, site: Site
) -> None:
    open_checker(page, site)
    words = "Serverless inference, nothing else will do: it needs a GPU, and a person waits."
    page.locator("#scenario-text").fill(words)
    page.get_by_role("button", name="Read it").click()
    told = page.locator(".scenario__only")
    told.wait_for(timeout=PATIENCE)
    assert told.inner_text().startswith("Your words take nothing but Serverless")
    assert "which is rejected: " in told.inner_text()
    assert "Serverless" not in verdict(page, "inference")


@pytest.mark.parametrize(
    ("words", "said", "status"),
    [
        (
            "We forbid storing any metric anywhere, and every run must be compared by its stored"
            " metrics afterwards. Both are mandatory.",
            "Your words sound as if they ask for what cannot be had together",
            "It may be that nothing fits.",
        ),
        (
            "How should we host several models on one endpoint?",
            "Your words say too little to recommend anything yet",
            "Your words say too little yet.",
        ),
    ],
    ids=["too much", "too little"],
)
def test_words_that_ask_for_too_much_or_say_too_little_get_no_short_answer(
    page: Page, site: Site, words: str, said: str, status: str
) -> None:
    open_checker(page, site)
    page.locator("#scenario-text").fill(words)
    page.get_by_role("button", name="Read it").click()
    told = page.locator(".scenario__only")
    told.wait_for(timeout=PATIENCE)
    assert told.inner_text().startswith(said)
    page.locator(".checker__verdict h3").first.wait_for(timeout=PATIENCE)
    expect(page.locator(".checker__status")).to_have_text(status)
    assert page.locator(".scenario__answer").count() == 0


def test_words_about_nothing_are_told_so(page: Page, site: Site) -> None:
    open_checker(page, site)
    page.locator("#scenario-text").fill("<b>bake</b> me a cake")
    page.get_by_role("button", name="Read it").click()
    page.locator(".scenario__reading p").wait_for(timeout=PATIENCE)
    assert "Nothing in it speaks" in page.locator(".scenario__reading").inner_text()
    assert page.locator(".scenario__reading b").count() == 0


def test_bad_input_is_named_beside_its_field_and_no_answer_is_lost(page: Page, site: Site) -> None:
    open_checker(page, site)
    ask(page, "inference", {"payload": "-4 MB", "duration": "5 parsecs", "caller": "waits"})
    box = page.locator("form[data-decision=inference] .checker__errors")
    box.wait_for(timeout=PATIENCE)
    assert "-4 MB" in box.inner_text()
    assert "parsecs" in box.inner_text()
    assert "accepted" in page.locator("#inference-payload-error").inner_text()
    expect(page.locator("#inference-payload")).to_have_attribute("aria-invalid", "true")
    assert page.locator("#inference-duration").input_value() == "5 parsecs"
    assert page.locator("#inference-caller").input_value() == "waits"
    assert page.evaluate("document.activeElement.closest('.checker__errors') !== null")


def test_an_empty_form_asks_for_more(page: Page, site: Site) -> None:
    open_checker(page, site)
    unfold(page, "monitoring")
    page.locator("form[data-decision=monitoring] button[type=submit]").click()
    assert verdict(page, "monitoring").startswith("Nothing said so far")


def test_choices_that_exclude_each_other_are_named(page: Page, site: Site) -> None:
    open_checker(page, site)
    ask(page, "inference", {"requests": "3/day", "payload": "1 MB"})
    verdict(page, "inference")
    ask(page, "monitoring", {"watch": "inputs", "account": "existing"})
    verdict(page, "monitoring")
    shown = page.locator(VERDICT.format("monitoring")).inner_text()
    assert "Clashes" in shown
    assert "serverless-inference" in shown


def test_without_javascript_the_page_says_what_is_missing(browser, site: Site) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}check/")
    assert "needs JavaScript" in page.locator("noscript").first.inner_text()
    assert page.locator("#table-deployment-comparison").is_visible()
    assert page.locator("#table-monitoring-comparison").is_visible()
    assert page.locator("details.map[open] svg").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("blocked", "words"),
    [
        ("**/*.wasm", "could not be loaded"),
        ("**/*.whl", "could not be loaded"),
        ("**/worker.js", "could not be loaded"),
    ],
    ids=["runtime", "wheel", "worker"],
)
def test_a_blocked_file_ends_in_words_and_a_retry_that_keeps_the_answers(
    context, site: Site, blocked: str, words: str
) -> None:  # type: ignore[no-untyped-def]
    page = context.new_page()
    page.route(blocked, lambda route: route.abort())
    open_checker(page, site)
    ask(page, "inference", {"payload": "1 MB", "requests": "3/day"})
    failure = page.locator(".checker__failure")
    failure.wait_for(timeout=PATIENCE)
    assert words in failure.inner_text()
    assert page.locator("#inference-payload").input_value() == "1 MB"
    page.unroute(blocked)
    failure.get_by_role("button", name="Try again").click()
    assert verdict(page, "inference")


def test_a_browser_without_webassembly_is_told_so(context, site: Site) -> None:  # type: ignore[no-untyped-def]
    page = context.new_page()
    page.add_init_script("delete globalThis.WebAssembly")
    open_checker(page, site)
    ask(page, "inference", {"payload": "1 MB"})
    failure = page.locator(".checker__failure")
    failure.wait_for(timeout=PATIENCE)
    assert "no WebAssembly" in failure.inner_text()


def test_silence_of_half_a_minute_ends_the_wait(context, site: Site) -> None:  # type: ignore[no-untyped-def]
    page = context.new_page()
    page.clock.install()
    page.route("**/worker.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    open_checker(page, site)
    ask(page, "inference", {"payload": "1 MB"})
    page.clock.fast_forward(31_000)
    failure = page.locator(".checker__failure")
    failure.wait_for(timeout=PATIENCE)
    assert "30 seconds" in failure.inner_text()


def test_hostile_text_stays_text(page: Page, site: Site) -> None:
    open_checker(page, site)
    ask(page, "inference", {"payload": "<img src=x onerror=alert(1)>"})
    box = page.locator("form[data-decision=inference] .checker__errors")
    box.wait_for(timeout=PATIENCE)
    assert "<img" in box.inner_text()
    assert page.locator(".checker img").count() == 0


def test_leaving_and_coming_back_keeps_the_checker_alive(page: Page, site: Site) -> None:
    open_checker(page, site)
    ask(page, "inference", {"payload": "1 MB", "requests": "3/day"})
    before = verdict(page, "inference")
    page.locator(".md-tabs").get_by_role("link", name="Rollout").click()
    page.wait_for_url("**/rollout/")
    page.go_back()
    page.wait_for_url("**/check/**")
    assert verdict(page, "inference") == before
