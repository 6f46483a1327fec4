"""The smallest change of a person's own answers that would bring an option back."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge
from checker.rules.conditions import Answers, leaves
from checker.rules.edges import edges, solving
from checker.rules.evaluation import Result, Ruleset, Standing, evaluate
from checker.rules.incremental import Position, Tally
from checker.rules.wishes import unmet_wishes
from checker.units import Interval

# Four changed answers at once are no advice any more.
MOST_CHANGES = 3
# An option that is possible already needs no longer advice than this.
MOST_TO_WIN = 2
# So near to an open end of a band a number still counts as in it.
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Flip:
    """Answers to change, and the option's status after that: recommended, tied or allowed."""

    changes: Mapping[str, Answer]
    then: str
    cost: tuple[int, float]
    """How large a step it is: answers touched, then how far they move."""


def nearest_flip(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    option: str,
    result: Result,
    tally: Tally,
) -> Flip | None:
    """The fewest changed answers, and among those the least changed, that let ``option`` in.

    Fields that nobody can change (the age of an account) are left alone, and so is a stated goal:
    who wants something else asks for another verdict. None where no change of up to three answers
    brings it back, or of two for an option that is only out-ranked.
    ``result`` and ``tally`` are the decision's under the answers given.
    """
    now = result.standings[option]
    values = _values(knowledge, ruleset, given, result, now)
    # One that is rejected now is helped by being allowed; one that is allowed has to catch up.
    rivals = () if now.rejected or tally.add_up else result.recommend
    for count in range(1, (MOST_CHANGES if now.rejected else MOST_TO_WIN) + 1):
        tries = [
            flip
            for chosen in combinations(values, count)
            if _could_mend(now, chosen)
            for flip in _tries(given, now, {name: values[name] for name in chosen}, tally, rivals)
        ]
        for flip in sorted(tries, key=lambda flip: flip.cost):
            if _throughout(flip.changes, option, tally) and _met(ruleset, given, flip.changes):
                return flip
    return None


def _values(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, result: Result, now: Standing
) -> dict[str, list[Answer]]:
    """The answers to try, by field: those beside each limit, and those that just keep it."""
    known = given.answers
    names = [name for name in _movable(result, now) if _may_change(knowledge, ruleset, given, name)]
    values = {
        name: [
            value
            for value in edges(ruleset, knowledge.fields[name], name, known)
            if not _holds(value, known.get(name))
        ]
        for name in names
    }
    for name, value in _solving(now, known):
        if name in values and value not in values[name]:
            values[name].append(value)
    return values


def _holds(value: Answer, stated: Answer | None) -> bool:
    """Whether a value is what was stated, or a band with it: no change at all."""
    if not isinstance(value, Interval) or not isinstance(stated, Interval):
        return value == stated
    below = value.lo < stated.lo or (value.lo == stated.lo and value.lo_open <= stated.lo_open)
    above = stated.hi < value.hi or (value.hi == stated.hi and value.hi_open <= stated.hi_open)
    return below and above


def _throughout(changes: Mapping[str, Answer], option: str, tally: Tally) -> bool:
    """Whether an option stays possible over the whole of each band, and not for a part of it."""
    for name, band in changes.items():
        for end in _ends(band) if isinstance(band, Interval) else ():
            position = tally.after({**changes, name: Interval(end, end)})
            if standing_in(position, option, add_up=tally.add_up) == "rejected":
                return False
    return True


def _met(ruleset: Ruleset, given: Given, changes: Mapping[str, Answer]) -> bool:
    """Whether the recommendation after the changes meets every wish that they state."""
    then = given.having(changes)
    unmet = unmet_wishes(ruleset, then, evaluate(ruleset, then))
    return changes.keys().isdisjoint(wish.field for wish in unmet)


def _ends(band: Interval) -> Iterator[float]:
    """A number near each end of a band that has more than one."""
    if not band.exact:
        yield band.lo * (1 + NEAR) if band.lo_open else band.lo
    if not band.exact and math.isfinite(band.hi):
        yield band.hi * (1 - NEAR) if band.hi_open else band.hi


def _may_change(knowledge: Knowledge, ruleset: Ruleset, given: Given, name: str) -> bool:
    """Whether an answer can change, and is not the goal that a person stated."""
    stated = name in given.answers and name in ruleset.goals
    return not stated and not knowledge.fields[name].fixed


def _solving(now: Standing, answers: Answers) -> Iterator[tuple[str, Answer]]:
    """Answers that just keep a broken rule whose limit follows from other answers."""
    for outcome in now.broken:
        for leaf in leaves(outcome.prepared.node):
            yield from solving(leaf, answers)


def _could_mend(now: Standing, names: tuple[str, ...]) -> bool:
    """Whether every broken rule reads one of the fields; without that nothing brings it back."""
    return all(not outcome.prepared.inputs.isdisjoint(names) for outcome in now.broken)


def _movable(result: Result, now: Standing) -> list[str]:
    """The fields whose change can matter: those of broken rules; for an option that is only
    out-ranked, those of the preferences that it misses or that the leaders meet."""
    if now.broken:
        outcomes = list(now.broken)
    else:
        outcomes = [o for o in now.outcomes if o.truth is not True]
        outcomes += [o for leader in result.recommend for o in result.standings[leader].held]
    return sorted({name for outcome in outcomes for name in outcome.prepared.inputs})


def _tries(
    given: Given,
    now: Standing,
    values: Mapping[str, Sequence[Answer]],
    tally: Tally,
    rivals: tuple[str, ...],
) -> Iterator[Flip]:
    known = len(values.keys() & given.answers.keys())
    for combination in product(*values.values()):
        changes = dict(zip(values, combination, strict=True))
        if tally.hopeless(now.option, rivals, changes):
            continue
        then = standing_in(tally.after(changes), now.option, add_up=tally.add_up)
        if then == "rejected" or (then == "allowed" and not now.rejected):
            continue
        distance = sum(_distance(given.answers.get(n), v) for n, v in changes.items())
        # An answer that only has to be given is a smaller step than one that has to change. Equal
        # steps are equal on every machine, whatever the last digits of its logarithms.
        yield Flip(changes, then, (len(values) + known, round(distance + _rank(then), 9)))


def standing_in(position: Position, option: str, *, add_up: bool) -> str:
    """The status of an option: recommended, tied, allowed or rejected.

    Options recommended beside each other are a tie, unless they ``add_up``.
    """
    if option in position.recommend:
        return "recommended" if add_up or position.state == "decided" else "tied"
    possible = option in position.left and position.state != "nothing-fits"
    return "allowed" if possible else "rejected"


def _rank(then: str) -> float:
    # Between equally small changes the one that makes it the answer is the better advice.
    return {"recommended": 0.0, "tied": 0.001, "allowed": 0.002}[then]


def _distance(before: Answer | None, after: Answer) -> float:
    """How far an answer moves: orders of magnitude for quantities, one for a choice."""
    if not isinstance(before, Interval) or not isinstance(after, Interval):
        # "With log output: yes" is better advice than "with a log retention of 1 d".
        return 1.01 if isinstance(after, Interval) else 1.0
    old = before.hi if math.isfinite(before.hi) else before.lo
    new = after.hi if math.isfinite(after.hi) else after.lo
    if old <= 0 or new <= 0:
        return abs(old - new)
    return abs(math.log10(old) - math.log10(new))
