"""Verdicts and results on answers, and what the oracle says of them."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from checker.formatting import format_measure
from checker.knowledge.answers import Answer, Given
from checker.rules.counterfactuals import Flip, nearest_flip
from checker.rules.evaluation import Result, evaluate
from checker.rules.incremental import Tally
from checker.rules.verdict import verdict
from checker.rules.wishes import unmet_wishes
from tests import support
from tests.support import known, oracle, rules_of

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


# --- ways back


def flip_of(decision: str, answers: Mapping[str, Answer], option: str) -> Flip | None:
    ruleset, given = support.session().ruleset(decision), Given(answers)
    now, tally = evaluate(ruleset, given), Tally(ruleset, given)
    return nearest_flip(known(), ruleset, given, option, now, tally)


def final(decision: str, answers: Mapping[str, Answer], field: str) -> bool:
    """Whether an answer stays: nobody can change it, or it is a goal that the person stated."""
    goals = support.session().ruleset(decision).goals
    return known().fields[field].fixed or (field in goals and field in answers)


def single_changes(
    decision: str, answers: Mapping[str, Answer], option: str
) -> list[tuple[str, Answer]]:
    """Every change of one answer that a verdict meets, and after which an option is rejected no
    more."""
    movable = [f for f in known().decisions[decision].fields if not final(decision, answers, f)]
    changes = [(field, value) for field in movable for value in support.values(field)]
    return [
        (field, value)
        for field, value in changes
        if option not in rejected(decision, after := {**answers, field: value})
        and field not in unmet(decision, after)
    ]


def unmet(decision: str, answers: Mapping[str, Answer]) -> set[str]:
    """The questions whose answer is a wish that the recommendation leaves unmet."""
    rules, given = support.session().ruleset(decision), Given(answers)
    return {wish.field for wish in unmet_wishes(rules, given, evaluate(rules, given))}


# --- flags


def payload_of(factor: float) -> str:
    """A payload of so many times what a serverless endpoint accepts."""
    fact = known().facts["serverless.max_payload"]
    assert isinstance(fact.value, int | float)
    return format_measure(fact.value * factor, fact.unit)
