"""The one question whose answer decides most."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge
from checker.rules.edges import representatives
from checker.rules.evaluation import Ruleset
from checker.rules.incremental import Position, Tally


@dataclass(frozen=True, slots=True)
class Question:
    """A field to ask for; ``leads`` gives the recommendation that each answer would bring."""

    field: str
    leads: tuple[tuple[Answer, tuple[str, ...]], ...]


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
            leads = tuple((answer, result.recommend) for answer, result in results.items())
            best = left, Question(name, leads)
    return best[1] if best else None


def _results(
    knowledge: Knowledge, ruleset: Ruleset, tally: Tally, name: str
) -> Mapping[Answer, Position]:
    values = representatives(ruleset, knowledge.fields[name], name)
    return {value: tally.after({name: value}) for value in values}


def _left(position: Position) -> int:
    """How many options a person would still have to choose from."""
    return len(position.recommend) or len(position.left)
