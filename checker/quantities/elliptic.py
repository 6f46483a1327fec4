"""Rates that are said without their unit, beside one that has it: "18 per second, at Easter 60"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from checker.quantities.said import Quantity
from checker.units import Interval, convert

# Characters between two rates of one sentence.
_NEAR = 90
_WHEN = (
    r"(?:(?:on )?average|mean|peaks?|peaking|normally|usually|typically|mostly|otherwise|else"
    r"|max(?:imum)?|at most|at worst|rush|lunch|noon|holidays?|weekends?|evenings?|nights?"
    r"|mornings?|sales?|easter|christmas|black friday|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|summer|winter|season|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december))"
)
_BEFORE = re.compile(
    rf"(?<![a-z]){_WHEN}(?: (?!and|or|but)[a-z]+){{0,1}}[\s,:=(]*"
    r"(?:it(?:'s| is)|that is|to|of|about|around|up to|perhaps|maybe|some|~)?\s*$"
)
_BEHIND = re.compile(
    rf"^\s*(?:[(,]?\s*(?:(?:at|in|on|during|for|as)\s+)?(?:(?:the|our|an?)\s+)?(?:[a-z]+ )?{_WHEN}"
    r"(?![a-z])|(?:when|before|during)\b)"
)
# What follows a number that counts nothing itself.
_NO_NOUN = re.compile(
    r"^\s*(?:$|[.,;:)\n]|(?:at|in|on|during|when|before|max|peak|and|or|but|as|otherwise|else)\b)"
)
# Between a rate and a number directly behind it, which needs only such a word to follow.
_JOINT = re.compile(
    r"[\s,;]*(?:(?:and|but|or|then|sometimes|even|normally|later)\s+)*"
    r"(?:up to|about|around|maybe|perhaps|some|over)?\s*"
)
_AT_TIMES = re.compile(r"^\s*(?:on|in|at|during|after|before|when|otherwise|else)\b")
_SENTENCE = re.compile(r"[.!?]\s|\n")


def with_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of lower-case text; a bare one gets the unit of the rate beside it."""
    rates = [q for q in found if q.unit == "/h" and q.period is None and q.said]
    if not rates:
        return list(found)
    return [_with_unit(text, quantity, rates) for quantity in found]


def _with_unit(text: str, quantity: Quantity, rates: Sequence[Quantity]) -> Quantity:
    before = text[max(0, quantity.start - 40) : quantity.start]
    behind = text[quantity.end : quantity.end + 40]
    bare = quantity.unit is None and not quantity.vague and quantity.per is None
    if not bare or not _NO_NOUN.match(behind):
        return quantity
    if not (_BEFORE.search(before) or _BEHIND.match(behind) or _goes_on(text, quantity, rates)):
        return quantity
    near = [rate for rate in rates if _together(text, quantity, rate)]
    if not near:
        return quantity
    rate = min(near, key=lambda other: abs(other.start - quantity.start))
    factor = convert(1.0, rate.said, "/h") or 1.0
    said = quantity.interval
    interval = Interval(said.lo * factor, said.hi * factor, said.lo_open, said.hi_open)
    return replace(quantity, interval=interval, unit="/h", said=rate.said)


def _goes_on(text: str, quantity: Quantity, rates: Sequence[Quantity]) -> bool:
    """Whether a number continues a rate: "35 a second, ninety on pay day", "two a day, or ten"."""
    behind = text[quantity.end : quantity.end + 40]
    joints = (text[r.end : quantity.start] for r in rates if 0 <= quantity.start - r.end <= _NEAR)
    joint = next((j for j in joints if _JOINT.fullmatch(j)), None)
    often = joint is not None and bool(re.search(r"sometimes|normally", joint))
    return joint is not None and (often or bool(_AT_TIMES.match(behind)))


def _together(text: str, one: Quantity, other: Quantity) -> bool:
    start, end = min(one.end, other.end), max(one.start, other.start)
    return end - start <= _NEAR and not _SENTENCE.search(text[start:end])
