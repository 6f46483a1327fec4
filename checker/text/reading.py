"""What a reading is made of, and how several statements on one question settle."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.knowledge.answers import Answer, plain_answer, within
from checker.knowledge.model import Field, Knowledge
from checker.problems import Problem
from checker.quantities import quantity_in
from checker.text.numbers import Number
from checker.units import Interval

# From here on a reading counts as stated; measured on labelled texts, see docs/contributing.md.
SURE = 0.5
# The same for a choice, which words alone may say: what is shown should be in its quote.
SAID = 0.65
# Below this nobody would think of that meaning.
POSSIBLE = 0.2
# A number is worth a place among the unplaced ones if somebody might mean it.
WORTH = 0.02


@dataclass(frozen=True, slots=True)
class Statement:
    """An answer that the text gives, the words that give it and where they are."""

    field: str
    answer: Answer
    quote: str
    start: int
    end: int
    probability: float = 1.0

    @property
    def stated(self) -> bool:
        """Whether it counts as stated, and is shown."""
        return self.probability >= (SURE if isinstance(self.answer, Interval) else SAID)

    @property
    def guess(self) -> bool:
        """Whether the words may mean something else."""
        return self.probability < SURE + 0.2


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A number that is no statement: the questions that it could answer, the likeliest first."""

    quote: str
    start: int
    end: int
    meanings: tuple[Statement, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The questions that the number could answer."""
        return tuple(item.field for item in self.meanings)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a text says on one decision.

    ``torn`` holds further values of a question that the text answers twice; ``context`` clauses
    that say how things were, are or should not be, with their role; ``mentions`` options named;
    ``hints`` says of questions without an answer how likely the text has one that was not found.
    """

    decision: str
    statements: tuple[Statement, ...]
    possible: tuple[Statement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    torn: tuple[tuple[Statement, ...], ...] = ()
    context: tuple[tuple[str, str], ...] = ()
    mentions: tuple[str, ...] = ()
    hints: Mapping[str, float] = field(default_factory=dict)
    rivals: Mapping[str, Statement] = field(default_factory=dict)
    """Another value that the words for a guess may mean as well, by question."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The stated answers by question."""
        return {item.field: item.answer for item in self.statements}


def number_answer(known: Field, name: str, number: Number) -> Interval | None:
    """A number as the answer to a question, in the question's unit; None where it can be none."""
    quantity = number.quantity
    made = quantity_in(quantity, known.unit)
    if made is None or made.hi <= 0:
        return None
    bounded = math.isfinite(made.hi) and not made.hi_open
    if bounded and not quantity.vague and (made.lo == 0 or known.worst):
        # "Up to 6 MB", and where the largest is asked "2 to 6 MB", ask for an option for 6 MB.
        made = Interval(made.hi, made.hi)
    if known.goal and math.isinf(made.hi):
        # "Longer than 400 ms feels broken" sets the goal to 400 ms.
        made = Interval(made.lo, made.lo)
    return None if isinstance(within(known, name, made), Problem) else made


def settled(
    knowledge: Knowledge, said: Iterable[Statement]
) -> tuple[list[Statement], list[tuple[Statement, ...]]]:
    """One statement a question, and the questions that are answered twice with equal right."""
    by_field: dict[str, list[Statement]] = {}
    for item in said:
        by_field.setdefault(item.field, []).append(item)
    kept: list[Statement] = []
    torn: list[tuple[Statement, ...]] = []
    for name, items in by_field.items():
        sure = [item for item in items if item.probability >= SURE] or items
        if knowledge.fields[name].kind == "quantity":
            kept.append(_merged(knowledge.fields[name], sure))
            continue
        best = _best_by_value(sure)
        kept.append(best[0])
        if len(best) > 1 and best[1].probability >= SURE:
            torn.append(tuple(best))
    return kept, torn


def rivals_of(
    knowledge: Knowledge, said: Sequence[Statement], kept: Iterable[Statement]
) -> dict[str, Statement]:
    """For each guessed choice the second likeliest value of its question, where there is one."""
    found: dict[str, Statement] = {}
    for item in kept:
        if item.guess and knowledge.fields[item.field].kind == "choice":
            others = [o for o in said if o.field == item.field and o.answer != item.answer]
            if others:
                found[item.field] = max(others, key=lambda other: other.probability)
    return found


def _best_by_value(items: Sequence[Statement]) -> list[Statement]:
    """For each value its likeliest statement; a value said twice is as likely as said once."""
    best: dict[Answer, Statement] = {}
    for item in items:
        if item.answer not in best or item.probability > best[item.answer].probability:
            best[item.answer] = item
    return sorted(best.values(), key=lambda item: (-item.probability, item.start))


def _merged(known: Field, items: Sequence[Statement]) -> Statement:
    """Of several numbers the worst case, the tightest wish or the first, as the question says."""
    if known.merge == "first":
        return items[0]
    sure = [item for item in items if not item.guess] or items
    pick = max if known.merge == "max" else min
    return pick(sure, key=_size)


def _size(item: Statement) -> float:
    if not isinstance(item.answer, Interval):
        return 0.0
    return item.answer.lo if math.isinf(item.answer.hi) else item.answer.hi


def plain_statement(knowledge: Knowledge, item: Statement) -> dict[str, object]:
    """A statement as plain JSON."""
    return {
        "field": item.field,
        "value": plain_answer(knowledge.fields[item.field], item.answer),
        "quote": item.quote,
        "guess": item.guess,
        "at": item.start,
    }
