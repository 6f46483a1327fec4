"""The knowledge for cases at collection time, answers worth trying, an oracle for conditions."""

import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

from checker.knowledge.answers import Answer, Given, plain_answer, read_answers
from checker.knowledge.model import Condition, Era, Knowledge, Rule
from checker.knowledge.references import measure
from checker.rules.evaluation import Standing, evaluate
from checker.session import Session
from checker.units import Interval, convert
from macros.knowledge.reading import read_with_lines
from macros.knowledge.yaml_lines import YamlSource

# One step to each side of a limit, as a share of it.
STEP = 1e-3
_GROUPS = ("all", "any", "none")
_ORDERED = {"at_most": operator.le, "at_least": operator.ge, "below": operator.lt}
_ORDERED["above"] = operator.gt
_MIRRORED = {"at_most": "at_least", "at_least": "at_most", "below": "above", "above": "below"}


@cache
def _read() -> tuple[Knowledge, YamlSource]:
    return read_with_lines()


def known() -> Knowledge:
    """The real knowledge, read once a run."""
    return _read()[0]


def with_values(values: Mapping[str, float]) -> Knowledge:
    """The real knowledge with these values of facts, for texts that type a number."""
    facts = {key: replace(known().facts[key], value=value) for key, value in values.items()}
    return replace(known(), facts={**known().facts, **facts})


@cache
def session() -> Session:
    """A session on the real knowledge."""
    return Session(known())


def document() -> YamlSource:
    """The YAML with its lines, for messages that say where to edit."""
    return _read()[1]


@cache
def asked(text: str) -> Mapping[str, Any]:
    """The reply to a text; several tests look at the same one."""
    return session().ask(text)


def exactly(number: float) -> Interval:
    """A single number as an answer."""
    return Interval(number, number)


def as_text(answers: Mapping[str, Answer]) -> dict[str, str]:
    """Answers as a form or a link holds them."""
    return {name: plain_answer(known().fields[name], value) for name, value in answers.items()}


def typed(answers: Mapping[str, object]) -> dict[str, Answer]:
    """Answers as the engine accepts them; the texts must be right."""
    read, problems = read_answers(known(), answers)
    assert problems == []
    return read


# --- an oracle for conditions, written apart from the engine, for single numbers and choices


def oracle(condition: Condition, answers: Mapping[str, Answer]) -> bool | None:
    """Whether a condition of the YAML holds; None where an unknown answer leaves it open."""
    return _all(_oracle_part(key, value, answers) for key, value in condition.items())


def _all(truths: Iterable[bool | None]) -> bool | None:
    found = list(truths)
    return False if False in found else None if None in found else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _oracle_part(key: str, value: object, answers: Mapping[str, Answer]) -> bool | None:
    if key in _GROUPS:
        parts = [oracle(item, answers) for item in value]  # type: ignore[attr-defined]
        if key == "all":
            return _all(parts)
        every_not = _all(_not(part) for part in parts)
        return every_not if key == "none" else _not(every_not)
    tests = value.items()  # type: ignore[attr-defined]
    return _all(_oracle_against(key, op, limit, answers) for op, limit in tests)


def _oracle_against(key: str, op: str, limit: object, answers: Mapping[str, Answer]) -> bool | None:
    if op in _ORDERED and limit in known().fields:
        if key not in answers or limit not in answers:
            return None
        mine, theirs = answers[key], answers[str(limit)]
        assert isinstance(mine, Interval)
        assert isinstance(theirs, Interval)
        unit, other = known().fields[key].unit, known().fields[str(limit)].unit
        number = convert(theirs.lo, other, unit)
        assert number is not None
        return bool(_ORDERED[op](mine.lo, number))
    told = [answers[key]] if key in answers else []
    told += [exactly(x) for x in _follows(key, answers)] if op in _ORDERED else []
    return _all(_oracle_test(key, op, limit, answer) for answer in told) if told else None


def _follows(key: str, answers: Mapping[str, Answer]) -> Iterator[float]:
    """What a quantity comes to by the answers that it is derived from."""
    for way in known().fields[key].derived:
        names = (*way.product, *way.over)
        if not all(name in answers for name in names) or oracle(way.when, answers) is not True:
            continue
        if way.at_most and key in answers:
            continue
        number = 1.0
        for name in names:
            base = _in_base(name, answers[name])
            number = number * base if name in way.product else number / base
        yield number / _in_base(key, exactly(1))


def _in_base(field: str, answer: Answer) -> float:
    """A number in bytes, seconds, calls a second or as a share."""
    assert isinstance(answer, Interval)
    unit = known().fields[field].unit
    for base in ("bytes", "s", "/s"):
        if (number := convert(answer.lo, unit, base)) is not None and unit is not None:
            return number
    return answer.lo / 100 if unit == "%" else answer.lo


def _oracle_test(field: str, op: str, limit: object, answer: Answer) -> bool:
    if op in _ORDERED:
        assert isinstance(answer, Interval)
        assert answer.exact
        return bool(_ORDERED[op](answer.lo, limit_in_unit(field, limit)))
    listed = [limit] if isinstance(limit, str) else list(limit)  # type: ignore[call-overload]
    return (answer in listed) is not (op == "is_not")


def limit_in_unit(field: str, limit: object) -> float:
    """A limit of the YAML (a number or a reference) in the unit of the field."""
    if isinstance(limit, int | float):
        return float(limit)
    value, unit = measure(str(limit), known())
    assert isinstance(value, int | float)
    number = convert(float(value), unit, known().fields[field].unit)
    assert number is not None
    return number


# --- rules, answers worth trying, and answers that lead somewhere


def rules_of(option: str, era: Era = "today") -> dict[str, Rule]:
    """The rules on an option that count in this view."""
    return {
        key: rule
        for key, rule in known().rules.items()
        if option in rule.options and rule.era in ("always", era)
    }


def tests_on(condition: Condition) -> Iterator[tuple[str, str, object]]:
    """Every (field, operator, limit) of a condition."""
    for key, value in condition.items():
        if key in _GROUPS:
            for item in value:
                yield from tests_on(item)  # type: ignore[arg-type]
        else:
            for op, limit in value.items():  # type: ignore[union-attr]
                yield key, op, limit
                if op in _ORDERED and limit in known().fields:
                    yield limit, _MIRRORED[op], key


@cache
def limits(field: str) -> tuple[float, ...]:
    """Every limit that a rule holds this field against, in its unit."""
    found = {
        limit_in_unit(name, limit)
        for rule in known().rules.values()
        for name, op, limit in tests_on(rule.when)
        if name == field and op in _ORDERED and limit not in known().fields
    }
    return tuple(sorted(found))


@cache
def values(field: str) -> tuple[Answer, ...]:
    """Answers worth trying: every choice, or each limit and one step to each side of it."""
    record = known().fields[field]
    if record.kind == "choice":
        return tuple(record.values)
    if not limits(field):
        return (typed({field: record.example or 1})[field],)
    low, high = record.minimum or 0, record.maximum or float("inf")
    steps = (x * factor for x in limits(field) for factor in (1, 1 - STEP, 1 + STEP))
    return tuple(exactly(number) for number in steps if low <= number <= high)


def answers_for(fields: Iterable[str]) -> Iterator[dict[str, Answer]]:
    """Every combination of the values worth trying of these fields."""
    names = list(fields)
    for combination in product(*(values(name) for name in names)):
        yield dict(zip(names, combination, strict=True))


def first_answers(rule: Rule, wanted: bool) -> dict[str, Answer]:
    """Answers to a rule's own fields that keep it (``wanted``) or break it."""
    fields = sorted({field for field, _, _ in tests_on(rule.when)})
    return next(a for a in answers_for(fields) if oracle(rule.when, a) is wanted)


def decisions_of(rule: Rule) -> list[str]:
    """The decisions whose options a rule is about."""
    return sorted({known().options[option].decision for option in rule.options})


@cache
def leading_to(option: str, era: Era = "today") -> Mapping[str, Answer] | None:
    """Answers that make an option the recommendation, or part of it; None where none is found.

    A scenario's where there is one; else found step by step, the most helpful answer first.
    """
    decision = known().options[option].decision
    starts = [
        typed(scenario.answers)
        for scenario in known().scenarios.values()
        if scenario.decision == decision and option in scenario.expect
    ]
    for answers in [*starts, {}]:
        if found := _climb(option, decision, answers, era):
            return found
    return None


def _climb(
    option: str, decision: str, answers: dict[str, Answer], era: Era
) -> Mapping[str, Answer] | None:
    ruleset = session().ruleset(decision)
    for _ in range(6):
        if option in evaluate(ruleset, Given(answers), era).recommend:
            return answers
        tries = [
            {**answers, name: value}
            for name in ruleset.fields
            if name not in answers
            for value in values(name)
        ]
        if not tries:
            return None
        answers = max(
            tries, key=lambda t: _lead(evaluate(ruleset, Given(t), era).standings, option)
        )
    return None


def _lead(standings: Mapping[str, Standing], option: str) -> tuple[int, int]:
    """How far an option is ahead of the best other one, then how many others are out."""
    mine = standings[option]
    others = [s for name, s in standings.items() if name != option and not s.rejected]
    if mine.rejected:
        return -1000, 0
    return mine.score - max((s.score for s in others), default=-1000), -len(others)
