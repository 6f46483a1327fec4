"""The one question whose answer decides most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge, State
from checker.rules.conditions import Truth, truth
from checker.rules.edges import representatives
from checker.rules.evaluation import Prepared, Ruleset, standing
from checker.rules.incremental import Position, Tally
from checker.units import Interval


@dataclass(frozen=True, slots=True)
class Question:
    """A field to ask for; ``leads`` gives what each answer would bring: state and options."""

    field: str
    leads: tuple[tuple[Answer, State, tuple[str, ...]], ...]


def best_question(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, tally: Tally
) -> Question | None:
    """The unanswered field that leaves the fewest options on average; None where none matters.

    Ties go to the field that the decision asks first. Where options add up, and none is wanted
    yet, a need comes before the circumstances of one.
    """
    now = tally.after({})
    needs = ruleset.goals if ruleset.together and not now.recommend else frozenset(ruleset.fields)
    best: tuple[tuple[bool, float], Question] | None = None
    for name in ruleset.fields:
        if name in given.answers:
            continue
        results = _results(knowledge, ruleset, given, tally, name)
        if len({result.key for result in results.values()} | {now.key}) < 2:
            continue
        left = sum(_left(result) for result in results.values()) / len(results)
        rank = name not in needs, left
        if best is None or rank < best[0]:
            best = rank, Question(name, tuple(_joined(results, tally, name)))
    return best[1] if best else None


def _results(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, tally: Tally, name: str
) -> Mapping[Answer, Position]:
    values = representatives(ruleset, knowledge.fields[name], name, given.answers)
    return {value: tally.after({name: value}) for value in values}


def _joined(
    results: Mapping[Answer, Position], tally: Tally, name: str
) -> Iterator[tuple[Answer, State, tuple[str, ...]]]:
    """What each answer leads to; of bands that lead to the same, one for all, where that holds."""
    for key, group in groupby(results.items(), key=lambda found: found[1].key):
        for answer in _in_one([answer for answer, _ in group], key, tally, name):
            yield (answer, *key)


def _in_one(answers: list[Answer], key: object, tally: Tally, name: str) -> list[Answer]:
    """Neighbouring bands as one, where the whole leads to the same."""
    first, last = answers[0], answers[-1]
    if isinstance(first, Interval) and isinstance(last, Interval):
        band = Interval(first.lo, last.hi, first.lo_open, last.hi_open)
        if tally.after({name: band}).key == key:
            return [band]
    return answers


@dataclass(frozen=True, slots=True)
class Lead:
    """What an answer leads to, and the answers to other questions that this rests on."""

    answer: Answer
    state: State
    recommend: tuple[str, ...]
    provided: tuple[tuple[str, Answer], ...]


def leads_of(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, tally: Tally, name: str
) -> Iterator[Lead]:
    """What each answer to a question leads to, with what a limit that it meets still rests on.

    What every answer leaves open is no matter of the answer, so it is left out.
    """
    results = _results(knowledge, ruleset, given, tally, name)
    open_by = {v: _open_rules(ruleset, given, name, v, at) for v, at in results.items()}
    promising = [open_by[value] for value, at in results.items() if at.recommend]
    always = set.intersection(*map(set, promising)) if promising else set()
    rests = {
        value: tuple(
            dict.fromkeys(
                found
                for rule_id, rule in open_by[value].items()
                if rule_id not in always
                for found in _needed(knowledge, given, rule, name, value)
            )
        )
        for value in results
    }
    for (key, provided), group in groupby(
        results, key=lambda value: (results[value].key, rests[value])
    ):
        for answer in _in_one(list(group), key, tally, name):
            yield Lead(answer, *key, provided)


def _open_rules(
    ruleset: Ruleset, given: Given, name: str, value: Answer, at: Position
) -> dict[str, Prepared]:
    """The hard rules on a question that stay open with an answer to it, of what it leads to."""
    then = replace(given, answers={**given.answers, name: value})
    found = (o for option in at.recommend for o in standing(ruleset, option, then).open)
    return {o.prepared.id: o.prepared for o in found if name in o.prepared.fields}


def _needed(
    knowledge: Knowledge, given: Given, rule: Prepared, name: str, value: Answer
) -> Iterator[tuple[str, Answer]]:
    """The one answer to another question that keeps a rule, where every other one breaks it."""

    def then(other: str, answer: Answer) -> Truth:
        return truth(rule.node, {**given.answers, name: value, other: answer})

    for other in sorted(rule.fields - given.answers.keys() - {name}):
        kept = [
            answer for answer in knowledge.fields[other].values if then(other, answer) is not False
        ]
        if len(kept) == 1:
            yield other, kept[0]


def _left(position: Position) -> int:
    """How many options a person would still have to choose from."""
    return len(position.recommend) or len(position.left)
