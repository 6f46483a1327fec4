"""Every fact is sourced, dated and readable, and its number is in one place."""

import re
from collections.abc import Iterator

from checker.formatting import format_measure
from checker.knowledge.model import Citation, Fact
from checker.knowledge.references import fact_text, fill, measure
from checker.units import convert
from tests import support
from tests.support import known

FACTS = known().facts
SPEED = "monitor.immediate_detection"


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


def test_a_facts_text_ends_as_a_sentence_and_is_finished() -> None:
    for key, fact in FACTS.items():
        assert fact_text(fact, known()).strip().endswith((".", "!", "?", ")", '"', "`")), key
        for text in texts(fact):
            assert not re.search(r"\b(TODO|FIXME|XXX|TBD|lorem ipsum)\b|\?\?", text), key


def test_a_dispute_differs_from_what_we_go_by() -> None:
    for key, fact in FACTS.items():
        for dispute in fact.disputed:
            assert (dispute.value, dispute.unit) != (fact.value, fact.unit), key


def test_a_source_is_a_secure_page_or_a_published_api_model() -> None:
    for key, source in known().sources.items():
        if source.url is None:
            assert source.title.startswith("AWS API model of "), key
        else:
            assert re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", source.url), key


def test_every_source_is_cited_by_some_fact() -> None:
    cited = {c.source for fact in FACTS.values() for c in citations(fact)}
    assert known().sources.keys() - cited == set()


SENTENCES = {
    **{f"{key}-reason": rule.reason for key, rule in known().rules.items()},
    **{f"{key}-support": rule.support for key, rule in known().rules.items() if rule.support},
    **{f"{key}-says": clash.says for key, clash in known().clashes.items()},
    **{f"{key}-fix_one": clash.fix_one for key, clash in known().clashes.items()},
    **{f"{key}-fix_other": clash.fix_other for key, clash in known().clashes.items()},
}


def test_a_rules_sentence_ends_with_a_full_stop() -> None:
    assert [key for key, text in SENTENCES.items() if not fill(text, known()).endswith(".")] == []


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


def minutes(fact: str, part: str | None = None) -> float:
    """A duration of a fact, in minutes."""
    value, unit = measure(f"{fact}.{part}" if part else fact, known())
    assert isinstance(value, float | int)
    found = convert(value, unit, "min")
    assert found is not None
    return found


def test_what_a_schedule_guarantees_is_its_interval_its_delay_and_its_run() -> None:
    soonest = minutes("monitor.schedule_granularity") + minutes(SPEED, "start_delay")
    assert minutes(SPEED, "soonest") == soonest
    for run in ("data_quality_and_explainability", "bias_and_model_quality"):
        assert minutes(SPEED, f"sure_{run}") == soonest + minutes("monitor.max_runtime", run), run
