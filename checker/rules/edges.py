"""The answers worth trying for a field: those that its rules tell apart."""

import math
from collections.abc import Iterator

from checker.knowledge.answers import Answer
from checker.knowledge.model import Field
from checker.rules.conditions import Bound
from checker.rules.evaluation import Ruleset
from checker.units import Interval

# The step to each side of a limit, as a share of it.
STEP = 0.01


def edges(ruleset: Ruleset, known: Field, name: str) -> tuple[Answer, ...]:
    """The answers that matter for a field: every choice, or the nearest on each side of a limit."""
    if known.kind == "choice":
        return tuple(known.values)
    bounds = [leaf for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)]
    return tuple(dict.fromkeys(value for leaf in bounds for value in _sides(leaf)))


def _sides(leaf: Bound) -> Iterator[Interval]:
    yield Interval(leaf.limit, leaf.limit)
    if leaf.op in ("at_most", "above"):
        yield Interval(leaf.limit, math.inf, lo_open=True)
    else:
        yield Interval(0.0, leaf.limit, hi_open=True)


def representatives(ruleset: Ruleset, known: Field, name: str) -> tuple[Answer, ...]:
    """Answers that tell a field's cases apart: every choice, or the bands between its limits."""
    if known.kind == "choice":
        return tuple(known.values)
    bounds = [leaf for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)]
    # A cut stands just under its limit (False) or just over it (True).
    cuts = sorted({(leaf.limit, leaf.op in ("at_most", "above")) for leaf in bounds})
    starts = [(0.0, False), *cuts]
    ends = [*cuts, (math.inf, False)]
    return tuple(
        Interval(low, high, lo_open=over, hi_open=not closed and math.isfinite(high))
        for (low, over), (high, closed) in zip(starts, ends, strict=True)
        if low < high or (low == high and not over and closed)
    )


def stepped_values(ruleset: Ruleset, known: Field, name: str) -> tuple[Answer, ...]:
    """Each limit, one step below it and one above, or every choice."""
    if known.kind == "choice":
        return tuple(known.values)
    limits = {leaf.limit for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)}
    points = {x for limit in limits for x in (limit * (1 - STEP), limit, limit * (1 + STEP))}
    return tuple(Interval(point, point) for point in sorted(points))
