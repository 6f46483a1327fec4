"""Times, rhythms and sizes without a number: every five minutes, an hour, a gigabyte."""

import re
from collections.abc import Sequence
from dataclasses import replace

from checker.quantities.lexemes import Lexeme
from checker.quantities.numerals import read_numeral
from checker.quantities.said import BYTES, ONLY_RATES, SECONDS, TIMES, Quantity, bounded, per_at
from checker.units import Interval, convert

RHYTHMS = {"hourly": "h", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month"}
_TIMES_A = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
# "Week by week"; "quarter by quarter" may as well be a quarter of the traffic.
_STEADY = frozenset({"hour", "day", "night", "week", "month", "year"})
_OTHER = {"other": 2.0, "half": 0.5, "quarter": 0.25, "single": 1.0}
_PLURALS = frozenset(
    {"milliseconds", "seconds", "minutes", "hours", "days", "weeks", "months", "years"}
)
_SPANS = frozenset({
    "within", "in", "inside", "takes", "take", "taking", "for", "runs", "run", "needs", "last",
    "lasts", "after", "few", "some", "until", "wait", "waits", "of",
})  # fmt: skip
_GOVERNING = re.compile(
    r"(?<![a-z])(?:within|inside|under|below|than|about|around|roughly|nearly|almost|takes?|took"
    r"|taking|needs?|over|up to|least|most|every|only|just|waits?|waited|say|have|has|had|keeps?"
    r"|kept|lasts?|lasted|watch|watched|watching|survived?|survives|gives?|given|spends?|spent"
    r"|stays?|is|be|was|until|costs?)(?: it| them)?\s*$"
)
_REST = re.compile(r"\s*(and\s+)?")
_BETWEEN = re.compile(r"(?:between|either|both)\s*$")
_CLOCK = {"d": 86400.0, "h": 3600.0, "min": 60.0, "s": 1.0, "ms": 1e-3}
# Behind "a week" where it lasts: "a week late", "an hour's probation".
_LASTED = frozenset({
    "late", "later", "long", "ago", "old", "earlier", "afterwards", "after", "before",
})  # fmt: skip
# "A day and a half", "an hour and a quarter".
_MORE = {"half": 0.5, "quarter": 0.25}
_DIGITS = {"single": 10.0, "double": 100.0, "two": 100.0}
_ARTICLES = frozenset({"a", "an", "the", "half", "one", "another", "same"})
# "A whole week" is how long something lasts.
_ENTIRE = frozenset({"whole", "full", "entire"})
# Before "an hour" without any of those: the beginning of a clause, or such a word.
_OPENING = frozenset({"", ".", ",", "(", ":", "in", "for", "after", "and"})
# Before "a week" as how long something lasts, of any length.
_LASTING = frozenset({"for", "after", "during"})
# Behind "a second" as a time; before another word it is the second of several things.
_CLOSING = frozenset({
    "each", "or", "and", "for", "to", "per", "of", "at", "is", "it", "in", "on", "with", "from",
    "but", "when", "if", "while", "so",
})  # fmt: skip


def with_rest(text: str, first: Quantity, rest: Quantity) -> Quantity | None:
    """ "1 h 20 min", "two minutes and ten seconds": a time and the rest of it in a smaller unit."""
    between = _REST.fullmatch(text[first.end : rest.start])
    if not between or not rest.interval.exact or first.vague or rest.per or first.per:
        return None
    if {first.said, rest.said} - _CLOCK.keys() or rest.start == first.start:
        return None
    large, small = _CLOCK[first.said], rest.interval.lo
    if small >= large or _CLOCK[rest.said] >= large or first.interval.lo % large:
        return None
    if between[1] and _BETWEEN.search(text[max(0, first.start - 12) : first.start]):
        return None
    low, high = first.interval.lo, first.interval.hi + small
    low = low + small if low else low
    return replace(first, interval=replace(first.interval, lo=low, hi=high), end=rest.end)


def times_a(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Once a week", "twice per day"."""
    times = _TIMES_A.get(items[at].text)
    end, per = per_at(items, at + 1)
    if times is None or per is None:
        return None
    rate = times * 3600 / SECONDS[per]
    interval = Interval(rate, rate)
    start, stop = items[at].start, items[end - 1].end
    return Quantity(interval, "/h", start, stop, f"/{per}", period=SECONDS[per] / times), end


def rhythm(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Nightly", "week by week"."""
    words = [item.text for item in items[at : at + 3]]
    if words[0] in RHYTHMS:
        unit, stop = RHYTHMS[words[0]], at + 1
    elif len(words) == 3 and words[1] in ("by", "after") and words[0] == words[2] in _STEADY:
        unit, stop = TIMES[words[0]], at + 3
    else:
        return None
    rate = 3600 / SECONDS[unit]
    start, end = items[at].start, items[stop - 1].end
    return Quantity(Interval(rate, rate), "/h", start, end, f"/{unit}", period=SECONDS[unit]), stop


def every(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Every five minutes", "every two or three seconds", "every other day", "each night"."""
    if items[at].text not in ("every", "each"):
        return None
    low, high, stop = _how_many(items, at + 1)
    if stop < len(items) and items[stop].text == "-":
        stop += 1
    if stop >= len(items) or items[stop].text not in TIMES or low <= 0:
        return None
    if items[stop].text == "second" and _goes_on(items, stop):
        return None  # "every second message"
    unit = TIMES[items[stop].text]
    span = SECONDS[unit]
    interval = Interval(3600 / (high * span), 3600 / (low * span))
    start, end = items[at].start, items[stop].end
    return Quantity(interval, "/h", start, end, f"/{unit}", period=high * span), stop + 1


def _how_many(items: Sequence[Lexeme], at: int) -> tuple[float, float, int]:
    """How many spans are between two times, and where that ends."""
    numeral = read_numeral(items, at)
    if numeral is None:
        word = items[at].text if at < len(items) else ""
        behind = items[at + 1].text if at + 1 < len(items) else ""
        if word not in _OTHER or (word == "quarter" and behind != "hour"):
            return 1.0, 1.0, at
        return _OTHER[word], _OTHER[word], at + 1 + (behind in ("a", "an"))
    stop = numeral.stop
    if stop < len(items) and items[stop].text in ("or", "to", "-"):
        more = read_numeral(items, stop + 1)
        if more:
            return numeral.low, more.high, more.stop
    return numeral.low, numeral.high, stop


def _goes_on(items: Sequence[Lexeme], at: int) -> bool:
    """Whether another word follows "second", so that it counts things and is no time."""
    following = items[at + 1] if at + 1 < len(items) else None
    return following is not None and following.kind == "word" and following.text not in _CLOSING


def article(text: str, items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "An hour until ...", "within the hour", "half a second", "inside a minute"."""
    if items[at].text not in _ARTICLES or at + 1 >= len(items):
        return None
    factor, step = _part(items, at)
    entire = items[at].text == "a" and step < len(items) and items[step].text in _ENTIRE
    step += entire
    word = items[step].text if step < len(items) else ""
    if items[at].text in ("a", "an"):  # "An hour's probation", but not "the week's requests".
        word = word.removesuffix("'s")
    if word not in TIMES or word in ONLY_RATES:
        return None
    unit = TIMES[word]
    stop = step + 1
    behind = [item.text for item in items[stop : stop + 3]]
    more = _MORE.get(behind[2], 0.0) if len(behind) == 3 and behind[:2] == ["and", "a"] else 0.0
    counted = word == "second" and _goes_on(items, step)
    spans = entire or _is_span(text, items, at, unit)
    if factor == 1.0 and not more and (counted or not spans):
        return None
    factor += more
    most, stop = factor, stop + 3 * bool(more)
    if behind[:2] == ["or", "two"]:
        most, stop = 2.0, stop + 2
    length = Interval(factor * SECONDS[unit], most * SECONDS[unit])
    said = "d" if unit == "day" else unit
    start, end = items[at].start, items[stop - 1].end
    return bounded(text, items, Quantity(length, "s", start, end, said), stop)


def size(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "A megabyte", "a full gigabyte", "a gig and a half"."""
    step = at + 1
    step += step < len(items) and items[step].text in ("full", "whole", "good")
    word = items[step].text if step < len(items) else ""
    unit = BYTES.get(word)
    if items[at].text not in ("a", "an", "one") or unit is None or word == "byte":
        return None
    half = [item.text for item in items[step + 1 : step + 4]] == ["and", "a", "half"]
    stop = step + 1 + 3 * half
    large = (convert(1.0, unit, "MB") or 0.0) * (1.5 if half else 1.0)
    start, end = items[at].start, items[stop - 1].end
    return Quantity(Interval(large, large), "MB", start, end, unit), stop


def _part(items: Sequence[Lexeme], at: int) -> tuple[float, int]:
    """The part of "half an hour", "a half hour" and "a quarter hour", and where the unit is."""
    if items[at + 1].text == "quarter" and items[at + 2 : at + 3] and items[at + 2].text == "hour":
        return 0.25, at + 2
    if items[at].text == "half":
        return 0.5, at + 1 + (items[at + 1].text in ("a", "an"))
    return (0.5, at + 2) if items[at + 1].text == "half" else (1.0, at + 1)


def _is_span(text: str, items: Sequence[Lexeme], at: int, unit: str) -> bool:
    """Whether "an hour" is how long something lasts, and not "ten an hour"."""
    start = items[at].start
    if items[at].text in ("one", "another", "same") or _GOVERNING.search(
        text[max(0, start - 16) : start]
    ):
        return True
    before = items[at - 1].text if at else ""
    if items[at].text == "the":
        return False
    following = items[at + 2].text if at + 2 < len(items) else ""
    if following in _LASTED:
        return True
    return before in _LASTING or (unit in ("h", "min") and before in _OPENING)


def below_one(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Sub-second", "single-digit milliseconds", "double digit ms"."""
    if items[at].text != "sub" and items[at].text not in _DIGITS:
        return None
    words = [item.text for item in items[at : at + 5] if item.text != "-"]
    most, many = (1.0, 1) if words[0] == "sub" else (_DIGITS.get(words[0], 0.0), 2)
    if not most or len(words) <= many or (many == 2 and words[1] not in ("digit", "digits")):
        return None
    unit = TIMES.get(words[many])
    if unit is None or words[many] in ONLY_RATES:
        return None
    stop = at
    while items[stop].text != words[many]:
        stop += 1
    length = Interval(0.0, most * SECONDS[unit], hi_open=True)
    return Quantity(length, "s", items[at].start, items[stop].end, unit), stop + 1


def bare(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Within milliseconds", "takes minutes", "for months": a size of time without a number."""
    word = items[at].text
    if word not in _PLURALS or at == 0 or items[at - 1].text not in _SPANS:
        return None
    unit = TIMES[word]
    span = SECONDS[unit]
    interval = Interval(2 * span, 10 * span)
    if unit == "ms":
        interval = Interval(0.0, 1.0, hi_open=True)
    return Quantity(interval, "s", items[at].start, items[at].end, unit, vague=True), at + 1
