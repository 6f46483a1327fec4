"""Units as people say them, and what makes a bound or a rate of a number."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.quantities.lexemes import Lexeme
from checker.units import Interval

BYTES = {
    "byte": "bytes", "bytes": "bytes", "kilobyte": "kb", "kilobytes": "kb", "megabyte": "mb",
    "megabytes": "mb", "gigabyte": "gb", "gigabytes": "gb", "terabyte": "tb", "terabytes": "tb",
    "meg": "mb", "megs": "mb", "gig": "gb", "gigs": "gb", "kbyte": "kb", "mbyte": "mb",
    "gbyte": "gb", "kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb", "kib": "kib", "mib": "mib",
    "gib": "gib", "tib": "tib", "gbs": "gb", "mbs": "mb", "pb": "pb", "petabyte": "pb",
    "petabytes": "pb", "mega": "mb", "giga": "gb",
}  # fmt: skip
TIMES = {
    "ms": "ms", "msec": "ms", "msecs": "ms", "millis": "ms", "millisecond": "ms",
    "milliseconds": "ms", "milisecond": "ms", "miliseconds": "ms", "s": "s", "sec": "s",
    "secs": "s", "second": "s", "seconds": "s", "min": "min", "mins": "min", "minute": "min",
    "minutes": "min", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "d": "day",
    "day": "day", "days": "day", "night": "day", "nights": "day", "week": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year", "yr": "year",
    "yrs": "year", "morning": "day", "evening": "day", "weekday": "day", "decade": "decade",
    "wk": "week", "wks": "week",
}  # fmt: skip
# Spans of a rate only: "per night" is once a day, and no night lasts 24 hours.
ONLY_RATES = frozenset({"night", "nights", "morning", "evening", "weekday"})
RATES = {"rps": "s", "qps": "s", "tps": "s", "rpm": "min", "qpm": "min", "rph": "h"}
MONEY = frozenset({
    "dollar", "dollars", "usd", "eur", "euro", "euros", "pound", "pounds", "gbp", "cents", "cent",
    "bucks", "chf", "francs", "$", "€", "£",
})  # fmt: skip
SECONDS = {
    "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "day": 86400.0, "week": 604800.0,
    "fortnight": 1209600.0, "month": 2628000.0, "quarter": 7884000.0, "year": 31536000.0,
    "decade": 315360000.0,
}  # fmt: skip
# "Three more years", "two full days".
_FILLERS = frozenset({
    "more", "further", "additional", "full", "whole", "entire", "consecutive", "extra", "business",
    "working", "calendar", "long", "good", "straight", "gpu", "cpu",
})  # fmt: skip
PERCENT = frozenset({"%", "percent", "percents", "pct"})
_PER = frozenset({"per", "a", "an", "each", "every", "/", "in", "on", "over", "for"})
# "20 in the hour", and "20 in hour", as people write whose first language has no articles.
_SHORT = frozenset({"second", "minute", "hour", "day"})
_KINDS_OF_DAY = frozenset({
    "good", "busy", "normal", "working", "business", "average", "typical", "single", "calendar",
    "bad", "slow", "quiet", "usual", "given", "whole",
})  # fmt: skip
_AFTER = {
    ("+",): "lo", ("or", "more"): "lo", ("and", "more"): "lo", ("and", "up"): "lo",
    ("or", "less"): "hi", ("or", "fewer"): "hi", ("max",): "hi", ("maximum",): "hi",
    ("at", "most"): "hi", ("at", "least"): "lo", ("tops",): "hi", ("or", "so"): "about",
}  # fmt: skip
_BEFORE = (
    (
        r"no more than|at most|up to|max(?:imum)?(?: of)?|as much as|as many as|<="
        r"|not (?:more|longer|larger|bigger) than|no (?:longer|larger|bigger) than",
        "hi", False,
    ),
    (
        r"no (?:less|fewer) than|not less than|at least|(?<!\d)(?<!\d )min(?:imum)?(?: of)?|>="
        r"|upwards? of"
        r"|(?:never|not|[a-z]+n't)(?: ?\w+){0,2} (?:below|under|less than|fewer than)",
        "lo", False,
    ),
    (
        r"(?:less|fewer|smaller|shorter|lower|faster|sooner) than|under|below|<|sub-?|not even",
        "hi", True,
    ),
    (
        r"(?:more|greater|larger|longer|bigger|higher) than|over|above|beyond"
        r"|exceed(?:s|ing|ed)?|>|well over",
        "lo", True,
    ),
)  # fmt: skip
_BOUNDS = tuple(
    (re.compile(rf"(?<![a-z-])(?:{p})\s*(?:about\s+|around\s+|a\s+|the\s+|~)?$"), end, is_open)
    for p, end, is_open in _BEFORE
)


# "Spread over two weeks", "trained over 16 nodes": no bound but a way or a time.
_ALONG = re.compile(
    r"\b(?:spread|goes|go|going|distributed|train\w*|scaled?|rolled|roll|shift\w*|moved?|moving"
    r"|split|gradually|stepwise|evenly|compared?|test\w*|ramp\w*|phased?|run\w*|sells?)"
    r"(?: \w+){0,2} over\s*(?:the (?:course|next|span) of\s*|about\s+|a\s+|the\s+|some\s+)?$"
)


# "Takes over two days" is a bound; other verbs say that something goes on all the time.
_OVER = re.compile(r"(?:^|[^a-z])([a-z]*),? over\s*(?:about\s+|a\s+|the\s+|some\s+)?$")
_MORE_THAN = frozenset({
    "", "is", "are", "was", "were", "be", "takes", "take", "took", "taking", "lasts", "last",
    "needs", "need", "well", "just", "little", "slightly", "of", "at", "for", "with", "has",
    "have", "wait", "waits", "not", "and", "or", "far", "always", "often", "sometimes", "usually",
})  # fmt: skip
_LONG = 3600


def _along(before: str, quantity: "Quantity") -> bool:
    """Whether "over" says how or during which time, and is no bound."""
    over = _OVER.search(before)
    lasting = quantity.unit == "s" and quantity.interval.lo >= _LONG
    return bool(_ALONG.search(before) or (over and lasting and over[1] not in _MORE_THAN))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text in the base unit of its dimension.

    ``unit`` is MB, s, /h, %, money, or None for a plain count; ``said`` the unit as written;
    ``period`` the seconds between two times of a rhythm ("every five minutes"); ``per`` the time
    that a size or a price is said for: 30 GB "a day".
    """

    interval: Interval
    unit: str | None
    start: int
    end: int
    said: str = ""
    vague: bool = False
    period: float | None = None
    per: str | None = None


def unit_at(items: Sequence[Lexeme], at: int) -> tuple[str | None, int]:
    """The unit that begins at a lexeme, and where it ends; a hyphen may precede it."""
    if _is_filler(items, at):
        at += 1
    if at >= len(items):
        return None, at
    word = items[at].text
    if word == "-":
        unit, stop = unit_at(items, at + 1) if _is_word(items, at + 1) else (None, at)
        return (unit, stop) if unit else (None, at)
    if word in PERCENT:
        return "%", at + 1
    following = items[at + 1].text if at + 1 < len(items) else ""
    if (word, following.removesuffix("s")) in (("per", "cent"), ("percentage", "point")):
        return "%", at + 2
    if word in RATES or word in MONEY:
        return word, at + 1
    known = BYTES.get(word) or (TIMES.get(word) if word not in ONLY_RATES else None)
    return (known, at + 1) if known else (None, at)


def _is_filler(items: Sequence[Lexeme], at: int) -> bool:
    following = items[at + 1].text if at + 1 < len(items) else ""
    if at < len(items) and items[at].text in ("more", "further") and following in PERCENT:
        return True
    return at < len(items) and items[at].text in _FILLERS and following in TIMES


def _is_word(items: Sequence[Lexeme], at: int) -> bool:
    return at < len(items) and items[at].kind == "word"


def per_at(items: Sequence[Lexeme], at: int) -> tuple[int, str | None]:
    """Where "per day", "a day", "/s", "on a good day" ends, and which time it names."""
    if at >= len(items) or items[at].text not in _PER:
        return at, None
    step = _behind_per(items, at)
    if step is None:
        return at, None
    while step < len(items) and items[step].text in _KINDS_OF_DAY:
        step += 1
    if step >= len(items) or items[step].text not in TIMES:
        return at, None
    word = items[step].text
    plural = word.endswith("s") and word not in ("s", "ms")
    if plural or (word == "d" and items[at].text != "/"):
        return at, None
    return step + 1, TIMES[word]


def _behind_per(items: Sequence[Lexeme], at: int) -> int | None:
    """Where the time begins behind a word of ``_PER``; None where "in" or "on" begins no rate."""
    word = items[at].text
    if word not in ("in", "on", "over", "for"):
        return at + 1
    first, second = ([item.text for item in items[at + 1 : at + 3]] + ["", ""])[:2]
    if word != "for" and first in ("a", "an", "any", "one"):
        return at + 2
    if word == "in" and first == "the" and second in _SHORT:
        return at + 2
    return at + 1 if word in ("in", "for") and first in _SHORT else None


def bounded(
    text: str, items: Sequence[Lexeme], quantity: Quantity, stop: int
) -> tuple[Quantity, int]:
    """The quantity with the bound that the words around it make of it."""
    for many in (1, 2):
        if end := _AFTER.get(tuple(item.text for item in items[stop : stop + many])):
            stop += many
            if end == "about":
                return replace(quantity, vague=True), stop
            return replace(quantity, interval=_one_sided(quantity, end, is_open=False)), stop
    if quantity.interval.exact:
        before = text[max(0, quantity.start - 32) : quantity.start]
        for pattern, end, is_open in _BOUNDS:
            if pattern.search(before) and not _along(before, quantity):
                interval = _one_sided(quantity, end, is_open=is_open)
                return replace(quantity, interval=interval), stop
    return quantity, stop


def _one_sided(quantity: Quantity, end: str, *, is_open: bool) -> Interval:
    if end == "hi":
        return Interval(0.0, quantity.interval.hi, hi_open=is_open)
    return Interval(quantity.interval.lo, math.inf, lo_open=is_open)
