"""What each number of a text may mean: the questions it may answer, or something else.

For every number and every question that accepts its unit, one linear model says how likely it is
that the number answers it. The model sees the cues on both sides, how they compare with those of
the other meanings, and the words around; it is trained on labelled texts.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checker.knowledge.model import Knowledge
from checker.text.linear import Linear, sigmoid
from checker.text.number_context import candidate_features, cue_weights, other_roles
from checker.text.numbers import Number, is_one, is_year
from checker.text.together import OTHER, Judged, features_together
from checker.text.tokens import Token
from checker.units import convert

# No situation is described by so many numbers: those after them stay without a meaning.
MOST_NUMBERS = 100
# How likely the meaning of a rate is that has only one.
PLAIN = 0.6
# Labels miss answers: a number is something else less often than they say.
MISSED = 0.55
# How likely a question is that the model does not know, and the cue that it needs.
NEW, PLAIN_CUE = 0.3, 3
# A peak is so many times the average.
PEAK, _PEAK = 2, "peak_"
# "Every night" is when a job runs; only words on requests make a rate of it.
DAY, FAINT = 86400, 0.2
_RATES = frozenset({"requests", "peak_requests"})
# Cues on both sides that agree so strongly need no model.
STRONG_CUE, CLEAR, UNLIKELY = 5, 2, 0.1
# A time so much shorter or longer than its question's unit answers something else: no load test
# of hours is over in milliseconds.
_NEVER, _EVER = 1e-4, 1e8
_DIMENSIONS = ("MB", "s", "/h", "%")


@dataclass(frozen=True, slots=True)
class Models:
    """How a number is judged alone, and how all numbers of a text are judged together."""

    alone: Linear | None = None
    together: Linear | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a number may be: a question's id or ``other``, and how likely that is."""

    field: str
    probability: float


def measures(knowledge: Knowledge, name: str, number: Number) -> bool:
    """Whether a number can be an answer to this question, by its unit alone."""
    known, unit = knowledge.fields[name], number.quantity.unit
    if known.kind != "quantity" or unit == "money" or number.quantity.per:
        return False
    if unit is None:
        return all(_factor(known.unit, other) is None for other in _DIMENSIONS)
    factor = _factor(unit, known.unit)
    if factor is not None:
        said = number.quantity.interval
        size = said.hi if math.isfinite(said.hi) else said.lo
        return unit != "s" or _NEVER < size * factor < _EVER
    return number.quantity.period is not None and known.interval


@cache
def _factor(unit: str | None, to: str | None) -> float | None:
    return convert(1.0, unit, to)


def place(
    knowledge: Knowledge,
    models: Models,
    decision: str,
    text: str,
    tokens: Sequence[Token],
    numbers: Sequence[Number],
) -> list[tuple[Meaning, ...]]:
    """The meanings of each number, the likeliest first; none where no question accepts its unit."""
    placed: list[tuple[Meaning, ...]] = []
    taught = frozenset(knowledge.readings.get("stated", {}).get(decision, ()))
    seen = numbers[:MOST_NUMBERS]
    rows = [_rows(knowledge, decision, text, tokens, numbers, number) for number in seen]
    alone = [{name: _likely(models.alone, row) for name, row in own.items()} for own in rows]
    for number, own, scored, both in zip(
        seen, rows, alone, together(models.together, seen, alone, taught), strict=True
    ):
        likely = dict(both)
        if len(both) == 1:
            (only,) = both
            if _speaks_for_itself(knowledge, only, number, own[only]):
                likely[only] = max(likely[only], PLAIN)
        likely |= _by_cues(text, tokens, number, likely, scored)
        placed.append(_ranked(likely) if own else ())
    placed += [()] * (len(numbers) - len(placed))
    return _with_peaks(knowledge.decisions[decision].fields, numbers, placed)


def together(
    model: Linear | None,
    numbers: Sequence[Number],
    alone: Sequence[Mapping[str, float]],
    taught: Collection[str],
) -> list[dict[str, float]]:
    """What each number answers, of the questions that the models know, all numbers minded."""
    known = [{name: part for name, part in own.items() if name in taught} for own in alone]
    if model is None:
        return known
    judged = [Judged(number, own) for number, own in zip(numbers, known, strict=True)]
    return [
        {name: _likely(model, row) for name, row in features_together(judged, at).items()}
        for at in range(len(judged))
    ]


def _rows(
    knowledge: Knowledge,
    decision: str,
    text: str,
    tokens: Sequence[Token],
    numbers: Sequence[Number],
    number: Number,
) -> dict[str, list[str]]:
    names = candidates(knowledge, decision, text, tokens, number)
    return candidate_features(text, tokens, numbers, number, names, decision)


def candidates(
    knowledge: Knowledge, decision: str, text: str, tokens: Sequence[Token], number: Number
) -> list[str]:
    """The questions of a decision that a number may answer, by its unit and its size.

    A value at the peak is one only where words say so, and so is what may be a year.
    """
    names = [n for n in knowledge.decisions[decision].fields if measures(knowledge, n, number)]
    odd = names if is_year(number.quantity) else [n for n in names if n.startswith(_PEAK)]
    front, back = cue_weights(text, tokens, number, odd) if odd else ({}, {})
    return [n for n in names if n not in odd or front[n] + back[n] >= PLAIN_CUE]


def _with_peaks(
    fields: Collection[str], numbers: Sequence[Number], placed: Sequence[tuple[Meaning, ...]]
) -> list[tuple[Meaning, ...]]:
    """Of two values of one question that has a question for its peak, the larger is the peak."""
    sizes = [number.quantity.interval.lo for number in numbers]
    found = list(placed)
    firsts = [meanings[0].field if meanings else OTHER for meanings in placed]
    least: dict[str, float] = {}
    for first, size in zip(firsts, sizes, strict=True):
        least[first] = min(size, least.get(first, size))
    for at, meanings in enumerate(placed):
        first, peak = firsts[at], _PEAK + firsts[at]
        if meanings and peak in fields and sizes[at] >= PEAK * least[first]:
            rest = [m for m in meanings if m.field not in (first, peak)]
            found[at] = (Meaning(peak, meanings[0].probability), *rest)
    return found


def _by_cues(
    text: str,
    tokens: Sequence[Token],
    number: Number,
    likely: Mapping[str, float],
    scored: Mapping[str, float],
) -> dict[str, float]:
    """What the words next to a number say alone, where the model knows too little.

    Of questions that no labelled text answers only such words speak; and cues on both sides that
    agree need no model. "One" counts nothing without words that say so: "for one input".
    """
    names = tuple(scored)
    roles = other_roles(number, names)
    front, back = cue_weights(text, tokens, number, (*names, *roles))
    cue = {name: front[name] + back[name] for name in (*names, *roles)}
    found = {n: max(NEW, scored[n]) for n in names if n not in likely and cue[n] >= PLAIN_CUE}
    for name in names:
        rest = max((cue[other] for other in cue if other != name), default=0)
        if cue[name] >= STRONG_CUE and cue[name] - rest >= CLEAR:
            found[name] = max(likely.get(name, 0.0), PLAIN)
        role = max((cue[other] for other in roles), default=0)
        if role >= STRONG_CUE and role - cue[name] >= CLEAR and name in likely:
            found[name] = min(likely[name], UNLIKELY)
    return found | _denied(tokens, number, likely, cue)


def _denied(
    tokens: Sequence[Token],
    number: Number,
    likely: Mapping[str, float],
    cue: Mapping[str, int],
) -> dict[str, float]:
    """Questions that words such as "one" and "every night" answer only where more words say so."""
    words, period = number.quote.lower(), number.quantity.period or 0.0
    if is_one(number):
        several = _of_several(tokens, number)
        return {n: 0.0 for n in likely if several or cue[n] <= PLAIN_CUE}
    if words.startswith(("every", "each")) and period >= DAY:
        return {n: FAINT * likely[n] for n in likely if cue[n] < PLAIN_CUE and n in _RATES}
    return {}


def _of_several(tokens: Sequence[Token], number: Number) -> bool:
    """Whether "one" counts nothing: "no one", "one of many", "one model per store"."""
    before = tokens[number.first - 1].text if number.first else ""
    behind = [token.text for token in tokens[number.last + 1 : number.last + 5]]
    if before in ("no", "any", "which", "this", "that") or {"each", "apiece", "per"} & {*behind}:
        return True
    return behind[:1] in (["of"], ["after"], ["by"], ["at"])


def _speaks_for_itself(
    knowledge: Knowledge, name: str, number: Number, features: Sequence[str]
) -> bool:
    """Whether a rate, a rhythm or a size can only answer one question, and no words deny it.

    "A few per day" needs no word on requests where nothing else is counted by the day.
    """
    if number.quantity.unit not in ("/h", "MB") or "role:0" not in features:
        return False
    if number.quantity.unit == "MB":
        return True
    return (number.quantity.period is not None) == knowledge.fields[name].interval


def _likely(model: Linear | None, features: Iterable[str]) -> float:
    return sigmoid(model.scores(features)[0]) if model else 0.5


def _ranked(likely: Mapping[str, float]) -> tuple[Meaning, ...]:
    """Each meaning's part of the whole; "other" is what is left where none is likely."""
    none = math.prod(1 - p for p in likely.values())
    # Two likely questions exclude each other, so odds are compared and not probabilities.
    odds = {name: none * p / max(1e-9, 1 - p) for name, p in likely.items()}
    none *= MISSED
    total = none + sum(odds.values())
    parts = {**{name: part / total for name, part in odds.items()}, OTHER: none / total}
    return tuple(
        Meaning(name, part) for name, part in sorted(parts.items(), key=lambda p: (-p[1], p[0]))
    )
