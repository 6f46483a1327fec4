"""Amounts in plain text: numbers with units, ranges, bounds, rates and frequencies."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.units import Interval, convert

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "dozen": 12,
}  # fmt: skip
# Words that stand for a size of number; what they give is a guess.
_VAGUE = {
    "a few": 3, "few": 3, "a couple of": 2, "a couple": 2, "a handful of": 5, "a handful": 5,
    "several": 5, "dozens of": 36, "a dozen": 12, "hundreds of": 300, "thousands of": 3000,
    "tens of thousands of": 30000, "hundreds of thousands of": 300000, "millions of": 3000000,
    "a hundred": 100, "a thousand": 1000, "a million": 1000000, "half a million": 500000,
    "half an": 0.5, "half a": 0.5, "a single": 1, "billions of": 3000000000,
}  # fmt: skip
_ARTICLES = frozenset({"one", "a single"})
_SCALES = {
    "k": 1e3, "thousand": 1e3, "hundred": 1e2, "m": 1e6, "mn": 1e6, "million": 1e6, "billion": 1e9,
    "bn": 1e9, "b": 1e9,
}  # fmt: skip
_BYTES = (
    r"bytes?|kib|mib|gib|tib|kb|mb|gb|tb|kilobytes?|megabytes?|gigabytes?|terabytes?|megs?|gigs?"
)
_LONG_BYTES = {"kilo": "kb", "mega": "mb", "giga": "gb", "tera": "tb", "meg": "mb", "gig": "gb"}
_TIMES = (
    r"mill?isec(?:ond)?s?|millis|msecs?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?"
    r"|months?|quarters?|years?"
)
_PER = r"(?:\s*/\s*|\s+(?:per|a|an|each|every)\s+|\s+in\s+an?\s+)"
_UNIT = (
    rf"(?P<bytes>{_BYTES})|(?P<percent>%|percents?|per\s+cents?)|(?P<rate>[rtq]ps)"
    rf"|(?P<time>{_TIMES})"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+(?:e[-+]?\d+)?"
_NUMBER = (
    rf"(?:(?P<number>{_DIGITS})(?:\s*-?\s*(?P<scale>k|mn?|bn?|hundred|thousand|million|billion)(?![a-z]))?"
    rf"|(?P<word>{'|'.join(sorted([*_WORDS, *_VAGUE], key=len, reverse=True))})(?![a-z])"
    r"(?:\s+(?P<word_scale>hundred|thousand|million|billion)(?![a-z]))?)"
)
_AMOUNT = re.compile(
    # "The over-60s" are people.
    rf"(?<![\w.$€£])(?<!\d,)(?<!over-)(?<!under-)(?:(?P<from>{_DIGITS})\s*(?P<from_scale>k|m(?!b|s|i)|thousand|million)?\s*"
    rf"(?:{_BYTES}|{_TIMES}|%)?\s*(?:-|to|and)\s*)?"
    rf"{_NUMBER}(?P<more>\+)?(?:\s*-?\s*(?:{_UNIT})(?![a-z0-9]))?"
    rf"(?:(?:\s+(?!per\b|a\b|an\b|each\b|every\b|in\b|of\b|or\b|and\b)[a-z-]+){{0,3}}?{_PER}"
    rf"(?P<per>{_TIMES})(?![a-z0-9]))?"
    r"(?P<plus>\+|\s+or\s+(?:more|less|fewer)|\s+(?:at\s+)?(?:max(?:imum)?|most|least)(?![a-z]))?"
)
_EVERY = re.compile(
    rf"(?P<times>once|twice|(?:{_DIGITS}|{'|'.join(_WORDS)})\s+times)\s+(?:per|a|an|each|every|in\s+an?)\s+"
    rf"(?P<unit>{_TIMES})(?![a-z])"
    rf"|(?:every|each)\s+(?:(?P<count>{_DIGITS}|{'|'.join(_WORDS)}|other|few)\s+)?(?P<every>{_TIMES})(?![a-z])"
)
# "7 minutes 30 s", "1 h 15 min": one time in two parts.
_COMPOUND = re.compile(
    rf"(?<![\w.$€£])(?P<large>{_DIGITS})\s*-?(?P<large_unit>{_TIMES})\s*(?:,|and)?\s*"
    rf"(?P<small>{_DIGITS})\s*-?(?P<small_unit>{_TIMES})(?![a-z0-9])"
)
_BEFORE = (
    (
        r"(?:no more than|at most|up to|max(?:imum)?(?: of)?|within|<="
        r"|not (?:more|longer|larger|bigger) than|as (?:large|long|much|big|many) as)",
        "hi",
        False,
    ),
    (
        r"(?:(?:less|fewer|smaller|shorter|lower|faster) than|under|below|<|sub-?)",
        "hi",
        True,
    ),
    (r"(?:at least|no less than|min(?:imum)?(?: of)?|>=|or more|starting at|from)", "lo", False),
    (
        r"(?:(?:more|greater|larger|longer|bigger|higher) than|over|above|beyond"
        r"|exceed(?:s|ing|ed)?|>|well over)",
        "lo",
        True,
    ),
)  # fmt: skip
_BOUNDS = tuple(
    (re.compile(rf"(?<![a-z-]){p}\s*(?:of\s+|about\s+|around\s+|a\s+|the\s+|~)?$"), e, o)
    for p, e, o in _BEFORE
)
# "Version 5" and "ticket 4471" are names.
_NAMED = re.compile(r"(?:version|variant|release|build|ticket|candidate|article|chapter|iso)\s+$")
# "By 6 am", "at 20:00" and "9 o'clock" are times of the day.
_CLOCK = re.compile(r":\d\d|\s?(?:[ap]\.?m\b|o.?clock)")
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|~|circa|ca\.?)\s*$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: its dimension's unit (MB, s, /h, % or None for a plain count), where it stands,
    and whether it was said vaguely."""

    interval: Interval
    unit: str | None
    start: int
    end: int
    vague: bool = False
    frequency: bool = False
    """True for "every night" and "once a week": a rhythm rather than a rate of requests."""


def find_amounts(text: str) -> list[Amount]:
    """Every amount in cleaned, lower-case text, in order; overlapping ones are left out."""
    amounts = [*_rhythms(text), *_compounds(text), *_numbers(text)]
    found = sorted(amounts, key=lambda a: (a.start, -a.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _rhythms(text: str) -> Iterator[Amount]:
    for match in _EVERY.finditer(text):
        if match["unit"]:
            times = {"once": 1.0, "twice": 2.0}.get(match["times"]) or _plain(
                match["times"].split()[0]
            )
            per_hour = times * 3600 / _seconds(match["unit"])
        else:
            count = {"other": 2.0, "few": 3.0}.get(match["count"] or "") or _plain(
                match["count"] or "1"
            )
            per_hour = 3600 / (count * _seconds(match["every"]))
        yield Amount(Interval(per_hour, per_hour), "/h", match.start(), match.end(), frequency=True)


def _compounds(text: str) -> Iterator[Amount]:
    for match in _COMPOUND.finditer(text):
        large, small = _seconds(match["large_unit"]), _seconds(match["small_unit"])
        if small < large:
            value = _plain(match["large"]) * large + _plain(match["small"]) * small
            interval = _bounded(text, "", value, match.start())
            yield Amount(interval, "s", match.start(), match.end())


def _numbers(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        start = match.start("number") if match["number"] else match.start("word")
        value, unit = _value(match, match["number"] or match["word"], _scale(match))
        if not math.isfinite(value) or (match["word"] in _ARTICLES and unit is None):
            continue
        if unit is None and _names(text, start, match.end()):
            continue
        if _always(match):
            continue
        about = match["word"] in _VAGUE or bool(_ABOUT.search(text[max(0, start - 24) : start]))
        low = _low(match)
        if low is not None and low < value:
            yield Amount(Interval(low, value), unit, match.start(), match.end(), about)
        else:
            after = match["plus"] or match["more"] or ""
            interval = _bounded(text, after.strip(), value, start)
            yield Amount(interval, unit, start, match.end(), about)


def _names(text: str, start: int, end: int) -> bool:
    """Whether a plain number is a version, a ticket or a time of the day."""
    if _NAMED.search(text[max(0, start - 12) : start]) or _CLOCK.match(text, end):
        return True
    return bool(re.search(r"\d:$", text[max(0, start - 2) : start]))


def _always(match: re.Match[str]) -> bool:
    """ "24 hours a day" and "7 days a week" last for no time: they go on."""
    if not (match["time"] and match["per"] and match["number"]):
        return False
    return _plain(match["number"]) * _seconds(match["time"]) == _seconds(match["per"])


def _low(match: re.Match[str]) -> float | None:
    """The first number of a range, in the unit that stands behind the second."""
    if not match["from"]:
        return None
    return _value(match, match["from"], match["from_scale"] or _scale(match))[0]


def _scale(match: re.Match[str]) -> str | None:
    return match["scale"] or match["word_scale"]


def _bounded(text: str, after: str, value: float, start: int) -> Interval:
    """The interval that the words around a number make of it."""
    before = text[max(0, start - 32) : start]
    for pattern, end, is_open in _BOUNDS:
        if pattern.search(before):
            return _interval(value, end, is_open)
    if after in ("+", "or more") or after.endswith("least"):
        return _interval(value, "lo", False)
    if after in ("or less", "or fewer") or after.endswith(("max", "maximum", "most")):
        return _interval(value, "hi", False)
    return Interval(value, value)


def _interval(value: float, end: str, is_open: bool) -> Interval:
    if end == "hi":
        return Interval(0.0, value, hi_open=is_open)
    return Interval(value, float("inf"), lo_open=is_open)


def _value(match: re.Match[str], digits: str, scale: str | None) -> tuple[float, str | None]:
    """A number of the match in its dimension's unit, and that unit."""
    number = _plain(digits) * _SCALES.get(scale or "", 1.0)
    if match["bytes"]:
        return convert(number, _byte_unit(match["bytes"]), "MB") or 0.0, "MB"
    if match["percent"]:
        return number, "%"
    if match["rate"]:
        return number * 3600, "/h"
    if match["time"]:
        return number * _seconds(match["time"]), "s"
    if match["per"]:
        return number * 3600 / _seconds(match["per"]), "/h"
    return number, None


def _plain(digits: str) -> float:
    return float(_WORDS.get(digits) or _VAGUE.get(digits) or digits.replace(",", ""))


def _byte_unit(word: str) -> str:
    for long, short in _LONG_BYTES.items():
        if word.startswith(long):
            return short
    return word


def _seconds(unit: str) -> float:
    return convert(1.0, "ms" if unit.startswith(("mil", "msec")) else unit, "s") or 1.0
