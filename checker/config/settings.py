"""The settings of the knowledge: what an object of a request has to keep to.

Three-valued, as rules are: what a file leaves open breaks nothing.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.config.nodes import Node, Unknown
from checker.knowledge.model import Knowledge, Setting, SettingCondition
from checker.knowledge.references import measure

_COMPARING = ("at_most", "at_least", "below", "above", "multiple_of")

type Truth = bool | None
type Known = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One object of a request, and what the rest of the files says.

    ``known`` holds answers by field and options by decision, as far as the files tell them.
    """

    knowledge: Knowledge
    node: Node
    known: Known


def broken(setting: Setting, case: Case) -> bool:
    """Whether an object breaks a setting for certain."""
    holds = holds_all(setting.when, case) if setting.when else True
    return holds is True and holds_all(setting.then, case) is False


def holds_all(condition: SettingCondition, case: Case) -> Truth:
    """Whether a condition holds for an object; None where the file leaves it open."""
    return _all(_part(key, value, case) for key, value in condition.items())


def _all(truths: Iterable[Truth]) -> Truth:
    found = tuple(truths)
    return False if False in found else None if None in found else True


def _any(truths: Iterable[Truth]) -> Truth:
    found = tuple(truths)
    return True if True in found else None if None in found else False


def _part(key: str, value: object, case: Case) -> Truth:
    if key in ("all", "any", "none") and isinstance(value, list | tuple):
        inner = [holds_all(item, case) for item in value]
        if key == "all":
            return _all(inner)
        found = _any(inner)
        return found if key == "any" or found is None else not found
    tests: Mapping[str, object] = value  # type: ignore[assignment]
    return _all(_test(key, operator, limit, case) for operator, limit in tests.items())


def _test(key: str, operator: str, limit: object, case: Case) -> Truth:
    if key[:1].islower():
        return _told(case.known.get(key), operator, limit)
    if operator in ("set", "is", "is_not", "one_of", "starts"):
        return _word(case.node.at(key), operator, limit)
    ours, theirs = number(key, case), _number_of(limit, case)
    return None if ours is None or theirs is None else _compare(ours, operator, theirs)


def _told(values: frozenset[str] | None, operator: str, limit: object) -> Truth:
    if not values:
        return None
    wanted = set(map(str, limit if isinstance(limit, list | tuple) else [limit]))
    return bool(values & wanted) is not (operator == "is_not")


def _word(node: Node | None, operator: str, limit: object) -> Truth:
    if operator == "set":
        if node is None:
            return not limit
        if isinstance(node.value, Unknown) and node.value.maybe:
            return None
        return bool(limit)
    if node is None:
        return operator == "is_not"
    if isinstance(node.value, Unknown):
        return None
    text = str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    words = [_text(item) for item in (limit if isinstance(limit, list | tuple) else [limit])]
    if operator == "starts":
        return text.startswith(tuple(words))
    return (text in words) is not (operator == "is_not")


def _text(limit: object) -> str:
    return str(limit).lower() if isinstance(limit, bool) else str(limit)


def number(key: str, case: Case) -> float | None:
    """A number of an object: a member, a list's length ``A#``, a product or a sum of members."""
    for sign, combine in ((" * ", math.prod), (" + ", sum)):
        if sign in key:
            parts = [number(part, case) for part in key.split(sign)]
            known = [part for part in parts if part is not None]
            return combine(known) if len(known) == len(parts) else None
    if key.endswith("#"):
        node = case.node.at(key[:-1])
        return float(len(node.items)) if node and isinstance(node.value, tuple) else None
    node = case.node.at(key)
    return node.number if node else None


def _number_of(limit: object, case: Case) -> float | None:
    if isinstance(limit, int | float):
        return float(limit)
    text = str(limit)
    if text[:1].isupper():
        return number(text, case)
    return float(measure(text, case.knowledge)[0])


def _compare(ours: float, operator: str, theirs: float) -> bool:
    if operator == "multiple_of":
        return ours % theirs == 0
    return {
        "at_most": ours <= theirs,
        "at_least": ours >= theirs,
        "below": ours < theirs,
        "above": ours > theirs,
    }[operator]


def named(condition: SettingCondition) -> Iterator[str]:
    """The members that a condition names, in its order."""
    for key, value in condition.items():
        if isinstance(value, list | tuple):
            for item in value:
                yield from named(item)
        elif key[:1].isupper():
            yield from key.replace(" + ", " * ").replace("#", "").split(" * ")


def members_of(condition: SettingCondition) -> Iterator[str]:
    """The members that a condition names, and those that it holds them against."""
    yield from named(condition)
    for value in condition.values():
        if isinstance(value, list | tuple):
            for item in value:
                yield from (name for name in members_of(item) if name not in set(named(item)))
            continue
        for operator, limit in value.items():
            if operator in _COMPARING and isinstance(limit, str) and limit[:1].isupper():
                yield from limit.replace(" + ", " * ").replace("#", "").split(" * ")


def limits(condition: SettingCondition) -> Iterator[str]:
    """The facts' numbers that a condition holds members against."""
    for value in condition.values():
        if isinstance(value, list | tuple):
            for item in value:
                yield from limits(item)
            continue
        for operator, limit in value.items():
            if operator in _COMPARING and isinstance(limit, str) and limit[:1].islower():
                yield limit
