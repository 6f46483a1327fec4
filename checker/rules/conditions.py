"""Conditions: the fixed vocabulary of the rules, in three-valued logic.

True: holds for every value that the answer allows. False: for none. None: open, because the
answer is unknown or its interval straddles the limit. Unknown never counts as no (Kleene's
strong logic: https://plato.stanford.edu/entries/logic-manyvalued/).
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.knowledge.answers import Answer
from checker.knowledge.model import Condition, Derived, Knowledge
from checker.knowledge.references import ConditionError, measure
from checker.problems import did_you_mean
from checker.units import Interval, convert, counts, exceeds, in_base, parts_of, rounded_up

type Answers = Mapping[str, Answer]
type Truth = bool | None

GROUPS = ("all", "any", "none")
ORDERED = ("at_most", "at_least", "below", "above")
CHOICES = ("is", "is_not", "one_of")


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a quantity follows from other answers: their product, once for each part of ``over``.

    ``over`` pairs each share with what one of its unit is. ``whole`` is true of what is counted.
    """

    product: tuple[str, ...]
    over: tuple[tuple[str, float], ...]
    scale: float
    when: "Node | None" = None
    at_most: bool = False
    whole: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The fields that it is worked out from."""
        return (*self.product, *dict(self.over))

    def share_of(self, name: str, size: float) -> float:
        """The smallest share that makes at most ``size`` times as many parts as one of its unit."""
        unit = dict(self.over)[name]
        return 1 / (max(math.floor(size / unit * (1 + 1e-12)), 1) * unit)


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity field compared with a limit in the field's unit; ``fact`` gives the limit.

    ``derived`` holds the ways in which the quantity follows from others. All known ones must pass.
    """

    field: str
    op: str
    limit: float
    fact: str | None = None
    derived: tuple[Derivation, ...] = ()

    def ways(self, answers: Answers) -> list[Derivation]:
        """The ways in which it follows; a bound from above gives way to what was stated."""
        stated = isinstance(answers.get(self.field), Interval)
        return [way for way in self.derived if not (stated and way.at_most)]


@dataclass(frozen=True, slots=True)
class Compare:
    """A quantity field compared with the answer to another one, times ``scale``."""

    field: str
    op: str
    other: str
    scale: float


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice field compared with a set of its values."""

    field: str
    op: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions: all, any or none of them."""

    kind: str
    parts: tuple["Node", ...]


type Leaf = Bound | Compare | Pick
type Node = Leaf | Group


def compile_condition(
    condition: Condition, knowledge: Knowledge, options: Iterable[str] = ()
) -> Node:
    """Turn the YAML form, on some ``options``, into nodes with limits in their fields' units.

    Raises:
        ConditionError: unknown field, operator, fact or value, or a unit that does not fit.
    """
    parts = tuple(_part(key, value, knowledge, options) for key, value in condition.items())
    if not parts:
        raise ConditionError("an empty condition", "write {question: {test: value}}")
    return parts[0] if len(parts) == 1 else Group("all", parts)


def _part(key: str, value: object, knowledge: Knowledge, options: Iterable[str]) -> Node:
    if key in GROUPS:
        if not isinstance(value, list | tuple) or not value:
            raise ConditionError(f"'{key}' has no list", f"write {{{key}: [{{...}}, {{...}}]}}")
        return Group(key, tuple(compile_condition(item, knowledge, options) for item in value))
    if key not in knowledge.fields:
        raise ConditionError(f"unknown field '{key}'", did_you_mean(key, knowledge.fields))
    if not isinstance(value, Mapping) or not value:
        raise ConditionError(f"'{key}' has no test", "write {is: ...} or {at_most: ...}")
    if len(value) > 1 and knowledge.fields[key].kind == "choice":
        raise ConditionError(f"'{key}' has {len(value)} tests", "write one test, such as one_of")
    tests = tuple(_test(key, op, limit, knowledge, options) for op, limit in value.items())
    return tests[0] if len(tests) == 1 else Group("all", tests)


def _test(field: str, op: str, limit: object, knowledge: Knowledge, options: Iterable[str]) -> Node:
    kind = knowledge.fields[field].kind
    if op in ORDERED and kind == "quantity":
        if limit in knowledge.fields:
            return Compare(field, op, str(limit), _fit(str(limit), field, knowledge))
        about, derived = set(options), knowledge.fields[field].derived
        mine = (way for way in derived if not way.options or about <= set(way.options))
        ways = tuple(_way(field, way, knowledge) for way in mine)
        return Bound(field, op, *_limit(field, limit, knowledge), ways)
    if op in CHOICES and kind == "choice":
        if op != "one_of" and isinstance(limit, list | tuple):
            raise ConditionError(f"'{op}' with a list", "write one_of for several values")
        values = frozenset(map(str, limit if isinstance(limit, list | tuple) else [limit]))
        if unknown := values - knowledge.fields[field].values.keys():
            hint = did_you_mean(min(unknown), knowledge.fields[field].values)
            raise ConditionError(f"field '{field}' has no value '{min(unknown)}'", hint)
        return Pick(field, op, values)
    hint = f"use {', '.join(ORDERED if kind == 'quantity' else CHOICES)}"
    raise ConditionError(f"'{op}' is not a test for the {kind} field '{field}'", hint)


def _fit(other: str, field: str, knowledge: Knowledge) -> float:
    """What a number of one field is in the unit of another."""
    units = knowledge.fields[other].unit, knowledge.fields[field].unit
    if (scale := convert(1, *units)) is None:
        message = f"field '{other}' is in {units[0]}, field '{field}' in {units[1]}"
        raise ConditionError(message, "compare it with a question in its unit")
    return scale


def _way(field: str, way: Derived, knowledge: Knowledge) -> Derivation:
    unit, names = knowledge.fields[field].unit, (*way.product, *way.over)
    for name in names:
        if name not in knowledge.fields or knowledge.fields[name].kind != "quantity":
            message = f"field '{field}' is derived from '{name}', which is not a quantity"
            raise ConditionError(message, "name a question of kind quantity")
    if unknown := set(way.options) - knowledge.options.keys():
        hint = did_you_mean(min(unknown), knowledge.options)
        raise ConditionError(f"'{field}' is derived for an unknown option '{min(unknown)}'", hint)
    sizes = {name: in_base(knowledge.fields[name].unit) for name in names}
    scale = math.prod(sizes[name] for name in way.product) / in_base(unit)
    when = compile_condition(way.when, knowledge) if way.when else None
    over = {name: sizes[name] for name in way.over}
    return Derivation(way.product, (*over.items(),), scale, when, way.at_most, whole=counts(unit))


def _limit(field: str, limit: object, knowledge: Knowledge) -> tuple[float, str | None]:
    unit = knowledge.fields[field].unit
    if isinstance(limit, int | float):
        return float(limit), None
    value, given = measure(str(limit), knowledge)
    if not isinstance(value, int | float):
        raise ConditionError(f"fact '{limit}' holds no number", "name a fact with a number")
    if (number := convert(value, given, unit)) is None:
        message = f"fact '{limit}' is in {given or 'no unit'}, field '{field}' in {unit}"
        hint = f"name a fact in {unit}" if given else f"add unit: {unit}"
        raise ConditionError(message, hint, fact="" if given else str(limit))
    return number, str(limit)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every single test in a condition."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def inputs(node: Node) -> Iterator[str]:
    """Every field that can decide a condition: those it names, and what those follow from."""
    for leaf in leaves(node):
        yield leaf.field
        if isinstance(leaf, Compare):
            yield leaf.other
        for way in leaf.derived if isinstance(leaf, Bound) else ():
            yield from way.inputs
            yield from inputs(way.when) if way.when else ()


def truth(node: Node, answers: Answers) -> Truth:
    """Whether the condition holds, is broken, or stays open under the answers given."""
    if isinstance(node, Group):
        return _group(node.kind, [truth(part, answers) for part in node.parts])
    if isinstance(node, Bound) and node.derived:
        found = values(node, answers)
        return _group("all", [_bound(node, value) for value in found]) if found else None
    answer = answers.get(node.field)
    if answer is None:
        return None
    if isinstance(node, Bound):
        return _bound(node, answer) if isinstance(answer, Interval) else None
    if isinstance(node, Compare):
        return _compare(node, answer, answers.get(node.other))
    return (answer in node.values) is not (node.op == "is_not")


def values(node: Bound, answers: Answers) -> list[Interval]:
    """All that is known of a quantity: what was stated, and what follows from other answers."""
    found = [given] if isinstance(given := answers.get(node.field), Interval) else []
    return [*found, *(v for way in node.ways(answers) if (v := worked_out(way, answers)))]


def worked_out(way: Derivation, answers: Answers) -> Interval | None:
    """The quantity that follows; None where an input is unknown or the way does not hold."""
    if way.when and truth(way.when, answers) is not True:
        return None
    shares = dict(way.over)
    low, high, low_open, high_open = way.scale, way.scale, False, False
    for name in way.inputs:
        given = answers.get(name)
        if not isinstance(given, Interval) or (name in shares and given.hi <= 0):
            return None
        if name in shares:
            given = parts_of(given, shares[name])
        low, high = low * given.lo, high * given.hi if high and given.hi else 0.0
        low_open, high_open = low_open or given.lo_open, high_open or given.hi_open
    found = Interval(low, high, low_open, high_open)
    return rounded_up(found) if way.whole else found


def _group(kind: str, parts: list[Truth]) -> Truth:
    if kind == "all":
        return False if False in parts else None if None in parts else True
    found: Truth = True if True in parts else None if None in parts else False
    return found if kind == "any" else _negate(found)


def _negate(value: Truth) -> Truth:
    return None if value is None else not value


def _bound(node: Bound, answer: Interval) -> Truth:
    match node.op:
        case "at_most":
            return _negate(_above(answer, node.limit))
        case "above":
            return _above(answer, node.limit)
        case "below":
            return _negate(_at_least(answer, node.limit))
        case _:
            return _at_least(answer, node.limit)


def _above(answer: Interval, limit: float) -> Truth:
    if answer.lo > limit or (answer.lo == limit and answer.lo_open):
        return True
    return False if answer.hi <= limit else None


def _at_least(answer: Interval, limit: float) -> Truth:
    if answer.lo >= limit:
        return True
    return False if answer.hi < limit or (answer.hi == limit and answer.hi_open) else None


def _compare(node: Compare, answer: Answer, other: Answer | None) -> Truth:
    if not isinstance(answer, Interval) or not isinstance(other, Interval):
        return None
    limit = Interval(other.lo * node.scale, other.hi * node.scale, other.lo_open, other.hi_open)
    match node.op:
        case "at_most":
            return _negate(exceeds(answer, limit))
        case "above":
            return exceeds(answer, limit)
        case "below":
            return exceeds(limit, answer)
        case _:
            return _negate(exceeds(limit, answer))
