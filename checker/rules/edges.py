"""The answers worth trying for a field: those that its rules tell apart."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from checker.knowledge.answers import Answer
from checker.knowledge.model import Field
from checker.rules.conditions import Answers, Bound, Compare, Derivation, Leaf, worked_out
from checker.rules.evaluation import Ruleset
from checker.units import Interval

# The step to each side of a limit, as a share of it.
STEP = 0.01


def edges(ruleset: Ruleset, known: Field, name: str, answers: Answers) -> tuple[Answer, ...]:
    """The answers that matter for a field: every choice, or each limit and the bands between."""
    if known.kind == "choice":
        return tuple(known.values)
    bounds = [leaf for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)]
    # Whole bands, so that what is said of one is true of each of its values.
    limits = (Interval(leaf.limit, leaf.limit) for leaf in bounds)
    return tuple(dict.fromkeys((*limits, *representatives(ruleset, known, name, answers))))


def solving(leaf: Leaf, answers: Answers) -> Iterator[tuple[str, Interval]]:
    """Answers to other fields that just pass a test: 200 at a time as requests an hour."""
    if isinstance(leaf, Compare):
        both = (leaf.field, leaf.other, leaf.scale), (leaf.other, leaf.field, 1 / leaf.scale)
        for name, other, scale in both:
            if isinstance(given := answers.get(other), Interval) and math.isfinite(given.hi):
                yield name, Interval(given.hi * scale, given.hi * scale)
    if isinstance(leaf, Bound) and leaf.op == "at_most":
        for way in leaf.derived:
            for name in way.inputs:
                rest = _rest(way, answers, name)
                if rest and 0 < rest.hi < math.inf:
                    size = leaf.limit / (way.scale * rest.hi)
                    over = name in dict(way.over)
                    number = _rounded_up(way.share_of(name, size)) if over else _whole(size)
                    yield name, Interval(number, number)


def _rest(way: Derivation, answers: Answers, name: str) -> Interval | None:
    """What a quantity follows from beside ``name``, not scaled and not rounded."""
    plain = replace(way, scale=1.0, whole=False)
    return worked_out(plain, {**answers, name: Interval(1.0, 1.0)})


def _rounded_up(share: float) -> float:
    """A little more, with two decimals."""
    return math.ceil(share * 100 * (1 - 1e-12)) / 100


def _whole(number: float) -> float:
    """A little less, with few digits: what people can type and what keeps the limit."""
    step = 10.0 ** (math.floor(math.log10(number)) - 5)
    return math.floor(number / step * (1 + 1e-12)) * step


def representatives(
    ruleset: Ruleset, known: Field, name: str, answers: Answers | None = None
) -> tuple[Answer, ...]:
    """Answers that tell a field's cases apart: every choice, or the bands between its limits.

    With ``answers``, a limit of what follows from them and from the field is a limit as well, and
    so is an answer that the field is compared with.
    """
    if known.kind == "choice":
        return tuple(known.values)
    bounds = [leaf for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)]
    # A cut is just under its limit (False) or just over it (True).
    found = {(leaf.limit, leaf.op in ("at_most", "above")) for leaf in bounds}
    found |= set(_following(ruleset, name, answers or {}))
    cuts = sorted(found | set(_compared(ruleset, name, answers or {})))
    starts = [(0.0, False), *cuts]
    ends = [*cuts, (math.inf, False)]
    return tuple(
        Interval(low, high, lo_open=over, hi_open=not closed and math.isfinite(high))
        for (low, over), (high, closed) in zip(starts, ends, strict=True)
        if low < high or (low == high and not over and closed)
    )


def _following(ruleset: Ruleset, name: str, answers: Answers) -> Iterator[tuple[float, bool]]:
    """The values of a field from which on a limit of a worked out quantity is passed.

    Only short numbers: a person can compare with 24 min, and not with 26.6666 min.
    """
    leaves = (leaf for group in ruleset.leaves.values() for leaf in group)
    for leaf in (leaf for leaf in leaves if isinstance(leaf, Bound)):
        for way in leaf.ways(answers):
            if name not in way.inputs:
                continue
            rest, over = _rest(way, answers, name), name in dict(way.over)
            share = way.scale * rest.lo if rest and rest.exact else 0.0
            # So small a number that nobody means it divides to nothing.
            number = leaf.limit / share if share else 0.0
            number = way.share_of(name, number) if over and number else number
            short = float(f"{number:.4g}")
            if 0 < short < math.inf and math.isclose(number, short, rel_tol=1e-12):
                yield short, (leaf.op in ("at_most", "above")) != over


def _compared(ruleset: Ruleset, name: str, answers: Answers) -> Iterator[tuple[float, bool]]:
    """The values of a field at which a test against another answer turns."""
    for leaf in chain.from_iterable(ruleset.leaves.values()):
        if not isinstance(leaf, Compare) or name not in (leaf.field, leaf.other):
            continue
        mine = leaf.field == name
        other, scale = (leaf.other, leaf.scale) if mine else (leaf.field, 1 / leaf.scale)
        limit = answers.get(other)
        if isinstance(limit, Interval) and limit.exact:
            yield limit.lo * scale, (leaf.op in ("at_most", "above")) == mine


def stepped_values(ruleset: Ruleset, known: Field, name: str) -> tuple[Answer, ...]:
    """Each limit, one step below it and one above, or every choice."""
    if known.kind == "choice":
        return tuple(known.values)
    limits = {leaf.limit for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound)}
    points = {x for limit in limits for x in (limit * (1 - STEP), limit, limit * (1 + STEP))}
    return tuple(Interval(point, point) for point in sorted(points))
