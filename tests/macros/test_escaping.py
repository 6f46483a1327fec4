"""Hostile text in tables, facts, forms and attributes stays text."""

from dataclasses import replace

import pytest

from macros.draw import facts, tables
from macros.draw.html import Html, el, join
from tests.markup import FACT, PAGE, form_of, one, soup, with_table
from tests.support import known

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
