"""The one question whose answer decides most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge, State
from checker.rules.edges import representatives
from checker.rules.evaluation import Ruleset
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

    Ties go to the field that the decision asks first.
    """
    now = tally.after({})
    best: tuple[float, Question] | None = None
    for name in ruleset.fields:
        if name in given.answers:
            continue
        results = _results(knowledge, ruleset, tally, name)
        if len({result.key for result in results.values()} | {now.key}) < 2:
            continue
        left = sum(_left(result) for result in results.values()) / len(results)
        if best is None or left < best[0]:
            best = left, Question(name, tuple(_joined(results, tally, name)))
    return best[1] if best else None


def _results(
    knowledge: Knowledge, ruleset: Ruleset, tally: Tally, name: str
) -> Mapping[Answer, Position]:
    values = representatives(ruleset, knowledge.fields[name], name)
    return {value: tally.after({name: value}) for value in values}


def _joined(
    results: Mapping[Answer, Position], tally: Tally, name: str
) -> Iterator[tuple[Answer, State, tuple[str, ...]]]:
    """What each answer leads to; of bands that lead to the same, one for all, where that holds."""
    for key, group in groupby(results.items(), key=lambda found: found[1].key):
        answers = [answer for answer, _ in group]
        first, last = answers[0], answers[-1]
        if isinstance(first, Interval) and isinstance(last, Interval):
            band = Interval(first.lo, last.hi, first.lo_open, last.hi_open)
            if tally.after({name: band}).key == key:
                answers = [band]
        yield from ((answer, *key) for answer in answers)


def _left(position: Position) -> int:
    """How many options a person would still have to choose from."""
    return len(position.recommend) or len(position.left)
