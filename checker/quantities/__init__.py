"""The one grammar of numbers with units: for the form, links, the command line and free text.

A quantity is a number in digits or words ("forty-two", "1.5 million", "3 200 000", "10k", "a few"),
perhaps a range of two, a unit behind it, a rate ("twice a day", "every five minutes"), and words
that make a bound of it ("at most", "or more").
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from checker.problems import Problem
from checker.quantities.elliptic import with_units
from checker.quantities.fractions import fraction
from checker.quantities.lexemes import Lexeme, lexemes
from checker.quantities.numerals import Numeral, read_numeral
from checker.quantities.said import (
    BYTES,
    MONEY,
    RATES,
    SECONDS,
    TIMES,
    Quantity,
    bounded,
    per_at,
    unit_at,
)
from checker.quantities.times import (
    RHYTHMS,
    article,
    bare,
    below_one,
    every,
    rhythm,
    size,
    times_a,
    with_rest,
)
from checker.units import Interval, convert, counts, parse_quantity

__all__ = ["Quantity", "find_quantities", "read_quantity"]

_NO_NOUN = frozenset({
    "and", "or", "but", "is", "are", "with", "in", "within", "for", "over", "after", "half", "to",
})  # fmt: skip
# Words between a number and its rate: "2,000 calls per second".
_NOUNS = 4
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|~|circa|ca\.?|maybe"
    r"|perhaps|say|on average|estimated)\s*$"
)
_KEYED = re.compile(r"(?:per|a|/)\s*(second|minute|hour|day|week|month|s|min|h)\s*[:=]\s*$")
# Words around the one quantity of a form's field that mean nothing.
_FILLING = re.compile(
    r"(?:for|about|around|approximately|approx\.?|roughly|nearly|almost|some|~|circa|ca\.?|maybe"
    r"|perhaps|each|[.\s]|requests?|calls?|records?|models?|of|the)*"
)


def read_quantity(text: str, unit: str | None, where: str) -> Interval | Problem:
    """What a person typed into a field of ``unit``: "6 MB", and as well "about 6 megabytes"."""
    read = parse_quantity(text, unit, where)
    if not isinstance(read, Problem) or read.code not in ("Q001", "Q002"):
        return read
    words = " ".join(["for", *text.lower().split()])  # A field is for "a fortnight" as well.
    found = find_quantities(words)
    if len(found) != 1:
        return read
    bound = re.compile(
        r"(?:at most|up to|under|below|over|above|at least|less than|more than|<=?|>=?)\s*$"
    )
    before = bound.sub("", words[: found[0].start])
    if not (_FILLING.fullmatch(before) and _FILLING.fullmatch(words[found[0].end :])):
        return read
    made = quantity_in(found[0], unit)
    bare = found[0].unit is None and unit is not None and not counts(unit)
    return read if made is None or bare else made


def quantity_in(quantity: Quantity, unit: str | None) -> Interval | None:
    """A quantity in another unit; None where it is of another dimension, or beyond all amounts."""
    said, own = quantity.interval, quantity.unit
    if own == "money" or quantity.per or math.isinf(said.lo):
        return None
    if own == "/h" and quantity.period is not None and convert(1.0, "s", unit) is not None:
        said, own = Interval(quantity.period, quantity.period), "s"
    factor = convert(1.0, own, unit) if own else 1.0
    if factor is None:
        return None
    return Interval(said.lo * factor, said.hi * factor, said.lo_open, said.hi_open)


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in lower-case text, in order, none inside another one."""
    items = lexemes(text)
    found: list[Quantity] = []
    at = 0
    while at < len(items):
        read = times_a(items, at) or every(items, at) or rhythm(items, at) or below_one(items, at)
        read = read or fraction(items, at)
        read = read or _quantity(text, items, at)
        read = read or size(items, at) or article(text, items, at) or bare(items, at)
        if read is None:
            at += 1
            continue
        quantity, end = read
        if found and found[-1].end > quantity.start:
            found.pop()
        if found and (whole := with_rest(text, found[-1], quantity)):
            found.pop()
            quantity = whole
        found.append(quantity)
        at = max(end, at + 1)
    return with_units(text, found)


def _quantity(text: str, items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    first = read_numeral(items, at)
    if first is None or _is_clock(items, at, first.stop):
        return None
    plus = first.stop < len(items) and items[first.stop].text == "+"
    unit, stop = unit_at(items, first.stop + plus)
    if plus and unit is None:
        stop = first.stop
    low, high, stop, unit = _range(items, at, first, unit, stop)
    if unit is None and items[stop - 1].kind == "number" and _letters_glued(items, stop):
        return None
    if unit in MONEY or (at > 0 and items[at - 1].text in MONEY):
        return _price(items, at, stop, _wide(low, high))
    start = items[at].start
    quantity = _measured(_wide(low, high), unit, start, items[stop - 1].end)
    quantity, stop = _rated(text, items, quantity, stop, unit)
    if plus and unit is not None:
        least = Interval(quantity.interval.lo, math.inf)
        quantity = replace(quantity, interval=least)
    quantity, stop = bounded(text, items, quantity, stop)
    about = first.vague or bool(_ABOUT.search(text[max(0, start - 24) : start]))
    return _signed(text, replace(quantity, vague=quantity.vague or about)), stop


def _signed(text: str, quantity: Quantity) -> Quantity:
    """A number with a minus before it, which is no amount of anything but has to be shown."""
    before = text[max(0, quantity.start - 2) : quantity.start]
    if before.endswith("-") and (len(before) < 2 or before[0] in " :=("):
        said = quantity.interval
        return replace(quantity, interval=Interval(-said.hi, -said.lo), start=quantity.start - 1)
    return quantity


def _price(items: Sequence[Lexeme], at: int, stop: int, interval: Interval) -> tuple[Quantity, int]:
    stop, per = per_at(items, stop)
    first = at - 1 if at > 0 and items[at - 1].text in MONEY else at
    start, end = items[first].start, items[stop - 1].end
    return Quantity(interval, "money", start, end, "money", per=per), stop


def _wide(low: Numeral, high: Numeral) -> Interval:
    return Interval(low.low, max(high.high, low.high))


def _range(
    items: Sequence[Lexeme], at: int, first: Numeral, unit: str | None, stop: int
) -> tuple[Numeral, Numeral, int, str | None]:
    """The second number of "2 to 6 MB", "two or three minutes", "between 5 and 15 minutes"."""
    alone = first, first, stop, unit
    joints = {"-", "–", "to", "or", ".."}
    if any(item.text == "between" for item in items[max(0, at - 2) : at]):
        joints.add("and")
    if stop >= len(items) or items[stop].text not in joints:
        return alone
    second = read_numeral(items, stop + 1)
    if second is None or second.article or (second.vague and not first.vague):
        return alone
    unit2, stop2 = unit_at(items, second.stop)
    other = items[stop].text == "or" and unit is not None and unit2 != unit
    if other or _dimension(unit) not in (None, _dimension(unit2)):
        return alone
    if second.scale > 1 and first.scale == 1 and first.low < 1000:
        first = replace(first, low=first.low * second.scale, high=first.high * second.scale)
    low = first.low * _factor(unit, unit2)
    if low > second.high:
        return alone
    return replace(first, low=low, high=second.high), second, stop2, unit2


def _factor(unit: str | None, to: str | None) -> float:
    if unit is None or to is None or unit == to:
        return 1.0
    if unit in SECONDS and to in SECONDS:
        return SECONDS[unit] / SECONDS[to]
    return convert(1.0, unit, to) or 1.0


def _dimension(unit: str | None) -> str | None:
    if unit in BYTES.values():
        return "MB"
    return "s" if unit in SECONDS else unit


def _letters_glued(items: Sequence[Lexeme], stop: int) -> bool:
    """Whether letters follow a number directly: "g5" and "32b" are names, not amounts."""
    if stop >= len(items) or items[stop].start != items[stop - 1].end:
        return False
    return items[stop].kind == "word" and items[stop].text != "x"


def _measured(wide: Interval, unit: str | None, start: int, end: int) -> Quantity:
    if unit is None or unit == "%":
        return Quantity(wide, unit, start, end, unit or "")
    if unit in RATES:
        factor = 3600 / SECONDS[RATES[unit]]
        rate = Interval(wide.lo * factor, wide.hi * factor)
        return Quantity(rate, "/h", start, end, f"/{RATES[unit]}")
    to = _dimension(unit)
    factor = SECONDS[unit] if to == "s" else convert(1.0, unit, "MB") or 1.0
    shown = "d" if unit == "day" else unit
    return Quantity(Interval(wide.lo * factor, wide.hi * factor), to, start, end, shown)


def _rated(
    text: str, items: Sequence[Lexeme], quantity: Quantity, stop: int, unit: str | None
) -> tuple[Quantity, int]:
    """A count with a rate behind it ("5 patients per day") or before it ("per day: 5")."""
    if unit is not None:
        end, per = per_at(items, stop)
        if per is None or unit == "%":  # "10 % every hour" are two quantities.
            return quantity, stop
        lasting = quantity.unit == "s" and quantity.interval.lo >= SECONDS[per]
        # "24 hours a day" goes on for ever; "30 GB a day" is no size of anything.
        return replace(quantity, per="always" if lasting else per), end
    keyed = _KEYED.search(text[max(0, quantity.start - 14) : quantity.start])
    if keyed:
        return _rate(quantity, TIMES[keyed[1]], quantity.end), stop
    for at in range(stop, min(len(items), stop + _NOUNS + 1)):
        end, per = per_at(items, at)
        if items[at].text in RHYTHMS:
            end, per = at + 1, RHYTHMS[items[at].text]
        if per is not None:
            return _rate(quantity, per, items[end - 1].end), end
        if not (_is_noun(items[at]) or _hyphen(items, at)):
            break
    return quantity, stop


def _is_noun(item: Lexeme) -> bool:
    return item.kind == "word" and item.text not in _NO_NOUN


def _hyphen(items: Sequence[Lexeme], at: int) -> bool:
    """Whether a mark belongs to words: "look-ups", "geologists' requests"."""
    if not 0 < at < len(items) - 1 or items[at - 1].end != items[at].start:
        return False
    glued = items[at].end == items[at + 1].start
    return items[at].text == ("-" if glued else "'")


def _rate(quantity: Quantity, per: str, end: int) -> Quantity:
    factor = 3600 / SECONDS[per]
    said = quantity.interval
    interval = Interval(said.lo * factor, said.hi * factor, said.lo_open, said.hi_open)
    # "One point per minute" is a rhythm as well.
    period = SECONDS[per] if said.exact and said.lo == 1 else None
    return replace(quantity, interval=interval, unit="/h", said=f"/{per}", end=end, period=period)


def _is_clock(items: Sequence[Lexeme], at: int, stop: int) -> bool:
    """Whether a number is a time of the day or part of one: 9:00, 6 am, 8 o'clock."""
    after = [item.text for item in items[stop : stop + 2]]
    if after and after[0] in ("am", "pm", "a.m", "p.m", "o'clock", "oclock"):
        return True
    if items[at].kind != "number":
        return False
    glued = stop < len(items) and items[stop].start == items[stop - 1].end
    if glued and len(after) > 1 and after[0] == ":" and re.fullmatch(r"\d\d", after[1]):
        return True
    before = items[max(0, at - 2) : at]
    hour = len(before) == 2 and before[1].text == ":" and before[0].text.isdigit()
    return hour and before[1].start == before[0].end
