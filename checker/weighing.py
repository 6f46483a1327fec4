"""Statements, ranking and rules weighed against each other: the state, the order, the question.

What was read for certain is given to the rules. What may mean something else is tried both ways, in
all combinations; what the rules say to each of them, with the ranking as what is likely beforehand,
orders the options. All thresholds of the advice are here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import exp, prod

from checker.knowledge.answers import Answer
from checker.knowledge.model import State
from checker.rules.evaluation import Result, Ruleset, evaluate
from checker.rules.verdict import as_given
from checker.text.ranking import Ranking
from checker.text.reading import POSSIBLE, Reading, Statement, Unplaced
from checker.units import Interval

# A text says too little where the ranking is so sure of it and little was read.
TOO_LITTLE = 0.35
# Nothing fits where that is likelier than not, and the ranking does not rule it out.
NO_FIT, CONCEIVABLE = 0.5, 0.05
NO_FIT_TOO, TOO_MUCH = 0.35, 0.3
# Readings that are not sure are tried both ways, the least sure ones first.
MOST_DOUBTS = 5
# A combination so much less likely than the likeliest one does not keep a verdict open.
PLAUSIBLE = 0.2
# How much an option loses for each point that the rules give to another one.
PER_POINT = 0.5
# How far the ranking is to be trusted against the rules: 1 is as far as it trusts itself.
TRUST, TRUST_LESS = 1.0, 0.3
FAINT = 0.0004
AGAINST_RULES = 0.1
# What is left of an option that a wish, or a limit of the platform, rules out.
AGAINST_WISH, AGAINST_LIMIT = 0.02, 0.005
# "Use X" needs this part of what speaks for all options; "probably X" that part.
AGREED, PROBABLE, CLOSE = 0.7, 0.5, 0.1
# Below this part no option is named first before the person has answered a question.
NAMED = 0.6
# Two statements that have nothing to do with each other support an advice nobody asked for.
SUPPORT = 2
# Where the option that a text is about is ruled out, another one needs this much to be named.
SECOND_BEST = 0.15
# An option that a limit may rule out, so likely, is not recommended: it is asked.
RISKY = 0.25
# The same for a wish, where the text may say two things in the same words.
CONTESTED = 0.25


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
        """How likely a limit of the platform rules an option out, by all that may be meant."""
        return sum(
            case.weight
            for case in self.cases
            if any(o.strength == "must" for o in case.result.standings[option].broken)
        )

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


def lone_limit(matter: Matter) -> Statement | None:
    """The number of the text without which something would fit, where now nothing does."""
    for item in matter.reading.statements:
        if isinstance(item.answer, Interval):
            rest = {name: v for name, v in matter.stated.items() if name != item.field}
            standings = evaluate(matter.rules, as_given(rest)).standings.values()
            if any(all(o.strength != "must" for o in s.broken) for s in standings):
                return item
    return None


def find_state(matter: Matter) -> tuple[State, list[str]]:
    """The state and the options, best first: the one place where both are found."""
    labels = dict(matter.ranking.labels)
    if state := _where_nothing_fits(matter, labels.get("nothing-fits", 0.0)):
        return state, []
    if labels.get("ask-for-more", 0.0) >= TOO_LITTLE and len(matter.stated) < SUPPORT:
        return "ask-for-more", []
    order = [option for option in matter.standing if not matter.limited(option)]
    safe = [option for option in order if matter.risk(option) < RISKY]
    if not safe or (safe[0] != order[0] and matter.standing[safe[0]] < SECOND_BEST):
        return "ask-for-more", []
    order = safe
    first = order[0]
    favourite = max(matter.prior, key=lambda option: matter.prior[option])
    unsupported = matter.sure.standings[first].score == 0 and matter.prior[first] < SECOND_BEST
    if matter.limited(favourite) and unsupported:
        return "ask-for-more", []
    if _settled(matter, first):
        return "decided", [first]
    if _contested(matter, first) and not matter.answered:
        return "ask-for-more", []
    by_rules = matter.sure.state == "decided" and matter.sure.recommend == (first,)
    if matter.standing[first] < NAMED and not by_rules and not matter.answered:
        return "ask-for-more", []
    return "narrowed", [first, *(o for o in order[1:4] if matter.standing[o] >= CLOSE)]


def _where_nothing_fits(matter: Matter, expected: float) -> State | None:
    """The state where limits or wishes leave no option; ``expected`` is what the ranking says."""
    nothing = sum(case.weight for case in matter.cases if case.result.state == "nothing-fits")
    limited = all(matter.limited(option) for option in matter.rules.options)
    if limited and expected < CONCEIVABLE and lone_limit(matter):
        return "ask-for-more"
    likely = nothing >= NO_FIT and expected >= CONCEIVABLE
    likely = likely or (nothing >= NO_FIT_TOO and expected >= TOO_MUCH)
    return "nothing-fits" if limited or likely else None


def _contested(matter: Matter, option: str) -> bool:
    """Whether the words for one answer may as well mean another, which rules an option out."""
    ways = (
        said
        for doubt in matter.doubts
        for weight, said in doubt.ways
        if doubt.field in matter.reading.rivals and said and weight >= CONTESTED
    )
    results = (evaluate(matter.rules, as_given({**matter.cases[0].answers, **w})) for w in ways)
    return any(result.standings[option].rejected for result in results)


def _settled(matter: Matter, first: str) -> bool:
    """Whether all plausible readings lead to one option, with enough behind it to say "use it"."""
    top = max(case.weight for case in matter.cases)
    same = all(
        case.result.state == "decided" and case.result.recommend == (first,)
        for case in matter.cases
        if case.weight >= PLAUSIBLE * top
    )
    return same and matter.standing[first] >= AGREED and len(matter.stated) >= SUPPORT
