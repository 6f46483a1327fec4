"""Conditions: the fixed vocabulary of the rules, in three-valued logic.

True: holds for every value that the answer allows. False: for none. None: open, because the
answer is unknown or its interval straddles the limit. Unknown never counts as no (Kleene's
strong logic: https://plato.stanford.edu/entries/logic-manyvalued/).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.knowledge.answers import Answer
from checker.knowledge.model import Condition, Knowledge
from checker.knowledge.references import UnknownReference, measure
from checker.units import Interval, convert

type Answers = Mapping[str, Answer]
type Truth = bool | None

GROUPS = ("all", "any", "none")
ORDERED = ("at_most", "at_least", "below", "above")
CHOICES = ("is", "is_not", "one_of")


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity field held against a limit in the field's unit; ``fact`` gave the limit."""

    field: str
    op: str
    limit: float
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice field held against a set of its values."""

    field: str
    op: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions: all, any or none of them."""

    kind: str
    parts: tuple["Node", ...]


type Node = Bound | Pick | Group


class ConditionError(UnknownReference):
    """A condition that the knowledge does not support; validation reports it with its place."""


def compile_condition(condition: Condition, knowledge: Knowledge) -> Node:
    """Turn the YAML form into nodes with limits in their fields' units.

    Raises:
        ConditionError: unknown field, operator, fact or value, or a unit that does not fit.
    """
    parts = tuple(_part(key, value, knowledge) for key, value in condition.items())
    if not parts:
        raise ConditionError("an empty condition")
    return parts[0] if len(parts) == 1 else Group("all", parts)


def _part(key: str, value: object, knowledge: Knowledge) -> Node:
    if key in GROUPS:
        if not isinstance(value, list | tuple) or not value:
            raise ConditionError(f"'{key}' takes a list of conditions")
        return Group(key, tuple(compile_condition(item, knowledge) for item in value))
    if key not in knowledge.fields:
        raise ConditionError(f"unknown field '{key}'")
    if not isinstance(value, Mapping) or not value:
        raise ConditionError(f"'{key}' takes a test such as {{is: ...}} or {{at_most: ...}}")
    tests = tuple(_test(key, op, limit, knowledge) for op, limit in value.items())
    return tests[0] if len(tests) == 1 else Group("all", tests)


def _test(field: str, op: str, limit: object, knowledge: Knowledge) -> Node:
    kind = knowledge.fields[field].kind
    if op in ORDERED and kind == "quantity":
        number, fact = _limit(field, limit, knowledge)
        return Bound(field, op, number, fact)
    if op in CHOICES and kind == "choice":
        listed = limit if isinstance(limit, list | tuple) else [limit]
        values = frozenset(map(str, listed))
        if unknown := values - knowledge.fields[field].values.keys():
            raise ConditionError(f"field '{field}' has no value '{min(unknown)}'")
        return Pick(field, op, values)
    raise ConditionError(f"'{op}' is no test for the {kind} field '{field}'")


def _limit(field: str, limit: object, knowledge: Knowledge) -> tuple[float, str | None]:
    unit = knowledge.fields[field].unit
    if isinstance(limit, int | float):
        return float(limit), None
    value, given = measure(str(limit), knowledge)
    if not isinstance(value, int | float):
        raise ConditionError(f"fact '{limit}' holds no number")
    number = convert(value, given, unit)
    if number is None:
        raise ConditionError(f"fact '{limit}' is in {given}, field '{field}' in {unit}")
    return number, str(limit)


def leaves(node: Node) -> Iterator[Bound | Pick]:
    """Every single test in a condition."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def truth(node: Node, answers: Answers) -> Truth:
    """Whether the condition holds, is broken, or stays open under the answers given."""
    if isinstance(node, Group):
        return _group(node.kind, [truth(part, answers) for part in node.parts])
    answer = answers.get(node.field)
    if answer is None:
        return None
    if isinstance(node, Bound):
        return _bound(node, answer) if isinstance(answer, Interval) else None
    return (answer in node.values) is not (node.op == "is_not")


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
