"""Every rule of the knowledge does something, and does it exactly at its limit."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Rule
from checker.rules.evaluation import Ruleset, evaluate
from tests import support
from tests.support import known, limit_in_unit, oracle

MUST = sorted(key for key, rule in known().rules.items() if rule.strength == "must")
ORDERED = {"at_most": 1, "below": 1, "at_least": -1, "above": -1}
# (rule, field, operator, limit) for each rule that is one comparison with a number.
BOUNDS = [
    (key, *tests[0])
    for key in MUST
    if len(tests := list(support.tests_on(known().rules[key].when))) == 1 and tests[0][1] in ORDERED
]


@cache
def alone(decision: str, key: str) -> Ruleset:
    """A decision with one rule, for the questions that no other rule has a part in."""
    full = support.session().ruleset(decision)
    options = {
        name: tuple(one for one in rules if one.id == key) for name, rules in full.options.items()
    }
    return replace(full, options=options)


def rejecting(
    rule: Rule, answers: dict[str, Answer], ruleset: Callable[[str], Ruleset] | None = None
) -> dict[str, set[str]]:
    """The rules that reject each of a rule's options, in the rule's own era."""
    of = ruleset or support.session().ruleset
    era = "exam" if rule.era == "exam" else "today"
    found = {}
    for decision in support.decisions_of(rule):
        result = evaluate(of(decision), Given(answers), era)
        for option in set(rule.options) & result.standings.keys():
            broken = result.standings[option].broken
            found[option] = {outcome.prepared.id for outcome in broken}
    return found


@pytest.mark.parametrize("key", MUST)
def test_answers_that_break_a_limit_reject_its_options_with_that_rule(key: str) -> None:
    rule = known().rules[key]
    found = rejecting(rule, support.first_answers(rule, wanted=False))
    assert {option: key in rules for option, rules in found.items()} == dict.fromkeys(
        rule.options, True
    )


@pytest.mark.parametrize("key", sorted(known().rules))
def test_no_answer_to_its_fields_makes_a_rule_differ_from_what_it_says(key: str) -> None:
    rule = known().rules[key]
    fields = sorted({field for field, _, _ in support.tests_on(rule.when)})
    hard = rule.strength in ("must", "need")
    outcomes = set()
    for answers in support.answers_for(fields):
        holds = oracle(rule.when, answers)
        outcomes.add(holds)
        found = rejecting(rule, answers, lambda decision: alone(decision, key))
        rejected = [key in rules for rules in found.values()]
        assert rejected == [hard and holds is False] * len(rule.options), answers
    assert False in outcomes


@pytest.mark.parametrize(
    ("key", "field", "op", "limit"), BOUNDS, ids=[f"{k}-{f}-{op}" for k, f, op, _ in BOUNDS]
)
def test_a_limit_is_broken_just_beyond_it_and_not_on_it(
    key: str, field: str, op: str, limit: object
) -> None:
    rule = known().rules[key]
    number, beyond = limit_in_unit(field, limit), ORDERED[op]
    around = {
        "within": number * (1 - beyond * support.STEP),
        "on it": number,
        "beyond": number * (1 + beyond * support.STEP),
    }
    broken = {
        name: [key in rules for rules in rejecting(rule, {field: support.exactly(x)}).values()]
        for name, x in around.items()
    }
    strict = op in ("below", "above")
    everyone = len(rule.options)
    assert broken == {
        "within": [False] * everyone,
        "on it": [strict] * everyone,
        "beyond": [True] * everyone,
    }


def test_a_limit_that_nobody_spoke_about_rejects_nothing() -> None:
    for rule in map(known().rules.get, MUST):
        assert rule
        assert rejecting(rule, {}) == {option: set() for option in rule.options}


def test_a_limit_names_its_fact_in_its_condition() -> None:
    for key in MUST:
        for _, op, limit in support.tests_on(known().rules[key].when):
            assert op not in ORDERED or isinstance(limit, str), f"{key} types the number {limit}"


def _reachable(option: str) -> bool:
    name = known().options[option].service
    # Of what is legacy or ended, today's answer may be its successor everywhere.
    if name and known().services[name].status in ("ended", "legacy"):
        return support.leading_to(option, "exam") is not None
    return support.leading_to(option) is not None


@pytest.mark.parametrize("option", known().options)
def test_every_option_is_the_answer_to_some_situation(option: str) -> None:
    assert _reachable(option)


@pytest.mark.parametrize("decision", known().decisions)
def test_every_field_that_a_decision_asks_moves_some_rule_of_it(decision: str) -> None:
    asked = {
        read
        for rule in known().rules.values()
        if decision in support.decisions_of(rule)
        for read, _, _ in support.tests_on(rule.when)
    }
    ways = (way for read in asked for way in known().fields[read].derived)
    asked |= {read for way in ways for read in (*way.product, *way.over)}
    unread = set(known().decisions[decision].fields) - asked
    assert not unread, f"{decision} asks for {unread} and no rule reads them"
