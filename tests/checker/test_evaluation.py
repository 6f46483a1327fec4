"""The engine under random answers: limits hold, unknown is not no, every way back is real."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from checker.knowledge.answers import Answer, Given
from checker.rules.clashes import find_clashes
from checker.rules.counterfactuals import Flip, nearest_flip
from checker.rules.edges import representatives
from checker.rules.evaluation import Result, evaluate
from checker.rules.incremental import Tally
from checker.rules.verdict import verdict
from checker.session import Session
from checker.units import Interval, format_measure
from tests import support
from tests.support import as_text, known, leading_to, oracle, rules_of

type Situation = tuple[str, dict[str, Answer]]
type Json = Mapping[str, Any]
DECISIONS = sorted(known().decisions)
HARD = frozenset({"must", "need"})
ORDERED = frozenset({"at_most", "at_least", "below", "above"})


def verdict_on(decision: str, answers: Mapping[str, object], **marks: Any) -> dict[str, Any]:
    """One verdict, by the way that forms and links use."""
    result = support.session().decide([decision], answers, **marks)
    assert result["problems"] == []
    return dict(result["verdicts"][decision])


def judged(decision: str, answers: Mapping[str, Answer]) -> Json:
    """One verdict from typed answers; asked for once for all the promises below."""
    return _judged(decision, frozenset(answers.items()))


@cache
def _judged(decision: str, answers: frozenset[tuple[str, Answer]]) -> Json:
    return verdict(known(), support.session().ruleset(decision), Given(dict(answers)))


def result_of(decision: str, answers: Mapping[str, Answer], **marks: Any) -> Result:
    """The status of a decision, without the words around it."""
    return evaluate(support.session().ruleset(decision), Given(answers, **marks))


def rejected(decision: str, answers: Mapping[str, Answer], **marks: Any) -> dict[str, set[str]]:
    """The options that are out, each with the rules that put it there."""
    standings = result_of(decision, answers, **marks).standings
    return {o: {x.prepared.id for x in s.broken} for o, s in standings.items() if s.rejected}


def broken(option: str, answers: Mapping[str, Answer], strengths: Iterable[str]) -> set[str]:
    """The rules of these strengths that the oracle finds broken for an option."""
    return {
        key
        for key, rule in rules_of(option).items()
        if rule.strength in strengths and oracle(rule.when, answers) is False
    }


def options_of(decision: str) -> tuple[str, ...]:
    return known().decisions[decision].options


@given(support.exact_situations())
def test_an_option_that_breaks_a_must_rule_is_never_recommended(case: Situation) -> None:
    decision, answers = case
    recommended = result_of(decision, answers).recommend
    assert [option for option in recommended if broken(option, answers, ["must"])] == []


@given(support.exact_situations())
def test_an_option_is_rejected_for_exactly_the_hard_rules_that_are_broken(case: Situation) -> None:
    decision, answers = case
    expected = {option: broken(option, answers, HARD) for option in options_of(decision)}
    assert rejected(decision, answers) == {o: rules for o, rules in expected.items() if rules}


@given(support.exact_situations())
def test_the_heaviest_of_the_options_left_is_recommended(case: Situation) -> None:
    decision, answers = case
    found = result_of(decision, answers)
    left = set(options_of(decision)) - rejected(decision, answers).keys()
    scores = {option: _score(option, answers) for option in left}
    best = sorted(o for o in left if scores[o] == max(scores.values(), default=0))
    if found.state in ("decided", "narrowed"):
        assert list(found.recommend) == best
        assert (found.state == "decided") is (len(best) == 1)
    elif found.state == "nothing-fits":
        assert (left, found.recommend) == (set(), ())
    else:
        assert (found.state, set(scores.values()), found.recommend) == ("ask-for-more", {0}, ())
        assert left == set(options_of(decision))


def _score(option: str, answers: Mapping[str, Answer]) -> int:
    return sum(
        rule.weight
        for rule in rules_of(option).values()
        if rule.strength == "prefer" and oracle(rule.when, answers) is True
    )


@given(support.situations())
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


@given(support.situations(), st.data())
def test_adding_an_answer_never_brings_a_rejected_option_back(
    case: Situation, data: st.DataObject
) -> None:
    decision, answers = case
    kept = data.draw(st.sets(st.sampled_from(sorted(answers))))
    fewer = {name: answers[name] for name in kept}
    assert rejected(decision, fewer).keys() <= rejected(decision, answers).keys()


@given(support.situations(), st.booleans())
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


# --- flips: the smallest change that brings an option back


def flip_cases() -> st.SearchStrategy[tuple[str, dict[str, Answer], str]]:
    """A situation, and one of its options that is not the recommendation."""

    def with_option(case: Situation) -> st.SearchStrategy[tuple[str, dict[str, Answer], str]]:
        others = sorted(set(options_of(case[0])) - set(result_of(*case).recommend))
        return st.tuples(st.just(case[0]), st.just(case[1]), st.sampled_from(others))

    def has_others(case: Situation) -> bool:
        return set(options_of(case[0])) > set(result_of(*case).recommend)

    return support.exact_situations().filter(has_others).flatmap(with_option)


def where(result: Result, option: str) -> str:
    """The status of an option in a result: recommended, tied, allowed or rejected."""
    if option in result.recommend:
        return "recommended" if result.state == "decided" else "tied"
    return "rejected" if result.standings[option].rejected else "allowed"


@settings(max_examples=60)
@given(support.exact_situations(), support.exact_situations())
def test_a_tally_after_changes_stands_where_all_rules_evaluated_anew_stand(
    before: Situation, after: Situation
) -> None:
    decision, answers = before
    changes = dict(list(after[1].items())[:3])
    ruleset = support.session().ruleset(decision)
    anew = evaluate(ruleset, Given({**answers, **changes}))
    position = Tally(ruleset, Given(answers)).after(changes)
    assert position.key == anew.key
    assert position.left == {o for o, s in anew.standings.items() if not s.rejected}


def flip_of(decision: str, answers: Mapping[str, Answer], option: str) -> Flip | None:
    ruleset, given = support.session().ruleset(decision), Given(answers)
    now, tally = evaluate(ruleset, given), Tally(ruleset, given)
    return nearest_flip(known(), ruleset, given, option, now, tally)


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_brings_its_option_to_where_it_says(case: tuple[str, Any, str]) -> None:
    decision, answers, option = case
    if flip := flip_of(*case):
        # By the text that a form would hold, so that what is offered can be typed.
        changed = support.typed({**as_text(answers), **as_text(flip.changes)})
        assert where(result_of(decision, changed), option) == flip.then
        assert flip.then in ("recommended", "tied", "allowed")


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_changes_no_more_than_it_must(case: tuple[str, Any, str]) -> None:
    decision, answers, option = case
    flip = flip_of(*case)
    if option in rejected(decision, answers) and not (flip and len(flip.changes) == 1):
        assert single_changes(*case) == [], f"one change is enough, but the flip is {flip}"


def single_changes(
    decision: str, answers: Mapping[str, Answer], option: str
) -> list[tuple[str, Answer]]:
    """Every change of one answer after which an option is rejected no more."""
    movable = [f for f in known().decisions[decision].fields if not known().fields[f].fixed]
    changes = [(field, value) for field in movable for value in support.values(field)]
    return [(f, v) for f, v in changes if option not in rejected(decision, {**answers, f: v})]


@pytest.mark.parametrize(
    "key", sorted(k for k, r in known().rules.items() if r.strength in HARD and r.era != "exam")
)
def test_where_one_change_undoes_a_hard_rule_the_flip_is_one_change(key: str) -> None:
    rule = known().rules[key]
    answers = support.first_answers(rule, wanted=False)
    for option in rule.options:
        decision = known().options[option].decision
        flip = flip_of(decision, answers, option)
        enough = bool(single_changes(decision, answers, option))
        assert (flip is not None and len(flip.changes) == 1) is enough, (option, answers, flip)


@settings(max_examples=20)
@given(flip_cases())
def test_a_flip_leaves_alone_what_nobody_can_change(case: tuple[str, Any, str]) -> None:
    flip = flip_of(*case)
    assert not [name for name in (flip.changes if flip else ()) if known().fields[name].fixed]


def test_an_account_that_is_too_young_has_no_way_back() -> None:
    found = verdict_on("monitoring", {"watch": "inputs", "account": "new"})
    flips = {item["option"]: item["flip"] for item in found["rejected"]}
    assert flips["data-quality-monitor"] is None


def test_a_flip_says_what_to_change_and_what_was_said() -> None:
    limit = _size(1)
    found = verdict_on("inference", {"payload": _size(2), "caller": "waits"})
    (flip,) = (x["flip"] for x in found["rejected"] if x["option"] == "serverless-inference")
    assert [(change["field"], change["to"]) for change in flip["changes"]] == [("payload", limit)]
    assert f"{limit} or less instead of {_size(2)}" in flip["sentence"]


# --- what every verdict keeps


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


def a_number_beyond_a_limit_is_flagged_and_nothing_else_is(
    decision: str, answers: Any, found: Json
) -> None:
    breaking = {rule for rules in rejected(decision, answers).values() for rule in rules}
    limits = {
        rule
        for rule in breaking
        if known().rules[rule].strength == "must"
        and any(op in ORDERED for _, op, _ in support.tests_on(known().rules[rule].when))
    }
    assert ("limit-exceeded" in found["flags"]) is bool(limits)


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
)


# One seed: all promises see the same verdicts, each of which is worked out once.
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@seed(2026)
@settings(max_examples=20)
@given(case=support.situations())
def test_in_every_verdict(promise: Callable[..., None], case: Situation) -> None:
    promise(*case, judged(*case))


@given(support.exact_situations())
def test_answers_in_another_order_give_the_same_result(case: Situation) -> None:
    decision, answers = case
    backwards = dict(reversed(answers.items()))
    assert result_of(decision, answers) == result_of(decision, backwards)


# --- what a person makes hard or soft


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


@pytest.mark.parametrize("key", _rules("need"))
def test_a_need_rejects_until_the_person_makes_it_soft(key: str) -> None:
    answers = support.first_answers(known().rules[key], wanted=False)
    assert _rejects(key, answers) == _everyone(key, True)
    assert _rejects(key, answers, soft=frozenset(answers)) == _everyone(key, False)


@pytest.mark.parametrize("key", _rules("prefer"))
def test_a_preference_rejects_only_when_the_person_makes_it_hard(key: str) -> None:
    answers = support.first_answers(known().rules[key], wanted=False)
    assert _rejects(key, answers) == _everyone(key, False)
    assert _rejects(key, answers, hard=frozenset(answers)) == _everyone(key, True)


@pytest.mark.parametrize("key", _rules("must"))
def test_no_mark_of_a_person_softens_a_limit_of_the_platform(key: str) -> None:
    answers = support.first_answers(known().rules[key], wanted=False)
    assert _rejects(key, answers, soft=frozenset(known().fields)) == _everyone(key, True)


def test_marks_reach_the_engine_by_the_way_that_forms_take() -> None:
    rule = known().rules["INF012"]
    answers = as_text(support.first_answers(rule, wanted=False))
    out, still_in = (
        {item["option"] for item in verdict_on("inference", answers, soft=soft)["rejected"]}
        for soft in ((), list(answers))
    )
    assert set(rule.options) <= out
    assert not set(rule.options) & still_in


# --- the exam view


def test_the_exam_view_differs_for_a_new_account_and_not_for_an_existing_one() -> None:
    situation = {"watch": "inputs", "frequency": "continuous"}
    new = verdict_on("monitoring", {**situation, "account": "new"})
    existing = verdict_on("monitoring", {**situation, "account": "existing"})
    assert new["recommend"] == ["custom-monitoring"]
    assert new["exam"]["recommend"] == existing["recommend"] == ["data-quality-monitor"]
    assert existing["exam"] is None


# --- flags


def _size(factor: float) -> str:
    fact = known().facts["serverless.max_payload"]
    assert isinstance(fact.value, int | float)
    return format_measure(fact.value * factor, fact.unit)


ON_THE_LIMIT = {
    "on it": (1, True),
    "a step below": (1 - support.STEP, False),
    "far below": (0.5, False),
    "a step above": (1 + support.STEP, False),
}


@pytest.mark.parametrize(("factor", "flagged"), ON_THE_LIMIT.values(), ids=ON_THE_LIMIT)
def test_only_a_number_exactly_on_the_limit_is_flagged(factor: float, flagged: bool) -> None:
    answers = as_text(leading_to("serverless-inference") or {})
    found = verdict_on("inference", {**answers, "payload": _size(factor)})
    assert ("serverless-inference" in found["recommend"]) is (factor <= 1)
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
