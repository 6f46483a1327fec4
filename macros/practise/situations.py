"""A scenario as a question: its key, and options that different rules reject.

The engine decides all of it; here a situation is only completed with further answers until enough
options are rejected, and none of those answers may move the verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.answers import Given, read_answers
from checker.knowledge.model import Era, Knowledge, Scenario
from checker.rules.evaluation import Result, Ruleset, evaluate
from checker.rules.verdict import as_given

CHOICES_OF_ONE = 3
"""Wrong options beside the right ones, as in the exam: three in both of its question types."""
MOST_ADDED = 2

type Wrong = tuple[tuple[str, str], ...]
"""Rejected options, each with the rule that rejects it; no rule twice."""


@dataclass(frozen=True)
class Situation:
    """A scenario with what was added to it, the right options and the wrong ones."""

    scenario: Scenario
    added: Mapping[str, str]
    right: tuple[str, ...]
    wrong: Wrong
    result: Result

    @property
    def answers(self) -> dict[str, str]:
        """All that is true in it, as the checker reads it."""
        return {**self.scenario.answers, **self.added}


def situation(
    known: Knowledge, rules: Ruleset, scenario: Scenario, era: Era = "today"
) -> Situation | str:
    """The question that a scenario makes in one era, or why it makes none."""
    result = _result(known, rules, scenario.answers, era)
    right = result.recommend
    if len(right) not in (1, 2):
        return f"the verdict is {result.state}, so that no key is unique"
    if scenario.expect and era == "today" and set(right) != set(scenario.expect):
        return "the scenario expects another option"
    added: dict[str, str] = {}
    wrong = _wrong(result, scenario)
    while len(wrong) < CHOICES_OF_ONE and len(added) < MOST_ADDED:
        better = _best_addition(known, rules, scenario, added, result, wrong, era)
        if better is None:
            break
        added, wrong = better
    if len(wrong) < CHOICES_OF_ONE:
        return "fewer than three options are rejected by different rules"
    settled = _result(known, rules, {**scenario.answers, **added}, era)
    return Situation(scenario, added, right, wrong, settled)


def _result(known: Knowledge, rules: Ruleset, answers: Mapping[str, str], era: Era) -> Result:
    return evaluate(rules, given_of(known, answers), era)


def given_of(known: Knowledge, answers: Mapping[str, str]) -> Given:
    """Answers as the engine reads them."""
    typed, _ = read_answers(known, answers)
    return as_given(typed)


def _best_addition(
    known: Knowledge,
    rules: Ruleset,
    scenario: Scenario,
    added: Mapping[str, str],
    before: Result,
    wrong: Wrong,
    era: Era,
) -> tuple[dict[str, str], Wrong] | None:
    """One further answer that rejects most and keeps both eras' verdicts; the first of equals."""
    best: tuple[dict[str, str], Wrong] | None = None
    here = {**scenario.answers, **added}
    other: Era = "exam" if era == "today" else "today"
    elsewhere = _result(known, rules, here, other).key
    for name, value in _open_choices(known, rules, here):
        tried = {**here, name: value}
        result = _result(known, rules, tried, era)
        if result.key != before.key:
            continue
        found = _wrong(result, scenario)
        if len(found) <= len(best[1] if best else wrong):
            continue
        if _result(known, rules, tried, other).key == elsewhere:
            best = ({**added, name: value}, found)
    return best


def _open_choices(
    known: Knowledge, rules: Ruleset, answers: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name in rules.fields:
        if name not in answers and known.fields[name].kind == "choice":
            for value in known.fields[name].values:
                yield name, value


def _wrong(result: Result, scenario: Scenario) -> Wrong:
    """Up to three rejected options with a separate rule each; none that anybody accepts."""
    good = {*scenario.accept, *scenario.expect, *result.recommend}
    rejected = [
        (standing.option, tuple(outcome.prepared.id for outcome in standing.broken))
        for standing in result.standings.values()
        if standing.rejected and standing.option not in good
    ]
    return _separate(rejected, frozenset())


def _separate(rejected: Sequence[tuple[str, tuple[str, ...]]], used: frozenset[str]) -> Wrong:
    """As many as possible, up to three, with no rule twice."""
    best: Wrong = ()
    for place, (option, rules) in enumerate(rejected):
        for rule in rules:
            if rule in used:
                continue
            rest = _few(rejected[place + 1 :], used | {rule})
            found: Wrong = ((option, rule), *rest)
            if len(found) > len(best):
                best = found
            if len(best) + len(used) >= CHOICES_OF_ONE:
                return best
    return best


def _few(rejected: Sequence[tuple[str, tuple[str, ...]]], used: frozenset[str]) -> Wrong:
    return _separate(rejected, used) if len(used) < CHOICES_OF_ONE else ()
