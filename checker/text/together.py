"""The numbers of a text judged together: what one of them answers, another one hardly does.

A first model judges each number alone (``placing``). Here its judgements are features of a second
one: whether another number answers the question better, whether other numbers have the other
meanings of this number, and how the numbers of one unit compare in size and in their order.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.text.numbers import Number

OTHER = "other"
# From here on a number claims a question, as far as the first model sees.
CLAIMED = 0.5
# Judgements are compared in steps of this, as logarithms of odds, up to the most.
_STEP, _MOST = 1.0, 5
_EDGE = 1e-6
# So many numbers on each side of one are compared with it: more than a situation needs.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A number, and how likely it answers each question, judged alone."""

    number: Number
    likely: Mapping[str, float]

    @property
    def best(self) -> str:
        """The question that it claims; "other" where it claims none."""
        name = max(self.likely, key=lambda n: self.likely[n], default=OTHER)
        return name if self.likely.get(name, 0.0) >= CLAIMED else OTHER

    @property
    def size(self) -> float:
        """The largest amount that is meant, or the least where there is no largest."""
        interval = self.number.quantity.interval
        return interval.lo if math.isinf(interval.hi) else interval.hi


def features_together(judged: Sequence[Judged], at: int) -> dict[str, list[str]]:
    """For each question that a number may answer, how it compares with the other numbers."""
    first = max(0, at - _NEAR)
    judged, at = judged[first : at + _NEAR + 1], at - first
    mine = judged[at]
    others = [other for place, other in enumerate(judged) if place != at and _differs(mine, other)]
    kin = [other for other in others if not mine.likely.keys().isdisjoint(other.likely)]
    place = _place(mine, kin)
    around = [*_around(judged, at), *_twins(judged, at)]
    around += [f"with:{name}" for name in _claimed(others)]
    return {name: list(_features(name, mine, others, place, around)) for name in mine.likely}


def _around(judged: Sequence[Judged], at: int) -> Iterator[str]:
    """What the numbers before and behind one answer, as far as the first model sees."""
    for side, place in (("before", at - 1), ("behind", at + 1)):
        found = judged[place].best if 0 <= place < len(judged) else "none"
        yield f"{side}:{found}"


def _twins(judged: Sequence[Judged], at: int) -> list[str]:
    """What the same amount answers where the text says it again."""
    mine = judged[at]
    twins = (o for place, o in enumerate(judged) if place != at and not _differs(mine, o))
    return sorted({f"again:{twin.best}" for twin in twins})


def _claimed(others: Sequence[Judged]) -> list[str]:
    return sorted({name for o in others for name, part in o.likely.items() if part >= CLAIMED})


def _differs(one: Judged, other: Judged) -> bool:
    """Whether two numbers are two amounts, and not the same one said twice."""
    return one.size != other.size or one.number.quantity.unit != other.number.quantity.unit


def _place(mine: Judged, kin: Sequence[Judged]) -> tuple[str, str]:
    """Where a number is among its kin, by its size and by its order in the text."""
    smaller = sum(other.size < mine.size for other in kin)
    before = sum(other.number.first < mine.number.first for other in kin)
    return _rank(smaller, len(kin)), _rank(before, len(kin))


def _rank(below: int, of: int) -> str:
    if not of:
        return "only"
    return "first" if not below else "last" if below == of else "between"


def _features(
    name: str,
    mine: Judged,
    others: Sequence[Judged],
    place: tuple[str, str],
    around: Sequence[str],
) -> Iterator[str]:
    alone = _step(mine.likely[name])
    claim = _step(max((other.likely.get(name, 0.0) for other in others), default=0.0))
    best, taken = _second_best(name, mine, others)
    plain = [
        f"alone:{alone}", f"claim:{claim}", f"alone:{alone}:{claim}", f"best:{best}:{taken}",
        f"alone:{alone}:{best}:{taken}", f"size:{place[0]}", f"order:{place[1]}",
    ]  # fmt: skip
    yield from plain
    yield from (f"{name}={feature}" for feature in ("", *plain, *around))
    yield from (f"{name}={c}" for c in _compared(name, mine, others))


def _second_best(name: str, mine: Judged, others: Sequence[Judged]) -> tuple[int, int]:
    """How likely the best other meaning is, and how likely another number has that one."""
    rest = {other: part for other, part in mine.likely.items() if other != name}
    if not rest:
        return -_MOST, 0
    best = max(rest, key=lambda other: rest[other])
    return _step(rest[best]), _step(max((o.likely.get(best, 0.0) for o in others), default=0.0))


def _compared(name: str, mine: Judged, others: Sequence[Judged]) -> Iterator[str]:
    """How a number compares with those that answer the other questions of its unit."""
    for other in mine.likely:
        if other == name:
            continue
        holder = max(others, key=lambda o: o.likely.get(other, 0.0), default=None)
        if holder and holder.likely.get(other, 0.0) >= CLAIMED:
            sign = "<" if mine.size < holder.size else ">"
            later = mine.number.first > holder.number.first
            yield from (f"{sign}{other}", f"{other}:{later}")
        else:
            yield f"free:{other}"


def _step(likely: float) -> int:
    """A probability in steps of its odds."""
    held = min(1 - _EDGE, max(_EDGE, likely))
    return max(-_MOST, min(_MOST, round(math.log(held / (1 - held)) / _STEP)))
