"""Marks: what a person makes hard or soft counts so, but for limits of the platform."""

from collections.abc import Mapping
from typing import Any

from checker.knowledge.answers import Answer
from tests import support
from tests.judging import rejected, verdict_on
from tests.support import as_text, known


def _rules(strength: str) -> list[str]:
    return sorted(k for k, r in known().rules.items() if r.strength == strength and r.era != "exam")


def _rejects(key: str, answers: Mapping[str, Answer], **marks: Any) -> dict[str, bool]:
    """Whether a rule rejects, for each of its options."""
    rule = known().rules[key]
    found: dict[str, set[str]] = {}
    for decision in support.decisions_of(rule):
        found |= rejected(decision, answers, **marks)
    return {option: key in found.get(option, set()) for option in rule.options}


def _everyone(key: str, value: bool) -> dict[str, bool]:
    return dict.fromkeys(known().rules[key].options, value)


def test_a_need_rejects_until_the_person_makes_it_soft() -> None:
    for key in _rules("need"):
        answers = support.first_answers(known().rules[key], wanted=False)
        assert _rejects(key, answers) == _everyone(key, True), key
        assert _rejects(key, answers, soft=frozenset(answers)) == _everyone(key, False), key


def test_a_preference_rejects_only_when_the_person_makes_it_hard() -> None:
    for key in _rules("prefer"):
        answers = support.first_answers(known().rules[key], wanted=False)
        assert _rejects(key, answers) == _everyone(key, False), key
        assert _rejects(key, answers, hard=frozenset(answers)) == _everyone(key, True), key


def test_no_mark_of_a_person_softens_a_limit_of_the_platform() -> None:
    soft = frozenset(known().fields)
    for key in _rules("must"):
        answers = support.first_answers(known().rules[key], wanted=False)
        assert _rejects(key, answers, soft=soft) == _everyone(key, True), key


def test_marks_reach_the_engine_by_the_way_that_forms_take() -> None:
    rule = known().rules["INF012"]
    answers = as_text(support.first_answers(rule, wanted=False))
    out, still_in = (
        {item["option"] for item in verdict_on("inference", answers, soft=soft)["rejected"]}
        for soft in ((), list(answers))
    )
    assert set(rule.options) <= out
    assert not set(rule.options) & still_in
