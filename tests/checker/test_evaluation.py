"""The engine under random answers: limits hold, unknown is not no, every way back is real."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.knowledge.answers import Answer
from checker.knowledge.references import measure
from checker.rules.clashes import find_clashes
from checker.rules.conditions import Bound, compile_condition, leaves, truth
from checker.rules.edges import STEP, representatives, solving, stepped_values
from checker.units import Interval
from tests import situations, support
from tests.judging import (
    DECISIONS,
    HARD,
    Situation,
    broken,
    options_of,
    payload_of,
    rejected,
    result_of,
    verdict_on,
)
from tests.support import as_text, known, leading_to, oracle, rules_of


@given(situations.exact_situations())
def test_an_option_that_breaks_a_must_rule_is_never_recommended(case: Situation) -> None:
    decision, answers = case
    recommended = result_of(decision, answers).recommend
    assert [option for option in recommended if broken(option, answers, ["must"])] == []


@given(situations.exact_situations())
def test_an_option_is_rejected_for_exactly_the_hard_rules_that_are_broken(case: Situation) -> None:
    decision, answers = case
    expected = {option: broken(option, answers, HARD) for option in options_of(decision)}
    assert rejected(decision, answers) == {o: rules for o, rules in expected.items() if rules}


@given(situations.exact_situations())
def test_the_heaviest_of_the_options_left_is_recommended(case: Situation) -> None:
    decision, answers = case
    found = result_of(decision, answers)
    left = set(options_of(decision)) - rejected(decision, answers).keys()
    scores = {option: _score(option, answers) for option in left}
    best = sorted(o for o in left if scores[o] == max(scores.values(), default=0))
    together = known().decisions[decision].together
    assume(answers.keys().isdisjoint(together))
    if found.state in ("decided", "narrowed"):
        assert list(found.recommend) == best
        assert (found.state == "decided") is (len(best) == 1)
    elif found.state == "nothing-fits":
        assert found.recommend == ()
        assert not left or (together and set(scores.values()) == {0})
    else:
        assert (found.state, set(scores.values()), found.recommend) == ("ask-for-more", {0}, ())
        assert left == set(options_of(decision)) or together


def _score(option: str, answers: Mapping[str, Answer]) -> int:
    return sum(
        rule.weight
        for rule in rules_of(option).values()
        if rule.strength == "prefer" and oracle(rule.when, answers) is True
    )


@given(situations.situations())
def test_ties_are_shown_in_the_order_of_the_alphabet(case: Situation) -> None:
    found = result_of(*case)
    assert list(found.recommend) == sorted(found.recommend)
    assert (len(found.recommend) > 1) is (found.state == "narrowed")


# --- unknown is not no, and more knowledge never brings a rejected option back


@pytest.mark.parametrize("decision", DECISIONS)
def test_without_answers_nothing_is_rejected_or_recommended(decision: str) -> None:
    found = verdict_on(decision, {})
    assert (found["state"], found["recommend"], found["rejected"]) == ("ask-for-more", [], [])
    assert found["question"] is not None


@pytest.mark.parametrize("decision", DECISIONS)
def test_not_sure_about_everything_is_the_same_as_saying_nothing(decision: str) -> None:
    unsure = dict.fromkeys(known().decisions[decision].fields, "not sure")
    assert verdict_on(decision, unsure) == verdict_on(decision, {})


@given(situations.situations(), st.data())
def test_adding_an_answer_never_brings_a_rejected_option_back(
    case: Situation, data: st.DataObject
) -> None:
    decision, answers = case
    kept = data.draw(st.sets(st.sampled_from(sorted(answers))))
    fewer = {name: answers[name] for name in kept}
    assert rejected(decision, fewer).keys() <= rejected(decision, answers).keys()


@given(situations.situations(), st.booleans())
def test_narrowing_a_number_never_brings_a_rejected_option_back(case: Situation, low: bool) -> None:
    decision, answers = case
    narrow = {name: _point(value, low) for name, value in answers.items()}
    assert rejected(decision, answers).keys() <= rejected(decision, narrow).keys()


def _point(answer: Answer, low: bool) -> Answer:
    """A single number inside an interval, near one of its ends."""
    if not isinstance(answer, Interval) or answer.exact:
        return answer
    top = min(answer.hi, answer.lo * 2 + 1)
    inside = (top - answer.lo) * 1e-6
    return support.exactly(answer.lo + inside if low else top - inside)


# --- the exam view


def test_the_exam_view_differs_for_a_new_account_and_not_for_an_existing_one() -> None:
    situation = {"watch": "inputs", "frequency": "continuous"}
    new = verdict_on("monitoring", {**situation, "account": "new"})
    existing = verdict_on("monitoring", {**situation, "account": "existing"})
    assert new["recommend"] == ["custom-monitoring"]
    assert new["exam"]["recommend"] == existing["recommend"] == ["data-quality-monitor"]
    assert existing["exam"] is None


ON_THE_LIMIT = {
    "on it": (1, True),
    "a step below": (1 - support.STEP, False),
    "far below": (0.5, False),
    "a step above": (1 + support.STEP, False),
}


@pytest.mark.parametrize(("factor", "flagged"), ON_THE_LIMIT.values(), ids=ON_THE_LIMIT)
def test_only_a_number_exactly_on_the_limit_is_flagged(factor: float, flagged: bool) -> None:
    answers = as_text(leading_to("serverless-inference") or {})
    found = verdict_on("inference", {**answers, "payload": payload_of(factor)})
    assert ("serverless-inference" in found["recommend"]) is (factor <= 1)
    assert ("on-the-limit" in found["flags"]) is flagged


@pytest.mark.parametrize(("factor", "flagged"), [(1, True), (1 + support.STEP, False), (5, False)])
def test_a_limit_from_below_is_flagged_where_it_is_reached_and_not_above(
    factor: float, flagged: bool
) -> None:
    least, unit = measure("obs.custom_metric_resolution", known())
    asked = {"metrics": "yes", "resolution": f"{float(least) * factor} {unit}"}
    found = verdict_on("observability", asked)
    assert found["recommend"] == ["cloudwatch"]
    assert ("on-the-limit" in found["flags"]) is flagged


# --- clashes between decisions


@pytest.mark.parametrize("key", sorted(known().clashes))
def test_every_pair_of_a_clash_is_found_from_either_side(key: str) -> None:
    clash = known().clashes[key]
    for one in clash.one:
        for other in clash.other:
            for ours, theirs in ((one, other), (other, one)):
                found = find_clashes(known(), [ours], [theirs])
                assert (key, clash, ours, theirs) in list(found)


@pytest.mark.parametrize("side", ["one", "other"])
@pytest.mark.parametrize("key", sorted(known().clashes))
def test_a_clash_is_reported_whichever_side_was_chosen_first(key: str, side: str) -> None:
    clash = known().clashes[key]
    mine, theirs = (clash.one, clash.other) if side == "one" else (clash.other, clash.one)
    ours = next(option for option in mine if leading_to(option))
    chosen = {known().options[theirs[0]].decision: [theirs[0]]}
    answers = as_text(leading_to(ours) or {})
    found = verdict_on(known().options[ours].decision, answers, chosen=chosen)
    told = [c for c in found["clashes"] if (c["clash"], c["options"]) == (key, [ours, theirs[0]])]
    assert len(told) == 1
    assert told[0]["first"] is (side == "one")
    assert len(told[0]["fixes"]) == 2
    assert told[0]["fact"]["id"] == clash.fact
    assert "conflict" in found["flags"]


def test_two_decisions_asked_together_find_their_clash_on_both_sides() -> None:
    answers = {**(leading_to("serverless-inference") or {}), "watch": "inputs"}
    result = support.session().decide(["inference", "monitoring"], as_text(answers))
    clashes = {d: [c["clash"] for c in v["clashes"]] for d, v in result["verdicts"].items()}
    assert clashes == {"inference": ["CLA001"], "monitoring": ["CLA001"]}


def test_options_that_go_together_do_not_clash() -> None:
    answers = as_text(leading_to("real-time-endpoint") or {})
    chosen = {"monitoring": ["data-quality-monitor"]}
    found = verdict_on("inference", answers, chosen=chosen)
    assert (found["clashes"], "conflict" in found["flags"]) == ([], False)


# --- what does not exist


UNKNOWN = {
    "decision": (["inferense"], {}, {}, "D001", "did you mean inference?"),
    "field": (["inference"], {"paylod": "6 MB"}, {}, "A001", "did you mean payload?"),
    "value": (["inference"], {"traffic": "stedy"}, {}, "A003", "did you mean steady?"),
    "hard field": (["inference"], {}, {"hard": ["paylod"]}, "D002", "did you mean payload?"),
    "soft field": (["inference"], {}, {"soft": ["paylod"]}, "D002", "did you mean payload?"),
    "chosen decision": (
        ["inference"],
        {},
        {"chosen": {"monitorin": []}},
        "D001",
        "did you mean monitoring?",
    ),
    "chosen option": (
        ["monitoring"],
        {},
        {"chosen": {"inference": ["serverles-inference"]}},
        "D003",
        "did you mean serverless-inference?",
    ),
}


@pytest.mark.parametrize(
    ("decisions", "answers", "marks", "code", "hint"), UNKNOWN.values(), ids=UNKNOWN
)
def test_what_does_not_exist_is_a_problem_with_a_hint_and_no_verdict(
    decisions: list[str], answers: dict[str, str], marks: dict[str, Any], code: str, hint: str
) -> None:
    result = support.session().decide(decisions, answers, **marks)
    assert result["verdicts"] == {}
    assert [(p["code"], p["hint"]) for p in result["problems"]] == [(code, hint)]


def test_names_that_come_one_at_a_time_or_alone_count_as_in_a_list() -> None:
    session, answers = support.session(), {"traffic": "intermittent", "caller": "waits"}
    listed = session.decide(["inference"], answers, hard=["traffic"])
    assert listed != session.decide(["inference"], answers)
    for names in ("traffic", iter(["traffic"])):
        assert session.decide(["inference"], answers, hard=names) == listed


def test_all_problems_of_a_question_are_reported_at_once() -> None:
    result = support.session().decide(
        ["inferense"],
        {"paylod": "6 MB", "duration": "5 parsecs", "memory": ["1 GB", "2 GB"], "payload": "-1 MB"},
        hard=["nothing"],
        chosen={"monitoring": ["nobody"]},
    )
    codes = [problem["code"] for problem in result["problems"]]
    assert codes == ["A001", "Q002", "A002", "A004", "D001", "D002", "D003"]
    assert all(problem["message"] and problem["where"] for problem in result["problems"])


def test_answers_to_other_decisions_are_kept_out_of_a_verdict() -> None:
    found = verdict_on("inference", {"payload": "6 MB", "watch": "inputs"})
    assert found["answers"] == {"payload": "6 MB"}
    assert found == verdict_on("inference", {"payload": "6 MB"})


def test_the_bands_between_limits_begin_at_zero_and_end_nowhere() -> None:
    ruleset = support.session().ruleset("inference")
    bands = representatives(ruleset, support.known().fields["payload"], "payload")
    spans = [band for band in bands if isinstance(band, Interval)]
    assert (spans[0].lo, spans[-1].hi) == (0.0, float("inf"))
    assert all(a.hi == b.lo for a, b in pairwise(spans))
    assert all(a.hi_open is not b.lo_open for a, b in pairwise(spans))


def test_the_audit_tries_each_limit_and_a_step_to_both_sides() -> None:
    ruleset = support.session().ruleset("inference")
    tried = stepped_values(ruleset, known().fields["payload"], "payload")
    points = [value.lo for value in tried if isinstance(value, Interval) and value.exact]
    limits = [leaf.limit for leaf in ruleset.leaves["payload"] if isinstance(leaf, Bound)]
    assert len(points) == len(tried) == 3 * len(set(limits))
    for limit in limits:
        below, above = (max(x for x in points if x < limit), min(x for x in points if x > limit))
        assert limit in points
        assert limit - below == pytest.approx(above - limit) == pytest.approx(limit * STEP)


def test_what_solves_a_comparison_just_passes_it_in_the_unit_of_its_question() -> None:
    answers: dict[str, Answer] = {"duration": Interval(120, 120), "latency": Interval(1000, 1000)}
    (leaf,) = leaves(compile_condition({"duration": {"at_most": "latency"}}, known()))
    found = dict(solving(leaf, answers))
    assert {k: as_text({k: v})[k] for k, v in found.items()} == {
        "duration": "1 s",
        "latency": "2 min",
    }
    for name, value in found.items():
        assert truth(leaf, {**answers, name: value}) is True
