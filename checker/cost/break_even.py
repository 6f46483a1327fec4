"""Where one option's cost overtakes another's: solved from the formulas, never sampled."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checker.cost.meters import ZERO, Course, Piece
from checker.cost.options import Prices

MOST = Decimal(10) ** 12
"""The largest number of requests a month up to which crossings are searched."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """The number of requests at which two options cost the same."""

    cheaper_below: str
    cheaper_above: str
    requests: Decimal
    cost: Decimal


def crossings(one: Course, other: Course) -> list[Crossing]:
    """Every point at which the cheaper of two options changes, in order.

    Only up to the number of requests that both can process: beyond that, only one is possible.
    """
    end = min(one.carries or MOST, other.carries or MOST, MOST)
    found: list[Crossing] = []
    for a in one.pieces:
        for b in other.pieces:
            point = _meet(a, b, end)
            if point is not None and all(point != known.requests for known in found):
                cost = a.fixed + a.each * point
                found += _turn(one, other, point, cost)
    return sorted(found, key=lambda crossing: crossing.requests)


def _meet(a: Piece, b: Piece, end: Decimal) -> Decimal | None:
    """Where two straight stretches meet, if both reach so far."""
    slope = b.each - a.each
    if not slope:
        return None
    point = (a.fixed - b.fixed) / slope
    low = max(a.start, b.start)
    high = min(a.end or end, b.end or end, end)
    return point if point > 0 and low <= point <= high else None


def _turn(one: Course, other: Course, point: Decimal, cost: Decimal) -> Iterator[Crossing]:
    """The crossing, where the cheaper one really changes and the two do not only touch."""
    # Half way to the ends of the stretches that meet here: no other crossing comes between.
    edges = [p.start for c in (one, other) for p in c.pieces if p.start < point]
    before = (max(edges, default=ZERO) + point) / 2
    ends = [p.end for c in (one, other) for p in c.pieces if p.end and p.end > point]
    after = (min(ends, default=point * 2) + point) / 2
    below = one.exact(before) - other.exact(before)
    above = one.exact(after) - other.exact(after)
    if below < 0 < above:
        yield Crossing(one.option, other.option, point, cost)
    elif above < 0 < below:
        yield Crossing(other.option, one.option, point, cost)


def cheaper_throughout(one: Course, other: Course) -> str | None:
    """The option that is cheaper at any number of requests; None where they cost the same."""
    at = min(one.carries or MOST, other.carries or MOST, MOST) / 2
    difference = one.exact(at) - other.exact(at)
    if not difference:
        return None
    return one.option if difference < 0 else other.option


def busy_share(prices: Prices, size: str) -> Decimal | None:
    """The share of the time that a warm slot has to be busy to be cheaper than on demand.

    None where a price is missing; more than 1 where it never is.
    """
    keys = (("warm", size), ("executing", size), ("serverless", size))
    if any(key not in prices for key in keys):
        return None
    warm, executing, on_demand = (prices[key].value for key in keys)
    saved = on_demand - executing
    return warm / saved if saved > 0 else Decimal(2)
