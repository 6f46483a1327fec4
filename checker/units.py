"""Quantities: numbers with a unit, read from short text; ``formatting`` writes them.

An answer is an interval, so that "over 30 MB" and "2-6 MB" are as good as "6 MB" and the
three-valued logic can say "open" where a limit falls inside it.
"""

import math
import re
from dataclasses import dataclass

from checker.problems import Problem

# Decimal prefixes are powers of 1000, binary ones of 1024 (IEC 80000-13).
_BYTES = {
    "bytes": 1.0, "byte": 1.0, "b": 1.0,
    "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15,
    "kib": 1024.0, "mib": 1024.0**2, "gib": 1024.0**3, "tib": 1024.0**4, "pib": 1024.0**5,
}  # fmt: skip
_TIME = {
    "ms": 1e-3, "millisecond": 1e-3, "milliseconds": 1e-3, "msec": 1e-3,
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hr": 3600.0, "hrs": 3600.0, "hour": 3600.0, "hours": 3600.0,
    "d": 86400.0, "day": 86400.0, "days": 86400.0,
    "week": 604800.0, "weeks": 604800.0, "month": 2628000.0, "months": 2628000.0,
    "quarter": 7884000.0, "quarters": 7884000.0, "year": 31536000.0, "years": 31536000.0,
    "y": 31536000.0,
}  # fmt: skip
_RATE = {f"/{unit}": 1.0 / seconds for unit, seconds in _TIME.items()}
_PERCENT = {"%": 1.0, "percent": 1.0}
_DIMENSIONS = (_BYTES, _TIME, _RATE, _PERCENT)

_NUMBER = r"[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?"
_SCALES = {"k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PER = re.compile(r"(.*?)(?:(/|\bper\b|\ban?\b)(.*))?$")
_SCALED = re.compile(rf"({'|'.join(_SCALES)})(?![a-z])")
_ONE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>.*)")
_PREFIXES = {
    "<=": ("hi", False), "<": ("hi", True), "at most": ("hi", False), "up to": ("hi", False),
    "maximum": ("hi", False), "max": ("hi", False), "under": ("hi", True),
    "below": ("hi", True), "less than": ("hi", True),
    ">=": ("lo", False), ">": ("lo", True), "at least": ("lo", False), "minimum": ("lo", False),
    "min": ("lo", False), "over": ("lo", True), "above": ("lo", True), "more than": ("lo", True),
}  # fmt: skip
_RANGE = re.compile(
    rf"(?P<lo>{_NUMBER})\s*(?P<lo_unit>[a-z%]*)\s*(?:-|–|\.\.|to)\s*(?P<hi>{_NUMBER})\s*(?P<unit>.*)"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A quantity in its field's unit: ``lo`` to ``hi``, either end open or closed."""

    lo: float
    hi: float
    lo_open: bool = False
    hi_open: bool = False

    @property
    def exact(self) -> bool:
        """True for a single number."""
        return self.lo == self.hi


def convert(value: float, unit: str | None, to: str | None) -> float | None:
    """``value`` in ``unit`` as a number of ``to``; None where the units do not fit together."""
    if _key(unit) == _key(to):
        return value
    for dimension in _DIMENSIONS:
        if _key(unit) in dimension and _key(to) in dimension:
            return value * dimension[_key(unit)] / dimension[_key(to)]
    return None


def in_base(unit: str | None) -> float:
    """What one ``unit`` is in bytes, seconds, calls a second or as a share; 1 for a count."""
    if _key(unit) in _PERCENT:
        return 0.01
    return next((d[_key(unit)] for d in _DIMENSIONS if _key(unit) in d), 1.0)


def counts(unit: str | None) -> bool:
    """Whether a unit names things that are counted, such as "subnets"."""
    return bool(unit) and not any(_key(unit) in dimension for dimension in _DIMENSIONS)


def exceeds(one: Interval, other: Interval) -> bool | None:
    """Whether all numbers of one interval are larger than all of the other; None: some are."""
    if one.lo > other.hi or (one.lo == other.hi and (one.lo_open or other.hi_open)):
        return True
    return False if one.hi <= other.lo else None


def parts_of(share: Interval, unit: float) -> Interval:
    """How many parts a share makes. The last may be smaller: 30% makes four."""
    most = 1 / (share.lo * unit) if share.lo > 0 else math.inf
    return rounded_up(Interval(1 / (share.hi * unit), most, share.hi_open, share.lo_open))


def rounded_up(found: Interval) -> Interval:
    """The whole numbers that cover a quantity: a part of a worker is a worker."""
    low, high = found.lo * (1 - 1e-12), found.hi * (1 - 1e-12)
    least = math.floor(found.lo) + 1 if found.lo_open else math.ceil(low)
    return Interval(float(least), high if math.isinf(high) else float(math.ceil(high)))


def accepted_units(unit: str | None) -> str:
    """The units that a field measured in ``unit`` accepts, as a short list for messages."""
    for dimension, shown in zip(
        _DIMENSIONS,
        (
            "bytes, KB, MB, GB, KiB, MiB, GiB",
            "ms, s, min, h, d, weeks, months, years",
            "/s, /min, /h, /day",
            "%",
        ),
        strict=True,
    ):
        if _key(unit) in dimension:
            return shown
    return f"{unit} or a plain number" if unit else "a plain number"


def parse_quantity(text: str, unit: str | None, where: str) -> Interval | Problem:
    """Read "6 MB", "2-6 MB", "<= 4 MB", "> 4 MB, <= 25 MB" or a bare number of ``unit``.

    Returns the interval in ``unit``, or the problem with the text that was given.
    """
    words = " ".join(text.strip().lower().split())
    read = _parse(words, unit, where)
    if isinstance(read, Problem) and read.code == "Q001":
        # The whole of what was typed, so that it can be found again.
        message = f"'{_short(words)}' is not a number"
        return Problem("Q001", where, message, f"accepted: {accepted_units(unit)}")
    return read


def _parse(words: str, unit: str | None, where: str) -> Interval | Problem:
    low, _, high = words.partition(", ")
    if all(part.startswith(tuple(_PREFIXES)) for part in (low, high)):
        return _between(low, high, unit, where)
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        if words.startswith(prefix):
            return _bounded(words.removeprefix(prefix), unit, where, *_PREFIXES[prefix])
    number = _one(words, unit, where)
    if not isinstance(number, Problem):
        return Interval(number, number)
    match = _RANGE.fullmatch(words)
    return _range(match, unit, where) if match else number


def _between(low: str, high: str, unit: str | None, where: str) -> Interval | Problem:
    least, most = (_parse(part, unit, where) for part in (low, high))
    if isinstance(least, Problem) or isinstance(most, Problem):
        return least if isinstance(least, Problem) else most
    if math.isinf(least.hi) and most.lo == 0.0 and least.lo <= most.hi:
        return Interval(least.lo, most.hi, least.lo_open, most.hi_open)
    return Problem("Q004", where, f"'{_short(f'{low}, {high}')}' is no range", "smaller end first")


def _bounded(
    text: str, unit: str | None, where: str, end: str, is_open: bool
) -> Interval | Problem:
    number = _one(text.strip(), unit, where)
    if isinstance(number, Problem):
        return number
    if end == "hi":
        return Interval(0.0, number, hi_open=is_open)
    return Interval(number, math.inf, lo_open=is_open)


def _range(match: re.Match[str], unit: str | None, where: str) -> Interval | Problem:
    # "2-6 MB": the unit behind the second number is the first one's too.
    lo = _one(f"{match['lo']} {match['lo_unit'] or match['unit']}", unit, where)
    hi = _one(f"{match['hi']} {match['unit']}", unit, where)
    if isinstance(lo, Problem):
        return lo
    if isinstance(hi, Problem):
        return hi
    if lo > hi:
        return Problem("Q004", where, f"the range '{match[0]}' runs downwards", "smaller end first")
    return Interval(lo, hi)


def _one(text: str, unit: str | None, where: str) -> float | Problem:
    match = _ONE.fullmatch(text)
    if not match:
        return Problem(
            "Q001", where, f"'{_short(text)}' is not a number", f"accepted: {accepted_units(unit)}"
        )
    scale, given = _scale(match["unit"].strip(), unit)
    value = convert(float(match["number"].replace(",", "")) * scale, given or unit, unit)
    if value is None:
        return Problem(
            "Q002",
            where,
            f"'{_short(given)}' is not a unit of this field",
            f"accepted: {accepted_units(unit)}",
        )
    if not math.isfinite(value):
        message = f"'{_short(text)}' is too large to be a usable number"
        return Problem("Q003", where, message, f"accepted: {accepted_units(unit)}")
    return value


def _scale(words: str, unit: str | None) -> tuple[float, str]:
    """Split "million requests per day" and "k/day" into scale and unit."""
    # "10m" is ten million of a count but ten metres of nothing: only counts and rates scale.
    match = _SCALED.match(words)
    if match and _key(unit) not in _BYTES | _TIME:
        return _SCALES[match[1]], _unit_name(words[match.end() :].strip(), unit)
    return 1.0, _unit_name(words, unit)


def _unit_name(words: str, unit: str | None) -> str:
    """ "requests per day" -> "/day"; "model" -> "models"."""
    noun, mark, time = _PER.match(words).groups()  # type: ignore[union-attr]
    nouns = re.fullmatch(r"[a-z\s]*", noun) and noun.strip() not in _BYTES | _TIME
    if _key(unit) in _RATE and mark and nouns:
        return f"/{time.strip()}"
    # "35 concurrent" is enough for "concurrent invocations".
    short = unit and words and (f"{words}s" == unit or unit.startswith(f"{words} "))
    return unit if unit and short else words


def _key(unit: str | None) -> str:
    return (unit or "").lower()


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
