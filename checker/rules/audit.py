"""The audit: every decision tried on every edge of its rules, for faults that no scenario shows.

Each field is given the values that its rules tell apart (a limit, one step below, one step above,
every choice), alone and in pairs. Found are gaps, ties of rules, masked rules, unreachable
options and rules without a source.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from checker.knowledge.answers import Answer, Given, plain_answer
from checker.knowledge.model import Era, Knowledge
from checker.rules.edges import stepped_values
from checker.rules.evaluation import Prepared, Ruleset, evaluate, prepare

type Case = tuple[tuple[str, Answer], ...]
ERAS: tuple[Era, ...] = ("today", "exam")
MOST_PAIRS = 5_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its kind, the decision, and what shows it."""

    kind: str
    decision: str
    what: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One decision's audit: how many cases were tried, and what they showed."""

    decision: str
    rules: int
    options: int
    cases: int
    findings: tuple[Finding, ...]


def audit(knowledge: Knowledge, decision: str) -> Audit:
    """Audit one decision; the largest needs some seconds."""
    ruleset = prepare(knowledge, decision)
    values = {
        name: stepped_values(ruleset, knowledge.fields[name], name) for name in ruleset.fields
    }
    cases = tuple(_cases(values))
    findings = [
        *_sourceless(knowledge, ruleset),
        *_gaps(knowledge, ruleset, cases),
        *_unreachable(ruleset, cases, values),
        *_masked(ruleset, values),
    ]
    rules = {prepared.id for group in ruleset.options.values() for prepared in group}
    return Audit(decision, len(rules), len(ruleset.options), len(cases), tuple(findings))


def _cases(values: Mapping[str, tuple[Answer, ...]]) -> Iterator[Case]:
    for name, found in values.items():
        yield from (((name, value),) for value in found)
    for one, other in combinations(values, 2):
        yield from (((one, a), (other, b)) for a, b in product(values[one], values[other]))


def _sourceless(knowledge: Knowledge, ruleset: Ruleset) -> Iterator[Finding]:
    for prepared in _unique(ruleset):
        if not prepared.rule.fact and not prepared.rule.judgement:
            yield Finding("no source", ruleset.decision, prepared.id)


def _gaps(knowledge: Knowledge, ruleset: Ruleset, cases: Iterable[Case]) -> Iterator[Finding]:
    """Answers that leave nothing although no limit of the platform forbids everything."""
    for case in cases:
        result = evaluate(ruleset, Given(dict(case)))
        if result.state != "nothing-fits":
            continue
        forced = all(
            any(outcome.strength == "must" for outcome in standing.broken)
            for standing in result.standings.values()
        )
        if not forced:
            yield Finding("gap", ruleset.decision, _shown(knowledge, case))


def _shown(knowledge: Knowledge, case: Case) -> str:
    return ", ".join(f"{name}={plain_answer(knowledge.fields[name], a)}" for name, a in case)


def _unreachable(
    ruleset: Ruleset, cases: Iterable[Case], values: Mapping[str, tuple[Answer, ...]]
) -> Iterator[Finding]:
    """Options that no answers ever recommend, today or in the exam-era view."""
    missing = set(ruleset.options)
    for case in cases:
        for era in ERAS:
            missing -= _decided(ruleset, dict(case), era)
        if not missing:
            return
    for option in sorted(missing):
        if not _ideal(ruleset, option, values):
            yield Finding("unreachable", ruleset.decision, option)


def _ideal(ruleset: Ruleset, option: str, values: Mapping[str, tuple[Answer, ...]]) -> bool:
    """Whether answers chosen field by field in the option's favour make it the recommendation."""
    answers: dict[str, Answer] = {}
    for name, found in values.items():
        best = max(
            found, key=lambda v: _favour(ruleset, option, {**answers, name: v}), default=None
        )
        if best is not None and _favour(ruleset, option, {**answers, name: best}) > _favour(
            ruleset, option, answers
        ):
            answers[name] = best
    return any(option in _decided(ruleset, answers, era) for era in ERAS)


def _decided(ruleset: Ruleset, answers: Mapping[str, Answer], era: Era) -> set[str]:
    """The one option recommended; a tie proves nothing of either side."""
    result = evaluate(ruleset, Given(answers), era)
    return set(result.recommend) if result.state == "decided" else set()


def _favour(ruleset: Ruleset, option: str, answers: Mapping[str, Answer]) -> int:
    standings = evaluate(ruleset, Given(answers), "exam").standings
    if standings[option].rejected:
        return -99
    others = [s.score for name, s in standings.items() if name != option and not s.rejected]
    return standings[option].score - max(others, default=-1)


def _masked(ruleset: Ruleset, values: Mapping[str, tuple[Answer, ...]]) -> Iterator[Finding]:
    """Rules whose absence changes nothing that any case of theirs shows."""
    for prepared in _unique(ruleset):
        without = _without(ruleset, prepared)
        if not any(_differs(ruleset, without, case) for case in _cases_of(prepared, values)):
            yield Finding("masked", ruleset.decision, prepared.id)


def _differs(ruleset: Ruleset, without: Ruleset, case: Case) -> bool:
    given = Given(dict(case))
    for era in ERAS:
        with_rule, less = evaluate(ruleset, given, era), evaluate(without, given, era)
        if with_rule.key != less.key:
            return True
        for option, standing in with_rule.standings.items():
            if standing.rejected != less.standings[option].rejected:
                return True
    return False


def _cases_of(prepared: Prepared, values: Mapping[str, tuple[Answer, ...]]) -> Iterator[Case]:
    """The rule's own fields in all their values, alone and then with values of other fields.

    Of very many pairs, every nth is tried.
    """
    own = sorted(prepared.fields & values.keys())
    alone = [
        tuple(zip(own, combination, strict=True))
        for combination in product(*(values[name] for name in own))
    ]
    # Most rules show what they do alone, which saves a hundred times as many pairs.
    yield from alone
    others = [(name, value) for name in values if name not in own for value in values[name]]
    pairs = len(alone) * len(others)
    for index in range(0, pairs, pairs // MOST_PAIRS + 1):
        mine, other = divmod(index, len(others))
        yield (*alone[mine], others[other])


def _unique(ruleset: Ruleset) -> Iterable[Prepared]:
    found = {prepared.id: prepared for group in ruleset.options.values() for prepared in group}
    return found.values()


def _without(ruleset: Ruleset, gone: Prepared) -> Ruleset:
    options = {
        option: tuple(prepared for prepared in group if prepared.id != gone.id)
        for option, group in ruleset.options.items()
    }
    return replace(ruleset, options=options)
