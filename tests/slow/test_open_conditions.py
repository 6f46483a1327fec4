"""The open conditions of a recommendation can all hold: no way on ends where no option fits."""

import random
from collections.abc import Iterable, Mapping

import pytest

from checker.knowledge.answers import Answer
from checker.rules.conditions import truth
from checker.rules.edges import representatives
from checker.rules.evaluation import Prepared
from tests import support
from tests.judging import DECISIONS, result_of
from tests.support import known, values

TRIES = 300


def completed(
    decision: str, rules: Iterable[Prepared], answers: Mapping[str, Answer]
) -> Mapping[str, Answer] | None:
    """Further answers under which none of the rules is broken; None where there are none."""
    open_rules = []
    for rule in rules:
        found = truth(rule.node, answers)
        if found is False:
            return None
        if found is None:
            open_rules.append(rule)
    ruleset = support.session().ruleset(decision)
    for rule in open_rules:
        for name in sorted(rule.inputs - answers.keys()):
            for value in representatives(ruleset, known().fields[name], name, answers):
                if done := completed(decision, open_rules, {**answers, name: value}):
                    return done
            return None
    return answers


def drawn(decision: str, chance: random.Random) -> dict[str, Answer]:
    names = [n for n in known().decisions[decision].fields if not known().fields[n].fixed]
    some = chance.sample(names, chance.randint(2, min(7, len(names))))
    return {name: chance.choice(values(name)) for name in some}


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_open_conditions_of_what_is_recommended_can_hold_together(decision: str) -> None:
    chance = random.Random(decision)  # noqa: S311 - the same each time, and no secret
    for _ in range(TRIES):
        answers = drawn(decision, chance)
        result = result_of(decision, answers)
        for option in result.recommend:
            standing = result.standings[option]
            rules = [o.prepared for o in standing.outcomes if o.strength != "prefer"]
            assert completed(decision, rules, answers) is not None, (option, answers)
