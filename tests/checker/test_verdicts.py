"""What every verdict keeps, whatever is answered."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, seed, settings

from checker.knowledge.answers import Given
from checker.knowledge.model import Event
from checker.rules.evaluation import evaluate
from checker.session import Session
from tests import situations, support
from tests.judging import (
    ORDERED,
    Json,
    Situation,
    judged,
    options_of,
    rejected,
    result_of,
    verdict_on,
)
from tests.support import as_text, known, oracle


def _items(found: Json) -> list[Json]:
    return [*found["also"], *found["unclear"], *found["rejected"]]


def _reasons(found: Json) -> list[Json]:
    return [
        *found["reasons"],
        *found["conditions"],
        *(r for i in _items(found) for r in i["reasons"]),
    ]


def every_option_stands_in_one_place(decision: str, _: Any, found: Json) -> None:
    named = [*found["recommend"], *(item["option"] for item in _items(found))]
    assert sorted(named) == sorted(options_of(decision))


def it_is_plain_json(_: str, __: Any, found: Json) -> None:
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def every_rejection_has_a_broken_rule(decision: str, answers: Any, found: Json) -> None:
    shown = {x["option"]: {r["rule"] for r in x["reasons"]} for x in found["rejected"]}
    assert shown == rejected(decision, answers)
    assert {r["outcome"] for x in found["rejected"] for r in x["reasons"]} <= {"broken"}


def every_reason_is_a_whole_sentence(_: str, __: Any, found: Json) -> None:
    for reason in _reasons(found):
        assert reason["sentence"].strip().endswith(".")
        assert not set("{}") & set(reason["sentence"])


def every_reason_carries_its_fact_with_sources_and_date(_: str, __: Any, found: Json) -> None:
    for reason in _reasons(found):
        rule = known().rules[reason["rule"]]
        assert (reason["fact"] or {}).get("id") == rule.fact
        if rule.fact:
            fact = known().facts[rule.fact]
            titles = [known().sources[citation.source].title for citation in fact.sources]
            assert reason["fact"]["checked"] == fact.checked
            assert [source["title"] for source in reason["fact"]["sources"]] == titles


def the_smallest_way_back_stands_first(_: str, answers: Any, found: Json) -> None:
    sizes = []
    for item in found["rejected"]:
        changes = item["flip"]["changes"] if item["flip"] else []
        said = sum(change["field"] in answers for change in changes)
        sizes.append(len(changes) + said if changes else 99)
    assert sizes == sorted(sizes)


def a_question_leads_where_it_says(decision: str, answers: Any, found: Json) -> None:
    if question := found["question"]:
        assert question["field"] not in answers
        words = {shown: value for value, shown in known().fields[question["field"]].values.items()}
        for lead in question["leads"]:
            told = words.get(lead["answer"], lead["answer"])
            then = support.typed({**as_text(answers), question["field"]: told})
            assert list(result_of(decision, then).recommend) == lead["recommend"], lead


def its_answers_give_the_same_result_again(decision: str, answers: Any, found: Json) -> None:
    again = result_of(decision, support.typed(found["answers"]))
    assert again.key == result_of(decision, answers).key


def the_exam_view_is_what_came_out_without_todays_rules(
    decision: str, answers: Any, found: Json
) -> None:
    then = evaluate(EXAM_ERA.ruleset(decision), Given(answers), era="exam")
    differs = (then.state, list(then.recommend)) != (found["state"], found["recommend"])
    expected = list(then.recommend) if differs and then.recommend else None
    assert (found["exam"] or {}).get("recommend") == expected


def a_warning_names_each_recommended_option_that_is_not_current(
    _: str, __: Any, found: Json
) -> None:
    old = {o for o in found["recommend"] if _status(o) != "current"}
    assert {warning["option"] for warning in found["warnings"]} == old


def what_is_certain_stands_whatever_else_is_answered(
    decision: str, answers: Any, found: Json
) -> None:
    if found["confidence"] == "certain":
        for name in set(known().decisions[decision].fields) - answers.keys():
            for value in support.values(name):
                then = result_of(decision, {**answers, name: value})
                assert list(then.recommend) == found["recommend"], (name, value)


def what_is_missing_is_not_answered_or_still_open(_: str, answers: Any, found: Json) -> None:
    open_fields = {f for r in found["conditions"] for f in _fields(r["rule"])}
    asked = {found["question"]["field"]} if found["question"] else set()
    assert set(found["missing"]) <= (open_fields | asked)
    assert answers.keys().isdisjoint(found["missing"])
    if asked and found["state"] != "decided":
        assert found["missing"][0] in asked


def a_number_beyond_a_limit_is_flagged_and_nothing_else_is(
    decision: str, answers: Any, found: Json
) -> None:
    breaking = {rule for rules in rejected(decision, answers).values() for rule in rules}
    limits = {
        rule
        for rule in breaking
        if known().rules[rule].strength == "must"
        and any(
            op in ORDERED and oracle({field: {op: limit}}, answers) is False
            for field, op, limit in support.tests_on(known().rules[rule].when)
        )
    }
    assert ("limit-exceeded" in found["flags"]) is bool(limits)


def what_is_tied_or_open_is_flagged_as_missing(decision: str, _: Any, found: Json) -> None:
    tied = found["state"] == "narrowed" and not known().decisions[decision].together
    lacks = tied or found["state"] == "ask-for-more" or bool(found["conditions"])
    assert ("missing-info" in found["flags"]) is lacks


def _fields(rule: str) -> set[str]:
    return {field for field, _, _ in support.tests_on(known().rules[rule].when)}


def _status(option: str) -> str:
    service = known().options[option].service
    return known().services[service].status if service else "current"


EXAM_ERA = Session(
    replace(known(), rules={k: rule for k, rule in known().rules.items() if rule.era != "today"})
)
PROMISES = (
    every_option_stands_in_one_place,
    it_is_plain_json,
    every_rejection_has_a_broken_rule,
    every_reason_is_a_whole_sentence,
    every_reason_carries_its_fact_with_sources_and_date,
    the_smallest_way_back_stands_first,
    a_question_leads_where_it_says,
    its_answers_give_the_same_result_again,
    the_exam_view_is_what_came_out_without_todays_rules,
    a_warning_names_each_recommended_option_that_is_not_current,
    what_is_certain_stands_whatever_else_is_answered,
    what_is_missing_is_not_answered_or_still_open,
    a_number_beyond_a_limit_is_flagged_and_nothing_else_is,
    what_is_tied_or_open_is_flagged_as_missing,
)


# One seed: all promises see the same verdicts, each of which is worked out once.
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@seed(2026)
@settings(max_examples=20)
@given(case=situations.situations())
def test_in_every_verdict(promise: Callable[..., None], case: Situation) -> None:
    promise(*case, judged(*case))


@given(situations.exact_situations())
def test_answers_in_another_order_give_the_same_result(case: Situation) -> None:
    decision, answers = case
    backwards = dict(reversed(answers.items()))
    assert result_of(decision, answers) == result_of(decision, backwards)


def test_a_limit_is_exceeded_by_a_quantity_and_not_by_a_choice_beside_it() -> None:
    flags = verdict_on("optimization", {"improve": "chip", "model_kind": "generative"})["flags"]
    assert "limit-exceeded" not in flags


OLD = sorted(o for o in known().options if _status(o) != "current" and support.leading_to(o))


@pytest.mark.parametrize("option", OLD)
def test_a_warning_tells_the_latest_event_of_a_service_and_what_to_use_instead(option: str) -> None:
    record = known().options[option]
    key = record.service or ""
    service = known().services[key]
    longer = replace(service, history=(Event(date="2017", what="It began."), *service.history))
    session = Session(replace(known(), services={**known().services, key: longer}))
    answers = as_text(support.leading_to(option) or {})
    found = session.decide([record.decision], answers)["verdicts"][record.decision]
    (told,) = (warning for warning in found["warnings"] if warning["option"] == option)
    latest = max(service.history, key=lambda event: event.date)
    assert (told["status"], told["since"]) == (service.status, latest.date)
    assert told["sentence"] == latest.what
    assert (told["instead"], told["successor"]) == (service.successor, record.successor)
    assert ("lifecycle" in found["flags"]) is (service.status in ("closed-to-new", "legacy"))
    assert ("discontinued" in found["flags"]) is (service.status == "ended")
