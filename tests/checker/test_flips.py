"""Ways back: the smallest change that brings an option back is real and as small as can be."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Rule
from checker.rules.conditions import Bound, compile_condition, leaves, truth
from checker.rules.edges import solving
from checker.rules.evaluation import Result, evaluate
from checker.rules.incremental import Tally
from checker.session import Session
from checker.units import Interval
from tests import situations, support
from tests.judging import (
    Situation,
    final,
    flip_of,
    options_of,
    payload_of,
    rejected,
    result_of,
    single_changes,
    unmet,
    verdict_on,
)
from tests.support import as_text, exactly, known


def flip_cases() -> st.SearchStrategy[tuple[str, dict[str, Answer], str]]:
    """A situation, and one of its options that is not the recommendation."""

    def with_option(case: Situation) -> st.SearchStrategy[tuple[str, dict[str, Answer], str]]:
        others = sorted(set(options_of(case[0])) - set(result_of(*case).recommend))
        return st.tuples(st.just(case[0]), st.just(case[1]), st.sampled_from(others))

    def has_others(case: Situation) -> bool:
        return set(options_of(case[0])) > set(result_of(*case).recommend)

    return situations.exact_situations().filter(has_others).flatmap(with_option)


def where(decision: str, result: Result, option: str) -> str:
    """The status of an option in a result: recommended, tied, allowed or rejected."""
    if option in result.recommend:
        alone = result.state == "decided" or known().decisions[decision].together
        return "recommended" if alone else "tied"
    return "rejected" if result.standings[option].rejected else "allowed"


@settings(max_examples=60)
@given(situations.exact_situations(), situations.exact_situations())
def test_a_tally_after_changes_stands_where_all_rules_evaluated_anew_stand(
    before: Situation, after: Situation
) -> None:
    decision, answers = before
    changes = dict(list(after[1].items())[:3])
    ruleset = support.session().ruleset(decision)
    anew = evaluate(ruleset, Given({**answers, **changes}))
    position = Tally(ruleset, Given(answers)).after(changes)
    assert (position.key, position.unmet) == (anew.key, anew.unmet)
    assert position.left == {o for o, s in anew.standings.items() if not s.rejected}


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_brings_its_option_to_where_it_says(case: tuple[str, Any, str]) -> None:
    decision, answers, option = case
    if flip := flip_of(*case):
        # By the text that a form would hold, so that what is offered can be typed.
        changed = support.typed({**as_text(answers), **as_text(flip.changes)})
        assert where(decision, result_of(decision, changed), option) == flip.then
        assert flip.then in ("recommended", "tied", "allowed")


def inside(band: Interval) -> list[Interval]:
    """Numbers near both ends of a band that are in it; a band without an end has one in sight."""
    high = band.hi if math.isfinite(band.hi) else max(band.lo, 1.0) * 10
    step = (high - band.lo) * 0.01
    low = band.lo + step if band.lo_open or not band.lo else band.lo
    return [exactly(low), exactly(high - step if band.hi_open else high)]


@settings(max_examples=20)
@given(flip_cases())
def test_what_a_flip_says_of_a_band_holds_of_the_numbers_in_it(
    case: tuple[str, Any, str],
) -> None:
    decision, answers, option = case
    flip = flip_of(*case)
    for name, band in (flip.changes if flip else {}).items():
        for number in inside(band) if isinstance(band, Interval) and not band.exact else ():
            changed = {**answers, **flip.changes, name: number} if flip else {}
            assert where(decision, result_of(decision, changed), option) != "rejected"


def test_a_band_of_a_count_stops_at_the_limits_of_other_rules() -> None:
    asked = {"models": "many", "model_count": "200", "alike": "same", "model_use": "seldom"}
    found = verdict_on("endpoint-type", asked)
    flip = next(x["flip"] for x in found["rejected"] if x["option"] == "multi-container-endpoint")
    (leaf,) = leaves(compile_condition(known().rules["END033"].when, known()))
    assert isinstance(leaf, Bound)
    assert flip["changes"][0]["to"] == as_text({"model_count": exactly(leaf.limit)})["model_count"]


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_changes_no_more_than_it_must(case: tuple[str, Any, str]) -> None:
    decision, answers, option = case
    flip = flip_of(*case)
    if option in rejected(decision, answers) and not (flip and len(flip.changes) == 1):
        assert single_changes(*case) == [], f"one change is enough, but the flip is {flip}"


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_leaves_alone_what_nobody_can_change_and_what_is_wanted(
    case: tuple[str, Any, str],
) -> None:
    flip = flip_of(*case)
    assert not [name for name in (flip.changes if flip else ()) if final(*case[:2], name)]


def test_a_flip_states_no_wish_that_the_verdict_then_leaves_unmet() -> None:
    decision = "retraining-trigger"
    answers = {
        "signal": "quality",
        "labels": "later",
        "needless_ok": "no",
        "label_delay": exactly(90),
    }
    flip = flip_of(decision, answers, "drift-trigger")
    assert flip
    assert not flip.changes.keys() & unmet(decision, {**answers, **flip.changes})


def test_a_decision_about_one_goal_proposes_no_other() -> None:
    asked = {"rollout_goal": "compare", "serving": "async-inference"}
    found = verdict_on("rollout", asked)
    assert found["rejected"][0]["option"] == "ab-test"
    flips = {item["option"]: item["flip"] for item in found["rejected"]}
    assert flips["canary"] is None
    assert [change["field"] for change in flips["ab-test"]["changes"]] == ["serving"]


def test_a_need_is_not_given_up_but_its_quantity_may_move() -> None:
    asked = {"vpc": "yes", "subnets": "20"}
    (flip,) = (x["flip"] for x in verdict_on("security", asked)["rejected"])
    assert [change["field"] for change in flip["changes"]] == ["subnets"]
    unmet = verdict_on("observability", {"metrics": "yes", "resolution": "0.5 s"})
    (back,) = (x["flip"] for x in unmet["rejected"] if x["option"] == "cloudwatch")
    assert [change["field"] for change in back["changes"]] == ["resolution"]


def test_an_account_that_is_too_young_has_no_way_back() -> None:
    found = verdict_on("monitoring", {"watch": "inputs", "account": "new"})
    flips = {item["option"]: item["flip"] for item in found["rejected"]}
    assert flips["data-quality-monitor"] is None


def test_a_flip_says_what_to_change_and_what_was_said() -> None:
    limit = payload_of(1)
    found = verdict_on("inference", {"payload": payload_of(2), "caller": "waits"})
    (flip,) = (x["flip"] for x in found["rejected"] if x["option"] == "serverless-inference")
    assert [(change["field"], change["to"]) for change in flip["changes"]] == [("payload", limit)]
    assert f"{limit} or less instead of {payload_of(2)}" in flip["sentence"]


# What is said, and which answer is then the smaller one to change: by orders of magnitude for a
# quantity, where a choice counts as one order.
SMALLER = {
    "smaller by its factor": ({"payload": "16 MB", "duration": "0.5 s"}, "payload"),
    "smaller by its difference": ({"payload": "60 MB", "duration": "0.5 s"}, "duration"),
    "less than a choice": ({"payload": "16 MB", "streaming": "yes"}, "payload"),
    "more than a choice": ({"payload": "600 MB", "streaming": "yes"}, "streaming"),
    "an open end": ({"payload": "> 16 MB", "streaming": "yes"}, "payload"),
    "to an open end": ({"records": "1", "streaming": "yes"}, "records"),
    "from zero, more": ({"response": "0 MB", "streaming": "yes"}, "streaming"),
    "to zero": ({"image_size": "0.5 MB", "streaming": "yes"}, "image_size"),
    "from zero, less": ({"response": "0 MB", "payload": "60 GB"}, "response"),
}
BACK: dict[str, Any] = {
    "payload": {"at_most": 6},
    "duration": {"at_most": 0.1},
    "records": {"above": 2},
    "response": {"above": 2},
    "image_size": {"at_most": 0},
    "streaming": {"is": "no"},
}


@pytest.mark.parametrize(("answers", "field"), SMALLER.values(), ids=SMALLER)
def test_of_two_ways_back_the_smaller_change_is_offered(
    answers: dict[str, str], field: str
) -> None:
    rule = Rule(
        options=("serverless-inference",),
        strength="must",
        when={"any": tuple({name: BACK[name]} for name in answers)},
        reason="It does one of these.",
        judgement=True,
    )
    small = Session(replace(known(), rules={"TST001": rule}))
    (out,) = small.decide(["inference"], answers)["verdicts"]["inference"]["rejected"]
    assert [change["field"] for change in out["flip"]["changes"]] == [field]


def test_an_answer_that_others_are_divided_by_is_solved_for_as_well() -> None:
    answers = {"shift": "steps", "first_share": exactly(10), "bake": exactly(60)}
    condition = compile_condition({"rollout_time": {"at_most": 8}}, known())
    (leaf,) = leaves(condition)
    found = dict(solving(leaf, answers))
    assert found == {"first_share": exactly(pytest.approx(12.5)), "bake": exactly(48)}
    assert truth(leaf, answers) is False
    assert all(truth(leaf, {**answers, name: value}) for name, value in found.items())


def test_an_answer_in_words_is_better_advice_than_a_number_that_nobody_gave() -> None:
    verdict = verdict_on("observability", {"metrics": "yes"})
    logs = next(o for o in verdict["unclear"] if o["option"] == "cloudwatch-logs")
    assert [change["field"] for change in logs["flip"]["changes"]] == ["log_lines"]
