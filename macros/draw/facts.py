"""Facts in the text: a number with its source and date, a sourced sentence, the exam's view."""

import re

from checker.formatting import spell_measure
from checker.knowledge.model import Fact, Knowledge
from checker.knowledge.references import REFERENCE, fact_text, measure
from macros.draw.html import Html, boxed_table, code, data_row, el, head_row, join
from macros.pages.urls import relative_url

_CODE = re.compile(r"`([^`]+)`")


def owner(reference: str, known: Knowledge) -> tuple[str, Fact]:
    """The fact behind ``service.property`` or ``service.property.part``."""
    key = reference if reference in known.facts else reference.rpartition(".")[0]
    return key, known.facts[key]


def fact_value(reference: str, known: Knowledge, page: str) -> Html:
    """A fact's number inline, with its source and date on hover and focus."""
    key, fact = owner(reference, known)
    shown = spell_measure(*measure(reference, known)).replace(" ", "\u00a0")
    link = el("a", {"class": "fact__value", "href": relative_url(f"limits.md#{key}", page)}, shown)
    return el("span", {"class": "fact"}, link, _card(fact, known))


def _card(fact: Fact, known: Knowledge) -> Html:
    body = [el("span", {"class": "fact__label"}, fact.label), " ", *source_links(fact, known)]
    if fact.disputed:
        body.append(el("span", {"class": "fact__mark"}, " Sources disagree."))
    # The search's parser ends an exclusion at the first inner element of the same name.
    return el("small", {"class": "fact__card", "data-search-exclude": True}, *body)


def source_links(fact: Fact, known: Knowledge) -> list[Html]:
    """The citations of a fact as links, and the day they were checked."""
    found = []
    for name in dict.fromkeys(citation.source for citation in fact.sources):
        source = known.sources[name]
        named = source.title.startswith(source.publisher)
        text = source.title if named else f"{source.publisher}: {source.title}"
        found.append(el("a", {"href": source.url}, text) if source.url else el("span", None, text))
    checked = el("time", {"datetime": fact.checked}, fact.checked)
    return [join(found, "; "), join([", checked ", checked, "."])]


def statement(reference: str, known: Knowledge, page: str) -> Html:
    """A fact's whole sentence with its sources and date."""
    key, fact = owner(reference, known)
    where = relative_url(f"limits.md#{key}", page)
    note = el("a", {"class": "statement__source", "href": where}, f"checked {fact.checked}")
    return el("span", {"class": "statement"}, sentence(fact, known), " ", note)


def sentence(fact: Fact, known: Knowledge) -> Html:
    """A fact's text with its code spans."""
    return with_code(fact_text(fact, known))


def with_code(text: str) -> Html:
    """Plain text with backticks as code, everything else escaped."""
    parts = _CODE.split(text)
    return join([code(p) if i % 2 else p for i, p in enumerate(parts)])


def with_facts(text: str, known: Knowledge, page: str) -> Html:
    """Text of the YAML with its references as facts that carry their source."""
    parts = REFERENCE.split(text)
    return join(
        [fact_value(p, known, page) if i % 2 else with_code(p) for i, p in enumerate(parts)]
    )


_VERDICTS = {
    "confirmed": "Still right",
    "wrong": "Wrong",
    "outdated": "Outdated",
    "imprecise": "Imprecise",
    "unverified": "Unverified",
}


def exam_view(references: tuple[str, ...], known: Knowledge, page: str) -> Html:
    """What exam-era notes say, beside what is true today."""
    rows = [_exam_row(reference, known, page) for reference in references]
    head = head_row("Fact", "Exam-era notes say", "Today")
    return boxed_table("Exam view and today", head, rows, "exam-view")


def _exam_row(reference: str, known: Knowledge, page: str) -> Html:
    _, fact = owner(reference, known)
    verdict = fact.exam.verdict if fact.exam else "confirmed"
    mark = el("span", {"class": f"verdict-mark verdict-mark--{verdict}"}, _VERDICTS[verdict])
    says = join([mark, " ", with_code(fact.exam.says)]) if fact.exam else "They do not mention it."
    return data_row(fact.label, says, statement(reference, known, page))
