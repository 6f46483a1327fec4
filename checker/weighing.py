"""Statements, ranking and rules weighed against each other: how likely each option is.

What was read for certain is given to the rules. What may mean something else is tried both ways, in
all combinations; what the rules say to each of them, with the ranking as what is likely beforehand,
orders the options. What state follows from it: ``checker.states``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import exp, prod

from checker.knowledge.answers import Answer
from checker.rules.evaluation import Result, Ruleset, evaluate
from checker.rules.verdict import as_given
from checker.text.ranking import Ranking
from checker.text.reading import POSSIBLE, Reading, Statement, Unplaced

# Readings that are not sure are tried both ways, the least sure ones first.
MOST_DOUBTS = 5
# How far the ranking makes a combination of doubtful readings less likely that contradicts it.
BELIEVED = 0.4
# How much an option loses for each point that the rules give to another one.
PER_POINT = 0.5
# How far the ranking is to be trusted against the rules: 1 is as far as it trusts itself.
TRUST, TRUST_LESS = 1.0, 0.3
FAINT = 0.0004
AGAINST_RULES = 0.1
# What is left of an option that a wish, or a limit of the platform, rules out.
AGAINST_WISH, AGAINST_LIMIT = 0.02, 0.005


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something read that may mean something else: each way with its probability."""

    ways: tuple[tuple[float, Mapping[str, Answer]], ...]
    field: str
    number: Unplaced | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One combination of readings: how likely it is, and what the rules say to it."""

    weight: float
    answers: Mapping[str, Answer]
    result: Result


@dataclass(frozen=True)
class Matter:
    """All that is known when the state is found: the cases, and the order of the options."""

    reading: Reading
    ranking: Ranking
    rules: Ruleset
    stated: Mapping[str, Answer]
    doubts: tuple[Doubt, ...]
    cases: tuple[Case, ...]
    answered: bool = False
    """Whether the person has answered a question, which counts more than how a text reads."""

    @cached_property
    def prior(self) -> Mapping[str, float]:
        """How likely each option is by the ranking alone."""
        return self._trusted(TRUST_LESS if self.answered else TRUST)

    @cached_property
    def doubted(self) -> Mapping[str, float]:
        """The same, as it counts once the next question is answered."""
        return self._trusted(TRUST_LESS)

    def _trusted(self, trust: float) -> Mapping[str, float]:
        found = dict(self.ranking.labels)
        parts = {o: (found.get(o, 0.0) + FAINT) ** trust for o in self.rules.options}
        total = sum(parts.values())
        return {option: part / total for option, part in parts.items()}

    @cached_property
    def standing(self) -> Mapping[str, float]:
        """How likely each option is by ranking and rules, the likeliest first."""
        return order_options(self.prior, self.cases)

    @cached_property
    def sure(self) -> Result:
        """What the rules say to the statements with only one meaning."""
        doubted = {doubt.field for doubt in self.doubts}
        firm = {name: value for name, value in self.stated.items() if name not in doubted}
        return evaluate(self.rules, as_given(firm))

    def risk(self, option: str) -> float:
        """How likely a limit of the platform rules an option out, by all that may be meant.

        A combination that leaves little of what texts like this are about is less likely.
        """
        weights = [case.weight * self._left(case.result) ** BELIEVED for case in self.cases]
        broken = (
            weight
            for weight, case in zip(weights, self.cases, strict=True)
            if any(o.strength == "must" for o in case.result.standings[option].broken)
        )
        return float(sum(broken) / sum(weights))

    def _left(self, result: Result) -> float:
        """The part of the ranking that a combination of answers does not rule out."""
        return sum(
            part * (AGAINST_WISH if result.standings[option].rejected else 1.0)
            for option, part in self.prior.items()
        )

    def with_these(self, said: Mapping[str, Answer]) -> Result:
        """What the rules say where some answers are others than in the likeliest combination."""
        return evaluate(self.rules, as_given({**self.cases[0].answers, **said}))

    def likely_with(self, said: Mapping[str, Answer]) -> float:
        """The part of the ranking that these answers leave."""
        return self._left(self.with_these(said))

    def limited(self, option: str) -> bool:
        """Whether a limit of the platform rules an option out, under what was said for certain."""
        return any(o.strength == "must" for o in self.sure.standings[option].broken)


def weigh(
    rules: Ruleset, reading: Reading, ranking: Ranking, confirmed: Mapping[str, Answer]
) -> Matter:
    """Every combination of what was read, judged by the rules."""
    stated = {**reading.answers, **confirmed}
    doubts = sorted(_doubts(reading, confirmed), key=lambda d: abs(d.ways[0][0] - 0.5))[
        :MOST_DOUBTS
    ]
    fixed = {name: v for name, v in stated.items() if name not in {d.field for d in doubts}}
    cases = []
    for ways in product(*(doubt.ways for doubt in doubts)):
        answers = dict(fixed)
        for _, said in ways:
            answers.update(said)
        result = evaluate(rules, as_given(answers))
        cases.append(Case(prod(weight for weight, _ in ways), answers, result))
    return Matter(reading, ranking, rules, stated, tuple(doubts), tuple(cases), bool(confirmed))


def _doubts(reading: Reading, confirmed: Mapping[str, Answer]) -> Iterator[Doubt]:
    """What may mean something else."""
    torn = {options[0].field for options in reading.torn}
    for options in reading.torn:
        total = sum(option.probability for option in options)
        ways = tuple((o.probability / total, {o.field: o.answer}) for o in options)
        yield Doubt(ways, options[0].field)
    numbers = {(u.start, u.end): u for u in reading.unplaced}
    known = torn | set(confirmed)
    for item in (*reading.statements, *reading.possible):
        if item.field in known:
            continue
        known.add(item.field)
        if item.guess:
            yield Doubt(_ways(item, reading), item.field, numbers.get((item.start, item.end)))
    for loose in reading.unplaced:
        new = (meaning for meaning in loose.meanings if meaning.field not in known)
        best = next(new, None)
        if best and best.probability >= POSSIBLE:
            known.add(best.field)
            ways = ((best.probability, {best.field: best.answer}), (1 - best.probability, {}))
            yield Doubt(ways, best.field, loose)


def _ways(item: Statement, reading: Reading) -> tuple[tuple[float, Mapping[str, Answer]], ...]:
    """What a guess may be: its answer, another answer to its question, or nothing."""
    own, rival = item.probability, reading.rivals.get(item.field)
    if rival is None:
        return (own, {item.field: item.answer}), (1 - own, {})
    other = rival.probability
    rest = max(0.0, 1 - own - other)
    total = own + other + rest
    return (
        (own / total, {item.field: item.answer}),
        (other / total, {item.field: rival.answer}),
        (rest / total, {}),
    )


def order_options(prior: Mapping[str, float], cases: Sequence[Case]) -> dict[str, float]:
    """Each option's part of what speaks for all, over all combinations of readings."""
    found = dict.fromkeys(prior, 0.0)
    for case in cases:
        standings = case.result.standings
        best = max((s.score for s in standings.values() if not s.rejected), default=0)
        for option, standing in standings.items():
            likelihood = exp(PER_POINT * min(0, standing.score - best))
            if case.result.state == "decided" and option not in case.result.recommend:
                likelihood *= AGAINST_RULES
            if standing.rejected:
                hard = standing.broken[0].strength == "must"
                likelihood = AGAINST_LIMIT if hard else AGAINST_WISH ** min(2, len(standing.broken))
            found[option] += case.weight * likelihood * prior[option]
    total = sum(found.values()) or 1.0
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return {option: part / total for option, part in ranked}
