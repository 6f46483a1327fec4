"""Facts and life cycles on a page: numbers with source and date, statements, badges."""

import re
from dataclasses import replace

import pytest

from checker.formatting import spell_measure
from checker.knowledge.model import Service
from macros.draw import facts, status
from macros.draw.home import recent_changes
from tests.markup import FACT, PAGE, one, shown, soup
from tests.support import known

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


def test_a_source_names_its_publisher_once() -> None:
    for key, fact in known().facts.items():
        text = " ".join(facts.source_links(fact, known()))
        assert not re.search(r"\b(\w+): \1\b", text), key


def test_a_recent_change_says_its_status_once() -> None:
    for item in soup(recent_changes(known(), "index.md")).select("li"):
        mark = one(item, ".status__mark").get_text()
        assert item.get_text().count(mark) == 1
