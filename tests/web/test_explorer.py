"""The tag explorer in a browser: right, quick, shareable, and for everybody."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from checker.knowledge.model import Knowledge
from tests.serving import ROOT, Site

DOCS = ROOT / "docs"
MARKED = re.compile(
    r"^(?:#+ .+?|(?:[-*+] |\d+\. )?\*\*.+?\*\*) *((?:`#[a-z0-9:-]+` *)+)", re.MULTILINE
)

COMBINATIONS = {
    "one tag": (["exam-tip"], "", False),
    "one facet": (["kind:limit"], "", False),
    "two tags": (["exam-tip", "kind:limit"], "", False),
    "three facets": (["decision:inference", "exam-tip", "stage:deploy"], "", False),
    "within a facet": (["exam:mla-c02-d2", "exam:mla-c02-d3"], "", False),
    "any of two": (["core", "status:ended"], "", True),
    "any within a facet": (["stage:monitor", "stage:rollout"], "", True),
    "words alone": ([], "serverless payload", False),
    "a tag and words": (["exam-tip"], "serverless", False),
    "any of two, and a word": (["kind:howto", "kind:limit"], "endpoint", True),
    "nothing": (["core", "status:closed-to-new"], "", False),
}


def marked_in_the_sources() -> list[set[str]]:
    """The tags of every tagged page and section, read line by line from the Markdown."""
    found = []
    for file in sorted(DOCS.rglob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        tags = set(yaml.safe_load(front).get("tags") or ())
        facets = {tag for tag in tags if ":" in tag}
        prose = re.sub(r"```.*?```", "", body, flags=re.DOTALL)
        places = [
            (match[0].startswith("# "), set(re.findall(r"`#([a-z0-9:-]+)`", match[1])))
            for match in MARKED.finditer(prose)
        ]
        found += [tags] if tags else []
        found += [own | facets for is_title, own in places if not is_title]
    return found


def said(entries: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """The entries in which every word begins some word."""

    def bare(text: str) -> list[str]:
        tokens = re.findall(r"\w+", text.lower())
        return [
            t[:-1] if len(t) > 3 and t.endswith("s") and not t.endswith("ss") else t for t in tokens
        ]

    def spoken(entry: dict[str, Any]) -> list[str]:
        return bare(" ".join([entry["title"], entry["text"], *entry["crumbs"], *entry["tags"]]))

    return [
        entry
        for entry in entries
        if all(any(t.startswith(word) for t in spoken(entry)) for word in bare(words))
    ]


@pytest.fixture(scope="module")
def explorer(browser: Browser, site: Site) -> Iterator[Page]:
    """One page for all filters."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def opened(page: Page, site: Site, **query: object) -> Page:
    page.goto(f"{site.url}tags/?{urlencode(query, doseq=True)}")
    page.locator("tag-explorer[data-ready=yes]").wait_for()
    return page


def results(page: Page) -> int:
    while page.locator(".explorer__result > .md-button").is_visible():
        page.locator(".explorer__result > .md-button").click()
    return page.locator(".explorer__list > li").count()


@pytest.mark.parametrize("name", COMBINATIONS)
def test_a_filter_finds_what_the_sources_hold(explorer: Page, site: Site, name: str) -> None:
    tags, words, any_of = COMBINATIONS[name]
    query = {"tag": tags, "words": words} | ({"any": "1"} if any_of else {})
    opened(explorer, site, **query)
    fits = any if any_of else all
    if words:
        entries = json.loads((site.folder / "assets/tags/sections.json").read_text())
        held = [set(entry["tags"]) for entry in said(entries, words)]
    else:
        held = marked_in_the_sources()
    count = sum(not tags or fits(tag in have for tag in tags) for have in held)
    assert (count > 0) == (name != "nothing")
    expected = re.compile(rf"^{count} results?$" if count else r"^No results")
    expect(explorer.locator(".explorer__status")).to_have_text(expected)
    assert results(explorer) == count


def test_the_count_beside_each_tag_is_what_picking_it_finds(explorer: Page, site: Site) -> None:
    opened(explorer, site, tag="exam-tip")
    held = [have for have in marked_in_the_sources() if "exam-tip" in have]
    shown = explorer.locator(".explorer__tag").evaluate_all(
        "all => all.map(e => [e.querySelector('input').value,"
        " Number(e.querySelector('.explorer__count').textContent)])"
    )
    assert len(shown) > 20
    assert dict(shown) == {tag: sum(tag in have for have in held) for tag, _ in shown}


def test_the_address_holds_the_filter_and_brings_it_back(page: Page, site: Site) -> None:
    opened(page, site)
    expect(page.locator(".explorer__status")).to_contain_text("tagged pages and sections")
    page.locator(".explorer__tag", has_text="Exam tip").click()
    page.get_by_label("Match any tag").check()
    page.locator(".explorer__tag", has_text="Ended").click()
    page.locator("#explorer-words").fill("exams")
    page.wait_for_url("**/tags/?tag=exam-tip&tag=status%3Aended&words=exams&any=1")
    before = page.locator(".explorer__status").inner_text()
    first = page.locator(".explorer__list a").first.inner_text()
    page.reload()
    expect(page.locator(".explorer__status")).to_have_text(before)
    expect(page.locator(".explorer__list a").first).to_have_text(first)
    page.locator(".explorer__clear").click()
    page.wait_for_url("**/tags/")
    expect(page.locator(".explorer__status")).to_contain_text("tagged pages and sections")


def test_a_pages_tags_open_the_explorer_on_them(page: Page, site: Site) -> None:
    page.goto(f"{site.url}inference/serverless/")
    page.locator(".see-also a.md-tag", has_text="Inference option").click()
    expect(page.locator("input[value='decision:inference']")).to_be_checked()
    expect(page.locator(".explorer__status")).to_have_text(re.compile(r"^[1-9]\d* results$"))


LIMITS = "inference/serverless/#limits-to-plan-for"


def test_exam_tips_on_serverless_limits_are_three_actions_from_home_by_mouse(
    page: Page, site: Site
) -> None:
    page.goto(site.url)
    page.locator("article a.section-tag", has_text="Exam tip").click()
    page.locator("#explorer-words").fill("serverless limits")
    page.locator(".explorer__list a").first.click()
    page.wait_for_url(f"**/{LIMITS}")
    page.go_back()  # the filter waits where it was left
    expect(page.locator("#explorer-words")).to_have_value("serverless limits", timeout=15_000)


def test_exam_tips_on_serverless_limits_are_three_actions_from_home_by_keyboard(
    page: Page, site: Site
) -> None:
    page.goto(site.url)
    tab_to(page, "e => e.matches('article a.section-tag') && e.textContent === 'Exam tip'")
    page.keyboard.press("Enter")
    page.locator("tag-explorer[data-ready=yes]").wait_for()
    tab_to(page, "e => e.id === 'explorer-words'")
    page.keyboard.type("serverless limits")
    page.keyboard.press("Enter")  # from the words to the first result
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{LIMITS}")


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"({wanted})(document.activeElement)"):
            return
    raise AssertionError(f"no tab stop: {wanted}")


def test_tags_are_picked_by_space_and_named_and_seen(page: Page, site: Site) -> None:
    opened(page, site)
    box = page.get_by_role("checkbox", name="Exam tip")
    box.focus()
    label = page.locator(".explorer__tag", has_text="Exam tip")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert label.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    status = page.locator(".explorer__status")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_have_text(re.compile(r"^\d+ results$"))
    assert page.locator("fieldset").count() == page.locator("fieldset > legend").count() > 3


def test_more_results_are_asked_for_and_read_on_where_the_list_ended(
    page: Page, site: Site
) -> None:
    opened(page, site, tag="exam-tip")
    before = page.locator(".explorer__list > li").count()
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".explorer__list > li").count() > before
    expect(page.locator(".explorer__list > li").nth(before).locator("a")).to_be_focused()


def test_without_scripts_the_lists_are_there_and_the_form_is_not(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}tags/")
    expect(page.locator(".explorer__form")).to_be_hidden()
    part = page.locator(".explorer__result details", has_text="Exam tip").first
    part.locator("summary").click()
    part.locator("a", has_text="Limits to plan for").first.click()
    assert "#limits-to-plan-for" in page.url
    context.close()


WORDS = ("serverless", "payload", "latency", "drift", "baseline", "canary", "quota", "monitor")


def large_index(knowledge: Knowledge) -> str:
    """A thousand pages with two tagged sections each, of a few dozen words."""
    chance = random.Random(5)  # noqa: S311 - the same each time, and no secret
    tags = sorted(knowledge.tags)
    vocabulary = [*WORDS, *(f"{w}{n}" for w in ("term", "model", "limit") for n in range(1500))]
    entries = [
        {
            "id": number,
            "url": f"generated/{number // 3}/#s{number % 3}",
            "title": " ".join(chance.sample(vocabulary, 3)),
            "crumbs": [f"Page {number // 3}"],
            "tags": chance.sample(tags, 6),
            "text": " ".join(chance.choice(vocabulary if n % 3 else WORDS) for n in range(60)),
        }
        for number in range(3000)
    ]
    return json.dumps(entries)


QUICKEST = """(words) => {
  const field = document.querySelector("#explorer-words");
  const once = (text) => {
    field.value = text;
    const start = performance.now();
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return performance.now() - start;
  };
  // The quickest of several: another program on the machine must not fail it.
  const best = (text) => Math.min(...Array.from({length: 7}, () => once(text)));
  const shown = () => document.querySelectorAll(".explorer__list > li").length;
  return words.map((text) => [text, best(text), shown()]);
}"""


def test_results_follow_a_key_within_50_ms_with_a_thousand_pages(
    page: Page, site: Site, knowledge: Knowledge
) -> None:
    body = large_index(knowledge)
    page.route(
        "**/assets/tags/sections.json",
        lambda route: route.fulfill(body=body, content_type="application/json"),
    )
    opened(page, site, tag="exam-tip")
    typed = "serverless limit"
    keys = [typed[: n + 1] for n in range(len(typed))]
    for text, milliseconds, shown in page.evaluate(QUICKEST, keys):
        assert shown > 0, text
        assert milliseconds < 50, f"{text}: {milliseconds} ms"


SEARCHES = {
    "exam-tip": "exam-tip",
    "#exam-tip": "exam-tip",
    "Exam tip": "exam-tip",
    "Closed to new customers": "status:closed-to-new",
    "Endpoint type": "decision:endpoint-type",
}


@pytest.mark.parametrize(("words", "tag"), SEARCHES.items(), ids=list(SEARCHES))
def test_the_search_finds_a_tag_and_leads_to_the_explorer(
    page: Page, site: Site, words: str, tag: str
) -> None:
    page.goto(site.url)
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially(words)
    found = page.locator(f"a.md-search-result__link[href*='tags/'][href*='#tag:{tag}']").first
    expect(found).to_be_visible(timeout=15_000)
    found.click()
    expect(page.locator(f"input[value='{tag}']")).to_be_checked()
