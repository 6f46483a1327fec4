"""Every fact is sourced, dated and readable, and its number stands in one place."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from checker.knowledge.model import Citation, Fact
from checker.knowledge.references import REFERENCE, fact_text, fill
from checker.units import format_measure
from tests import support
from tests.support import known

FACTS = known().facts
each_fact = pytest.mark.parametrize("key", FACTS)


def texts(fact: Fact) -> Iterator[str]:
    """All words of a fact."""
    yield from (fact.label, fact.text, fact.note or "", fact.topic)
    yield from (part.label or "" for part in fact.parts.values())
    yield from (citation.says for citation in citations(fact))
    yield from (dispute.says for dispute in fact.disputed)
    yield fact.exam.says if fact.exam else ""


def citations(fact: Fact) -> Iterator[Citation]:
    yield from fact.sources
    for dispute in fact.disputed:
        yield from dispute.sources


@each_fact
def test_a_fact_is_dated_and_has_sources_that_say_something(key: str) -> None:
    checked = FACTS[key].checked
    assert date.fromisoformat(checked).isoformat() == checked
    assert FACTS[key].sources
    for citation in citations(FACTS[key]):
        assert known().sources[citation.source].title.strip()
        assert citation.says.strip()


@each_fact
def test_a_facts_text_fills_with_nothing_left_open_or_unfinished(key: str) -> None:
    fact = FACTS[key]
    shown = fact_text(fact, known())
    assert shown.strip().endswith((".", "!", "?", ")", '"', "`"))
    assert not re.search(r"[{}]", re.sub(r"`[^`]*`", "", shown))
    own = {"value": (fact.value, fact.unit)} if fact.value is not None else {}
    own |= {name: (part.value, part.unit) for name, part in fact.parts.items()}
    for name in REFERENCE.findall(fact.text):
        if name in own:
            assert format_measure(*own[name]) in shown
    for text in texts(fact):
        assert not re.search(r"\b(TODO|FIXME|XXX|TBD|lorem ipsum)\b|\?\?", text)


@pytest.mark.parametrize("key", [key for key, fact in FACTS.items() if fact.disputed])
def test_a_dispute_differs_from_what_we_go_by(key: str) -> None:
    fact = FACTS[key]
    for dispute in fact.disputed:
        assert (dispute.value, dispute.unit) != (fact.value, fact.unit)
        assert dispute.sources


@pytest.mark.parametrize("key", known().sources)
def test_a_source_is_a_secure_page_or_a_published_api_model(key: str) -> None:
    source = known().sources[key]
    if source.url is None:
        assert source.title.startswith("AWS API model of ")
    else:
        assert re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", source.url)


@pytest.mark.parametrize("key", known().sources)
def test_a_source_is_cited_by_some_fact(key: str) -> None:
    assert key in {c.source for fact in FACTS.values() for c in citations(fact)}


SENTENCES = {
    **{f"{key}-reason": rule.reason for key, rule in known().rules.items()},
    **{f"{key}-support": rule.support for key, rule in known().rules.items() if rule.support},
    **{f"{key}-says": clash.says for key, clash in known().clashes.items()},
    **{f"{key}-fix_one": clash.fix_one for key, clash in known().clashes.items()},
    **{f"{key}-fix_other": clash.fix_other for key, clash in known().clashes.items()},
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES)
def test_a_rules_sentence_fills_with_nothing_left_open(text: str) -> None:
    shown = fill(text, known())
    assert shown.endswith(".")
    assert not set("{}") & set(shown)


def test_changing_a_fact_changes_every_sentence_that_rests_on_it() -> None:
    key = "serverless.max_payload"
    fact = FACTS[key]
    resting = [text for text in SENTENCES.values() if f"{{{key}}}" in text]
    shown = format_measure(*(fact.value, fact.unit))  # type: ignore[arg-type]
    assert resting
    assert all(shown in fill(text, known()) for text in resting)


def test_a_place_in_the_yaml_is_known_for_every_fact() -> None:
    lines = [support.document().lines[("facts", key)] for key in FACTS]
    assert lines == sorted(set(lines))
