"""Macros: what the YAML says reaches the page whole, escaped, sourced and readable by everybody."""

import re
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from zensical.extensions.context import ContextExtension

from checker.knowledge.model import Knowledge, Row, Scenario, Service, Table
from checker.knowledge.references import measure
from checker.units import spell_measure
from macros.draw import (
    checker_form,
    checker_frame,
    checker_hub,
    facts,
    rules,
    scenarios,
    see_also,
    status,
    tables,
)
from macros.draw.html import Html, el, join
from macros.files import ROOT
from macros.pages import related
from macros.pages.section_tags import label_of
from macros.pages.sections import sections_of, tagged_sections
from macros.pages.source import read_page, read_pages
from macros.pages.urls import for_zensical, page_url, relative_url
from tests.support import known, session

PAGE = "inference/serverless.md"
FACT = "serverless.max_payload"
NBSP = "\u00a0"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(found: BeautifulSoup | Tag, selector: str) -> Tag:
    """The only element that matches."""
    (element,) = found.select(selector)
    return element


def shown(reference: str) -> str:
    return spell_measure(*measure(reference, known())).replace(" ", NBSP)


# --- escaping

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "closing tags": "</td></tr></table><h1>out</h1>",
    "comment": "<!-- hidden -->",
    "ampersand": "a & b &amp; c &lt; d",
    "quotes": 'it\'s "quoted"',
    "template": "{{ 7 * 7 }} {% raw %}",
    "code": "`<b>code</b>`",
    "markdown": "**bold** [link](javascript:alert(1))",
}
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def with_table(cells: tuple[str, ...], label: str = "Row") -> Knowledge:
    columns = tuple(f"Column {number}" for number, _ in enumerate(cells))
    table = Table(caption="A", corner="B", columns=columns, rows=(Row(label=label, cells=cells),))
    return replace(known(), tables={"t": table})


@hostile
def test_hostile_text_in_a_table_stays_text(text: str) -> None:
    # Braces would be references in a cell; the loader refuses stray ones.
    text = text.replace("{", "(").replace("}", ")")
    found = soup(tables.comparison("t", with_table((text, "x"), label=text), PAGE))
    plain = text.replace("`", "")
    assert one(found, "tbody th").get_text() == plain
    assert found.select("td")[0].get_text() == plain
    assert len(found.select("td")) == 2
    assert not found.select("script, img, h1, b")


@hostile
def test_hostile_text_in_a_fact_stays_text(text: str) -> None:
    fact = replace(known().facts[FACT], label=text, text=text.replace("{", "(").replace("}", ")"))
    changed = replace(known(), facts={**known().facts, FACT: fact})
    found = soup(facts.fact_value(FACT, changed, PAGE) + facts.statement(FACT, changed, PAGE))
    assert one(found, ".fact__label").get_text() == text
    assert not found.select("script, img, h1, b")


@hostile
def test_hostile_text_in_a_form_stays_text(text: str) -> None:
    field = replace(known().fields["payload"], label=text, question=text, hint=text, example=text)
    changed = replace(known(), fields={**known().fields, "payload": field})
    found = form_of("inference", changed)
    control = one(found, "#q-payload")
    assert one(found, "label[for=q-payload]").get_text() == text
    assert text in str(control["placeholder"])
    assert not found.select("form img, form h1, form b")


@hostile
def test_hostile_text_in_an_attribute_stays_in_it(text: str) -> None:
    found = soup(el("a", {"href": text, "title": text}, "x"))
    assert found.select_one("a").attrs == {"href": text, "title": text}  # type: ignore[union-attr]
    assert len(found.find_all(True)) == 1


def test_html_is_escaped_once_and_only_once() -> None:
    inner = el("b", None, "a < b")
    assert inner == "<b>a &lt; b</b>"
    assert el("p", None, inner, " & c") == "<p><b>a &lt; b</b> &amp; c</p>"
    assert join(["<", Html("<br>")], ", ") == "&lt;, <br>"


ATTRIBUTES = {
    "text": ({"id": "x"}, '<p id="x"></p>'),
    "true": ({"hidden": True}, "<p hidden></p>"),
    "false": ({"hidden": False}, "<p></p>"),
    "none": ({"id": None}, "<p></p>"),
    "empty text": ({"value": ""}, '<p value=""></p>'),
    "nothing": (None, "<p></p>"),
}


@pytest.mark.parametrize(("attributes", "html"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes_are_written_as_html_has_them(
    attributes: dict[str, object] | None, html: str
) -> None:
    assert el("p", attributes) == html


def test_an_element_without_end_has_none() -> None:
    assert el("input", {"id": "x"}) == '<input id="x">'


# --- tables

each_table = pytest.mark.parametrize("key", known().tables)


@each_table
def test_a_table_has_caption_headers_and_a_cell_for_each(key: str) -> None:
    table = known().tables[key]
    found = soup(tables.comparison(key, known(), PAGE))
    head = [cell.get_text() for cell in found.select("thead th[scope=col]")]
    assert one(found, "table > caption").get_text() == table.caption
    assert head == [table.corner, *table.columns]
    for row, drawn in zip(table.rows, found.select("tbody tr"), strict=True):
        assert one(drawn, "th[scope=row]").get_text() == row.label.replace("`", "")
        assert len(drawn.select("td")) == len(table.columns)


@each_table
def test_a_table_scrolls_by_keyboard_and_says_what_it_is(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    box = one(found, "div.table-box")
    assert (box["role"], box["tabindex"]) == ("region", "0")
    assert box["aria-label"] == known().tables[key].caption
    assert one(box, f"table#table-{key}")


@each_table
def test_no_words_of_two_cells_are_glued_together(key: str) -> None:
    drawn = tables.comparison(key, known(), PAGE)
    assert not re.search(r"</(td|th|tr|caption|li)><(td|th|tr|thead|tbody|li)", drawn)
    assert not re.search(r"</(thead|tbody|caption|table|div)><", drawn)


def test_the_words_of_each_cell_are_on_a_separate_line() -> None:
    drawn = tables.comparison("t", with_table(("one", "two", "three")), PAGE)
    words = [word for word in soup(drawn).get_text().split("\n") if word]
    assert words[-4:] == ["Row", "one", "two", "three"]


@each_table
def test_every_number_of_a_table_is_the_facts_own_and_footnoted(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    notes = {str(note["id"]): note for note in found.select("ol.table-notes > li")}
    for row, drawn in zip(known().tables[key].rows, found.select("tbody tr"), strict=True):
        for cell, box in zip(row.cells, drawn.select("td"), strict=True):
            references = re.findall(r"\{([a-z0-9_.]+)\}", cell)
            marks = [str(link["href"]) for link in box.select("sup a")]
            assert len(marks) == len(references)
            for reference, mark in zip(references, marks, strict=True):
                assert shown(reference) in box.get_text()
                fact_id = facts.owner(reference, known())[0]
                note = notes[mark.removeprefix("#")]
                assert note.select(f'a[href$="limits/#{fact_id}"]')
                assert known().facts[fact_id].checked in note.get_text()


@each_table
def test_the_notes_of_a_table_are_numbered_in_reading_order(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    marks = [int(link.get_text()) for link in found.select("tbody sup a")]
    firsts = list(dict.fromkeys(marks))
    assert firsts == list(range(1, len(firsts) + 1))
    assert len(found.select("ol.table-notes > li")) == len(firsts)
    assert all(str(a["aria-label"]).endswith(a.get_text()) for a in found.select("tbody sup a"))


def test_a_table_without_references_has_no_list_of_notes() -> None:
    assert not soup(tables.comparison("t", with_table(("a",)), PAGE)).select("ol")


def test_the_limits_page_holds_every_fact_once_by_its_id() -> None:
    found = soup(tables.limits_list(known()))
    ids = [str(name["id"]) for name in found.select(".fact-row > h3")]
    assert sorted(ids) == sorted(known().facts)
    kinds = {str(row["data-kind"]) for row in found.select(".fact-row")}
    assert {str(box["value"]) for box in found.select("[name=kind]")} == kinds
    topics = [str(head["id"]) for head in found.select("h2")]
    assert len(topics) == len(set(topics))


def test_every_disputed_fact_shows_all_its_values_with_their_sources() -> None:
    rows = {str(row["id"]): row for row in soup(tables.disputed_facts(known())).select("tbody tr")}
    assert set(rows) == {key for key, fact in known().facts.items() if fact.disputed}
    for key, row in rows.items():
        for dispute in known().facts[key].disputed:
            text = row.get_text()
            assert spell_measure(dispute.value, dispute.unit) in text
            assert all(known().sources[c.source].title in text for c in dispute.sources)


# --- facts

VALUED = [key for key, fact in known().facts.items() if fact.value is not None]


@pytest.mark.parametrize("key", VALUED)
def test_a_facts_number_links_to_its_row_and_carries_source_and_date(key: str) -> None:
    fact = known().facts[key]
    found = soup(facts.fact_value(key, known(), PAGE))
    link, card = one(found, "a.fact__value"), one(found, ".fact__card")
    assert link.get_text() == shown(key)
    assert " " not in link.get_text()
    assert link["href"] == f"../../limits/#{key}"
    assert one(card, "time")["datetime"] == one(card, "time").get_text() == fact.checked
    titles = {known().sources[citation.source].title for citation in fact.sources}
    assert all(title in card.get_text() for title in titles)
    assert ("Sources disagree" in card.get_text()) is bool(fact.disputed)


def test_a_part_of_a_fact_links_to_the_facts_own_row() -> None:
    key, part = next((k, p) for k, fact in known().facts.items() for p in fact.parts)
    link = one(soup(facts.fact_value(f"{key}.{part}", known(), "index.md")), "a.fact__value")
    assert link["href"] == f"limits/#{key}"
    assert link.get_text() == shown(f"{key}.{part}")


def test_a_source_without_an_address_is_named_and_not_linked() -> None:
    source = replace(known().sources["api-sagemaker"], title="The model", url=None)
    fact = known().facts[FACT]
    citation = replace(fact.sources[0], source="api-sagemaker")
    changed = replace(
        known(),
        sources={**known().sources, "api-sagemaker": source},
        facts={**known().facts, FACT: replace(fact, sources=(citation,))},
    )
    card = one(soup(facts.fact_value(FACT, changed, PAGE)), ".fact__card")
    assert "The model" in card.get_text()
    assert not card.select("a")


def test_a_statement_is_the_facts_whole_sentence_with_its_date() -> None:
    found = soup(facts.statement(FACT, known(), PAGE))
    fact = known().facts[FACT]
    assert spell_measure(fact.value, fact.unit) in found.get_text()  # type: ignore[arg-type]
    assert one(found, "a.statement__source")["href"] == f"../../limits/#{FACT}"
    assert f"checked {fact.checked}" in found.get_text()


def test_an_unknown_fact_stops_the_build() -> None:
    with pytest.raises(KeyError):
        facts.fact_value("no.such_fact", known(), PAGE)


def test_the_exam_view_shows_what_notes_say_beside_what_is_true() -> None:
    key = next(key for key, fact in known().facts.items() if fact.exam)
    found = one(soup(facts.exam_view((key,), known(), PAGE)), "tbody tr")
    fact = known().facts[key]
    assert fact.exam is not None
    assert fact.exam.says.replace("`", "") in found.get_text()
    assert one(found, ".statement")
    assert one(found, f".verdict-mark--{fact.exam.verdict}")


# --- addresses

ADDRESSES = {
    # target, page that it is seen from, address
    "from the home page": ("limits.md", "index.md", "limits/"),
    "from a page below": ("limits.md", PAGE, "../../limits/"),
    "home from home": ("index.md", "index.md", "./"),
    "home from below": ("index.md", PAGE, "../../"),
    "the index of the same folder": ("inference/index.md", PAGE, "../"),
    "from the index of the folder": (PAGE, "inference/index.md", "serverless/"),
    "the index of another folder": ("monitoring/index.md", PAGE, "../../monitoring/"),
    "a sister": ("inference/real-time.md", PAGE, "../real-time/"),
    "itself": (PAGE, PAGE, "../serverless/"),
    "an anchor": ("limits.md#a.b_c", PAGE, "../../limits/#a.b_c"),
    "an anchor on itself": (f"{PAGE}#limits", PAGE, "#limits"),
    "a query on itself": ("check.md?a=1#x", "check.md", "../check/?a=1#x"),
    "an anchor on an index": ("inference/index.md#how", "index.md", "inference/#how"),
    "a query": ("tags.md?tag=stage:build", "index.md", "tags/?tag=stage:build"),
    "a query and an anchor": ("check.md?a=1#x", PAGE, "../../check/?a=1#x"),
    "a page named in a query": ("check.md?next=a.md", "index.md", "check/?next=a.md"),
    "an asset from home": ("assets/x.js", "index.md", "assets/x.js"),
    "an asset from below": ("assets/x.js", PAGE, "../../assets/x.js"),
    "a folder of assets": ("assets/runtime/", PAGE, "../../assets/runtime/"),
    "the not-found page's home": ("index.md", "404.md", "../"),
}


@pytest.mark.parametrize(("target", "page", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_relative_to_the_page(target: str, page: str, address: str) -> None:
    assert relative_url(target, page) == address


def test_every_page_reaches_every_page_wherever_the_site_lives() -> None:
    home = "https://example.org/some/where/"
    found = sorted(path.relative_to(pages_root()).as_posix() for path in pages_root().rglob("*.md"))
    for page in found:
        for target in found:
            here = urljoin(home, page_url(page))
            assert urljoin(here, relative_url(target, page)) == urljoin(home, page_url(target))


def pages_root():  # type: ignore[no-untyped-def]
    return ROOT / "docs"


# --- life cycles


@pytest.mark.parametrize("key", [k for k, s in known().services.items() if s.status != "current"])
def test_a_badge_shows_status_history_and_replacement(key: str) -> None:
    service = known().services[key]
    found = soup(status.badge(key, known(), PAGE))
    assert one(found, ".status__mark").get_text() == status.WORDS[service.status]
    assert one(found, ".status__name").get_text() == service.label
    dates = [str(time["datetime"]) for time in found.select(".status__history time")]
    assert dates == [event.date for event in service.history]
    assert ("For a new account" in found.get_text()) is bool(service.successor)


@pytest.mark.parametrize("word", status.WORDS)
def test_every_status_has_a_different_mark_and_a_current_service_has_no_badge(word: str) -> None:
    service = Service(label="S", status=word, page="index.md")  # type: ignore[arg-type]
    changed = replace(known(), services={"s": service})
    found = soup(status.badge("s", changed, PAGE))
    marks = found.select(f".status--{word} .status__mark--{word}")
    assert len(marks) == (word != "current")


def test_an_option_shows_the_badge_of_its_service() -> None:
    for key, option in known().options.items():
        if option.service:
            expected = status.badge(option.service, known(), PAGE)
            assert status.badge(key, known(), PAGE) == expected


def test_an_unknown_name_has_no_badge() -> None:
    with pytest.raises(KeyError):
        status.badge("no-such-service", known(), PAGE)


def test_the_status_board_lists_every_service_the_closed_ones_first() -> None:
    rows = soup(status.status_board(known(), "status.md")).select("tbody tr")
    ids = [str(row["id"]).removeprefix("service-") for row in rows]
    current = [known().services[key].status == "current" for key in ids]
    assert sorted(ids) == sorted(known().services)
    assert current == sorted(current)


# --- forms

RUNTIME = SimpleNamespace(
    path="assets/runtime/x/", checker_path="assets/c.zip", total_bytes=1, files=()
)


def frame_of(page: str, knowledge: Knowledge) -> checker_frame.Frame:
    """What a page of the checker is drawn from, without any pages around it."""
    shared = checker_frame.shared(knowledge, {})
    return checker_frame.Frame(knowledge, RUNTIME, page, shared)  # type: ignore[arg-type]


def form_of(decision: str, knowledge: Knowledge | None = None) -> BeautifulSoup:
    """The HTML of a decision's page."""
    frame = frame_of(f"check/{decision}.md", knowledge or known())
    return soup(checker_form.checker(decision, frame))


@pytest.mark.parametrize("decision", known().decisions)
def test_every_question_of_a_form_has_a_label_a_hint_and_a_place_for_its_error(
    decision: str,
) -> None:
    form = one(form_of(decision), "form.check__all")
    for name in known().decisions[decision].fields:
        control = one(form, f"[name={name}]")
        assert one(form, f'label[for="{control["id"]}"]').get_text().strip()
        assert one(form, f"#{control['aria-describedby']}").get_text().strip()
        assert one(form, f"[data-field={name}]")["data-label"] == known().fields[name].label
        assert one(form, f"#{control['id']}-error").has_attr("hidden")


@pytest.mark.parametrize("decision", known().decisions)
def test_a_choice_offers_not_sure_first_and_then_all_its_values(decision: str) -> None:
    form = one(form_of(decision), "form.check__all")
    for select in form.select("select[name]"):
        offered = {str(o["value"]): o.get_text() for o in select.select("option")}
        assert offered == {"": "Not sure", **known().fields[str(select["name"])].values}
        assert next(iter(offered)) == ""


@pytest.mark.parametrize("decision", known().decisions)
def test_an_answer_has_a_priority_only_where_a_rule_leaves_the_choice(
    decision: str,
) -> None:
    form = one(form_of(decision), "form.check__all")
    offered = {
        str(select["data-mark"]): {str(option["value"]) for option in select.select("option")}
        for select in form.select("select[data-mark]")
    }
    expected: dict[str, set[str]] = {}
    for group in session().ruleset(decision).options.values():
        for rule in group:
            mark = {"prefer": "hard", "need": "soft"}.get(rule.rule.strength)
            for field in rule.fields if mark else ():
                expected.setdefault(field, {""}).add(str(mark))
    assert offered == expected


@pytest.mark.parametrize("decision", known().decisions)
def test_the_questions_are_in_their_groups_and_each_id_is_unique(decision: str) -> None:
    found = form_of(decision)
    ids = [str(element["id"]) for element in found.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    for box in found.select("fieldset"):
        groups = {known().fields[str(f["name"])].group for f in box.select("[name]")}
        assert [checker_form.GROUPS[g] for g in groups] == [one(box, "legend").get_text()]


def test_without_scripts_a_decision_has_its_options_and_says_what_is_missing() -> None:
    found = form_of("inference")
    assert "JavaScript" in one(found, "noscript").get_text()
    assert len(found.select(".check__options li")) == len(known().decisions["inference"].options)


def test_the_hub_has_the_text_box_and_every_decision_in_its_group() -> None:
    found = soup(checker_hub.hub(frame_of("check/index.md", known())))
    assert len(found.select("[data-example]")) == 3
    for group in found.select(".check-group"):
        stage = str(one(group, "h2")["id"]).removeprefix("stage-")
        labels = [one(door, "strong").get_text() for door in group.select(".check-door")]
        assert labels == [d.label for d in known().decisions.values() if d.stage == stage]


# --- practice


@pytest.mark.parametrize("key", list(known().scenarios)[::100])
def test_a_scenario_links_to_the_checker_with_its_own_answers(key: str) -> None:
    scenario = known().scenarios[key]
    found = soup(scenarios.practice([(key, scenario)], known(), PAGE))
    address = urlsplit(str(one(found, "a.checker-link")["href"]))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert query == dict(scenario.answers)
    assert (address.path, address.fragment) == (f"../../check/{scenario.decision}/", "")


def test_answers_with_signs_of_an_address_survive_the_link() -> None:
    answers = {"payload": "< 4 MB & more=less #1 +?/100%"}
    scenario = Scenario(
        text="T",
        decision="inference",
        answers=answers,
        expect=("batch-transform",),
        why="W",
        page=PAGE,
    )
    found = soup(scenarios.practice([("s", scenario)], known(), PAGE))
    address = urlsplit(str(one(found, "a.checker-link")["href"]))
    assert parse_qs(address.query)["payload"] == [answers["payload"]]


@pytest.mark.parametrize("option", known().options)
def test_the_limits_of_an_option_are_its_rules(option: str) -> None:
    found = soup(rules.limits_of(option, known(), PAGE))
    hard = {k for k, r in known().rules.items() if option in r.options and r.strength == "must"}
    wishes = {k for k, r in known().rules.items() if option in r.options and r.strength == "need"}
    drawn = {str(item["id"]).removeprefix("rule-") for item in found.select("ul.limits > li")}
    drawn_wishes = {
        str(i["id"]).removeprefix("rule-") for i in found.select("ul.limits--wishes li")
    }
    assert drawn == hard | wishes
    assert drawn_wishes == wishes


# --- links between pages


def test_a_typed_link_shows_on_both_ends_with_its_own_words() -> None:
    both = {
        "a.md": read_page("a.md", "---\nlinks:\n  replaces: [b.md]\n---\n# A\n"),
        "b.md": read_page("b.md", "# B\n"),
    }
    found = related.connect(both, tagged_sections(both))
    assert related.typed_links("a.md", found) == {"Replaces": ["b.md"]}
    assert related.typed_links("b.md", found) == {"Replaced by": ["a.md"]}
    assert one(soup(see_also.see_also("b.md", found, known())), "nav a").get_text() == "A"


def test_two_pages_that_name_each_other_are_listed_once() -> None:
    both = {
        name: read_page(name, f"---\nlinks:\n  compare: [{other}]\n---\n# {name}\n")
        for name, other in (("a.md", "b.md"), ("b.md", "a.md"))
    }
    found = related.connect(both, tagged_sections(both))
    assert related.typed_links("a.md", found) == {"Compare with": ["b.md"]}


def test_a_page_without_links_shows_nothing() -> None:
    alone = related.connect({"a.md": read_page("a.md", "# A\n")}, [])
    assert see_also.see_also("a.md", alone, known()) == ""


PAGE_OPTION = "serverless-inference"


def test_a_clash_between_two_pages_says_why_and_a_near_page_what_it_shares() -> None:
    pages = read_pages(pages_root())
    found = related.connect(pages, tagged_sections(pages))
    drawn = soup(see_also.see_also(PAGE, found, known()))
    groups = {str(dt.get_text()): dt.find_next("dd") for dt in drawn.select("dt")}
    says = next(clash.says for clash in known().clashes.values() if PAGE_OPTION in clash.one)
    assert says.rstrip(".") in str(groups["Clashes with"])
    near = groups["Related"].select("li")  # type: ignore[union-attr]
    assert near
    assert all(item.select(".see-also__why") for item in near)


def test_a_pages_tags_are_at_its_end_by_name_and_open_the_explorer() -> None:
    pages = read_pages(pages_root())
    found = related.connect(pages, tagged_sections(pages))
    links = soup(see_also.see_also(PAGE, found, known())).select("a.section-tag")
    assert [str(link["data-tag"]) for link in links] == list(pages[PAGE].tags)
    for link in links:
        assert link.get_text() == known().tags[str(link["data-tag"])].label
        assert str(link["href"]).endswith(f"/tags/?tag={link['data-tag']}")


def test_a_page_says_between_which_days_its_facts_were_checked() -> None:
    first, last = (key for key in ("serverless.max_payload", "model_monitor.status"))
    dates = sorted(known().facts[key].checked for key in (first, last))
    body = f"""# A\n\n{{{{ fact("{first}") }}}} {{{{ exam_view("{last}") }}}}\n"""
    alone = related.connect({"a.md": read_page("a.md", body)}, [])
    drawn = soup(see_also.see_also("a.md", alone, known()))
    shown = [str(time["datetime"]) for time in drawn.select(".see-also__checked time")]
    assert shown == sorted(set(dates))


def test_a_title_is_free_of_its_tags_and_the_body_knows_its_offset() -> None:
    page = read_page("a.md", "---\ntags: [one, 'no']\n---\n\n# Title `#exam-tip` `#core`\n\nText\n")
    assert (page.title, page.tags) == ("Title", ("one", "no"))
    assert page.offset == 3
    assert page.body.startswith("\n# Title")


def test_every_page_of_the_site_has_a_title_and_a_description() -> None:
    found = read_pages(pages_root())
    assert len(found) > 20
    assert [p.path for p in found.values() if not p.description or p.title == p.path] == []


# --- section tags


def rendered(text: str) -> tuple[BeautifulSoup, Markdown]:
    markdown = Markdown(extensions=["toc", "macros.pages.section_tags"])
    return soup(markdown.convert(text)), markdown


def chips(found: BeautifulSoup | Tag) -> list[str]:
    """The tags that the chips show, each shown by its name for readers."""
    found_chips = found.select(".section-tags a.section-tag")
    for chip in found_chips:
        assert chip.get_text() == label_of(str(chip["data-tag"]))
    return [f"#{chip['data-tag']}" for chip in found_chips]


HEADINGS = {
    # source, id, title in the table of contents, chips
    "one tag": ("## Cold start `#exam-tip`", "cold-start", "Cold start", ["#exam-tip"]),
    "several tags": (
        "## Cold start `#exam-tip` `#core` `#kind:limit`",
        "cold-start",
        "Cold start",
        ["#exam-tip", "#core", "#kind:limit"],
    ),
    "no space between": (
        "## Cold start `#exam-tip``#core`".replace("``", "` `"),
        "cold-start",
        "Cold start",
        ["#exam-tip", "#core"],
    ),
    "code before the tag": (
        "## The `timeout` setting `#core`",
        "the-timeout-setting",
        "The timeout setting",
        ["#core"],
    ),
    "code right before the tag": (
        "## Use `timeout` `#core`",
        "use-timeout",
        "Use timeout",
        ["#core"],
    ),
    "a deeper heading": ("#### Deep `#core`", "deep", "Deep", ["#core"]),
    "code that is no tag": ("## Call `#Not A Tag`", "call-not-a-tag", "Call #Not A Tag", []),
    "code without a hash": ("## Call `invoke`", "call-invoke", "Call invoke", []),
    "a tag in the middle": (
        "## The `#exam-tip` notation",
        "the-exam-tip-notation",
        "The #exam-tip notation",
        [],
    ),
    "no code": ("## Plain", "plain", "Plain", []),
    "emphasis before the tag": ("## *Very* slow `#core`", "very-slow", "Very slow", ["#core"]),
}


@pytest.mark.parametrize(("text", "anchor", "title", "tags"), HEADINGS.values(), ids=HEADINGS)
def test_a_headings_tags_become_chips_and_stay_out_of_id_and_contents(
    text: str, anchor: str, title: str, tags: list[str]
) -> None:
    found, markdown = rendered(f"# Page\n\n{text}\n\nWords.\n")
    (entry,) = markdown.toc_tokens[0]["children"]  # type: ignore[attr-defined]
    heading = found.select("h2, h3, h4")[0]
    assert (entry["id"], entry["name"]) == (anchor, title)
    assert heading["id"] == anchor
    assert heading.get_text() == title
    assert chips(found) == tags
    assert [code.get_text() for code in found.select("code") if code.get_text()[1:] in tags] == []


LEAD_INS = {
    # source, chips, text that stays
    "paragraph": ("**Pricing:** `#exam-tip` by the second.", ["#exam-tip"], "by the second."),
    "list item": ("- **Pricing:** `#exam-tip` by the second.", ["#exam-tip"], "by the second."),
    "several": ("**Pricing:** `#core` `#exam-tip` words", ["#core", "#exam-tip"], "words"),
    "nothing behind": ("**Pricing** `#core`", ["#core"], ""),
    "code that is no tag": ("**Pricing:** `unit` words", [], "words"),
    "a tag further on": ("**Pricing:** see `#core` there", [], "there"),
    "not bold": ("Pricing: `#core` words", [], "words"),
    "bold later": ("About **pricing** `#core` words", [], "words"),
}


@pytest.mark.parametrize(("text", "tags", "stays"), LEAD_INS.values(), ids=LEAD_INS)
def test_the_tags_of_a_bold_lead_in_become_chips_behind_it(
    text: str, tags: list[str], stays: str
) -> None:
    found, _ = rendered(text)
    assert chips(found) == tags
    assert found.get_text().strip().endswith(stays)
    assert len(found.select("[id^=tagged-]")) == bool(tags)
    written = len(re.findall(r"`[^`]+`", text))
    assert len(found.select("code")) == written - len(tags)


def test_a_chip_opens_the_tag_explorer_on_its_tag() -> None:
    found, _ = rendered("## Cold start `#kind:limit`\n")
    assert one(found, "a.section-tag")["href"] == "/tags.md?tag=kind:limit"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", "tags.md?tag=core"),
        ("limits.md", "tags.md?tag=core"),
        ("a/b.md", "../tags.md?tag=core"),
    ],
)
def test_a_chip_is_seen_from_the_pages_file_where_the_engine_tells_it(
    path: str, address: str
) -> None:
    page = SimpleNamespace(path=path)
    markdown = Markdown(
        extensions=["macros.pages.section_tags", ContextExtension(page=page, config={})]
    )
    found = soup(markdown.convert("## Cold start `#core`\n"))
    assert one(found, "a.section-tag")["href"] == address


ZENSICAL = {
    # page, HTML of a macro, what Zensical has to get
    "a sister": ("a/b.md", '<a class="x" href="../c/#d">', '<a class="x" href="c/#d">'),
    "from the root": ("a/b.md", '<script src="../../x.js">', '<script src="../x.js">'),
    "the folder itself": ("a/b.md", '<a href="../">', '<a href="./">'),
    "an anchor in the folder": ("a/b.md", '<a href="../#x">', '<a href="./#x">'),
    "a query of the folder": ("a/b.md", '<a href="../?x">', '<a href="./?x">'),
    "an anchor": ("a/b.md", '<a href="#x">', '<a href="#x">'),
    "another host": ("a/b.md", '<a href="https://x.org/../">', '<a href="https://x.org/../">'),
    "data of a script": ("a/b.md", '<p data-href="../x">', '<p data-href="../x">'),
    "an index": ("a/index.md", '<a href="../c/">', '<a href="../c/">'),
}


@pytest.mark.parametrize(("page", "markup", "wanted"), ZENSICAL.values(), ids=ZENSICAL)
def test_zensical_gets_addresses_as_seen_from_the_pages_file(
    page: str, markup: str, wanted: str
) -> None:
    assert for_zensical(markup, page) == wanted


def test_two_lead_ins_with_the_same_words_have_different_ids() -> None:
    found, _ = rendered("**Cost:** `#core` a\n\n**Cost:** `#core` b\n")
    ids = [str(p["id"]) for p in found.select("p[id]")]
    assert len(ids) == len(set(ids)) == 2


def test_the_explorer_and_the_page_agree_on_every_anchor() -> None:
    text = (
        "# Page\n\n## Cold start `#exam-tip`\n\n**Pricing:** `#core` x\n\n## Cold start `#core`\n\n"
        "- **Pricing:** `#exam-tip` y\n\n### The `timeout` setting `#core`\n"
    )
    found, _ = rendered(text)
    anchors = [section.anchor for section in sections_of(read_page("a.md", text)) if section.own]
    ids = [str(element["id"]) for element in found.select("h2[id], h3[id], [id^=tagged-]")]
    assert anchors == ids


def test_each_cell_of_a_table_names_its_column_for_narrow_screens() -> None:
    for key, table in known().tables.items():
        found = soup(tables.comparison(key, known(), PAGE))
        for row in found.select("tbody tr"):
            names = [str(cell["data-label"]) for cell in row.select("td")]
            assert names == list(table.columns), key
