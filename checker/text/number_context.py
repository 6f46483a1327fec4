"""The words around a number: what speaks for and against each question that it may answer."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from checker.text.cues import cues_near
from checker.text.numbers import Number, number_features
from checker.text.tokens import Token

# How many numbers on each side of one are looked at.
_NEIGHBOURS = 20
# Characters on each side that can hold a cue.
_WIDE = 90
_ROLES = {
    "MB": ("~model", "~box", "~data", "~limit", "~name", "~past"),
    "s": ("~startup", "~clip", "~past", "~limit", "~cycle", "~job", "~event"),
    "/h": ("~cycle", "~past", "~data", "~money", "~name"),
    "%": ("~past", "~name", "~money", "~people"),
    None: ("~name", "~people", "~past", "~money", "~limit"),
}
# Where a decision has one of these questions, the role is an answer to it.
_ASKED_AS = {
    "~box": frozenset({"image_size"}), "~data": frozenset({"total_size"}),
}  # fmt: skip


def other_roles(number: Number, names: Collection[str]) -> tuple[str, ...]:
    """Meanings that no question of this decision asks for."""
    asked = {role for role, fields in _ASKED_AS.items() if not fields.isdisjoint(names)}
    return tuple(role for role in _ROLES.get(number.quantity.unit, ()) if role not in asked)


def candidate_features(
    text: str,
    tokens: Sequence[Token],
    numbers: Sequence[Number],
    number: Number,
    names: Sequence[str],
    decision: str,
) -> dict[str, list[str]]:
    """For each question that may use a number, what speaks for it and against it."""
    unit = number.quantity.unit
    roles = other_roles(number, names)
    front, back = cue_weights(text, tokens, number, (*names, *roles))
    totals = {name: front[name] + back[name] for name in (*names, *roles)}
    others = _neighbours(numbers, number)
    plain = number_features(number, tokens, others, decision)
    role = max((totals[other] for other in roles), default=0)
    bare = _bare(tokens, number)
    first, second = sorted((0, 0, *(totals[name] for name in names)))[:-3:-1]
    rows = {}
    for name in names:
        mine = totals[name]
        rival = second if mine == first else first
        alone, low = len(names) == 1, min(mine, 3)
        lead, over = _clip(mine - rival), _clip(mine - role)
        best = [
            f"cue:{mine}", f"lead:{lead}", f"over:{over}", f"front:{front[name]}",
            f"back:{back[name]}", f"best:{mine > rival and mine >= role}", f"role:{role}",
        ]  # fmt: skip
        shared = [
            f"{unit}:{number.quantity.period is not None}:{number.quantity.vague}",
            f"alone:{alone}:{low}", f"unit:{unit}:{alone}", f"bare:{bare}:{low}:{min(role, 3)}",
            *(f"{other}:{totals[other]}" for other in roles if totals[other]),
        ]  # fmt: skip
        said = number.quantity.said or "count"
        mixed = [
            f"{said}:{lead}:{over}", f"{said}:bare:{bare}", f"{low}:{min(role, 3)}:{bare}",
            f"{said}:{low}:{min(role, 3)}",
        ]  # fmt: skip
        rows[name] = [*best, *shared, *(f"{name}={seen}" for seen in (*best, *mixed, *plain))]
    return rows


def _neighbours(numbers: Sequence[Number], number: Number) -> list[Number]:
    """The numbers around one: enough for a sentence, and few where a text is only numbers."""
    at = bisect_left(numbers, number.first, key=lambda other: other.first)
    near = numbers[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    return [other for other in near if other is not number]


def cue_weights(
    text: str, tokens: Sequence[Token], number: Number, meanings: Sequence[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """How strongly the cues before and behind a number speak for each meaning."""
    front, back = dict.fromkeys(meanings, 0), dict.fromkeys(meanings, 0)
    before, behind = _sides(text, tokens, number)
    for meaning in meanings:
        front[meaning], back[meaning] = cues_near(before, behind, meaning)
    return front, back


def _bare(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a number has its clause nearly for itself, as in a list of figures."""
    home = tokens[min(number.first, len(tokens) - 1)].clause
    before = tokens[max(0, number.first - 4) : number.first]
    behind = tokens[number.last + 1 : number.last + 4]
    words = [t for t in (*before, *behind) if t.clause == home and t.text.isalpha()]
    return sum(len(token.text) > 2 for token in words) <= 1


def _clip(value: int) -> int:
    return max(-4, min(5, value))


def _sides(text: str, tokens: Sequence[Token], number: Number) -> tuple[str, str]:
    """The sentence's text on both sides of a number, in lower case."""
    home = tokens[min(number.first, len(tokens) - 1)].sentence
    start, end = number.quantity.start, number.quantity.end
    first, last = start, end
    for at in range(number.first - 1, -1, -1):
        if tokens[at].sentence != home or start - tokens[at].start > _WIDE:
            break
        first = tokens[at].start
    for at in range(number.last + 1, len(tokens)):
        if tokens[at].sentence != home or tokens[at].end - end > _WIDE:
            break
        last = tokens[at].end
    return text[first:start].lower(), text[end:last].lower()
