"""Numbers, measures and bounds as a person reads them: "2 h", "under 4 MB", "4 million records"."""

import math
import re
from collections.abc import Sequence

from checker.units import Interval, convert, counts


def in_sentence(text: str) -> str:
    """A label or sentence within another: "target latency", but "API audit trail"."""
    first, _, rest = text.partition(" ")
    name = any(sign.isupper() for sign in first[1:]) or rest[:1].isupper()
    return text if name else text[:1].lower() + text[1:]


def named(labels: Sequence[str], together: bool) -> str:
    """Options in a sentence: "A or B" as a choice, "A, B together" where each meets a need."""
    if together and len(labels) > 1:
        return f"{', '.join(labels)} together"
    return " or ".join(labels)


def format_number(value: float) -> str:
    """12000.0 -> "12,000"; 0.25 -> "0.25"; never scientific below 10**15."""
    if float(value).is_integer():
        return f"{int(value):,}"
    # Enough digits to read back the same number, and never an exponent.
    places = 12 if abs(value) < 1 else 9
    return f"{value:,.{places}f}".rstrip("0").rstrip(".")


def format_measure(value: float | str, unit: str | None) -> str:
    """A value with its unit: "25 MB", "50%", "$3.10", "2026-07-30"."""
    shown = value if isinstance(value, str) else format_number(value)
    if unit is None:
        return shown
    if unit == "USD":
        return f"${shown}"
    if value == 1 and counts(unit):
        unit = unit.removesuffix("s")
    # A unit that starts with a sign binds to its number: 50%, 10/h.
    return f"{shown}{unit}" if unit[0] in "%/" else f"{shown} {unit}"


def spell_measure(value: float | str, unit: str | None) -> str:
    """A fact's value as a page shows it: 3,600 s as "1 h", because people count so."""
    if unit == "s" and not isinstance(value, str) and value and value % 3600 == 0:
        return format_measure(value / 3600, "h")
    return format_measure(value, unit)


def format_interval(interval: Interval, unit: str | None) -> str:
    """The text that ``parse_quantity`` reads back to the same interval."""
    if interval.exact:
        return _handy(interval.lo, unit)
    least = f"{'>' if interval.lo_open else '>='} {_handy(interval.lo, unit)}"
    most = f"{'<' if interval.hi_open else '<='} {_handy(interval.hi, unit)}"
    if math.isinf(interval.hi) or interval.lo == 0:
        return least if math.isinf(interval.hi) else most
    if interval.lo_open or interval.hi_open:
        return f"{least}, {most}"
    for other in _spoken_as(unit):
        low, high = (convert(end, unit, other) or 0.0 for end in (interval.lo, interval.hi))
        if low >= 1 and _short_number(low) and _short_number(high):
            return f"{format_number(round(low, 2))}-{format_measure(round(high, 2), other)}"
    return f"{format_number(interval.lo)}-{format_measure(interval.hi, unit)}"


# The units that people say, largest first, for each dimension.
_SPOKEN = (
    ("GB", "MB", "KB", "bytes"),
    ("years", "months", "d", "h", "min", "s", "ms"),
    ("/s", "/min", "/h", "/day", "/week", "/month", "/year"),
)
# A single one has another name, so it is said in a smaller unit: one year as 12 months.
_PLURAL = frozenset({"years", "months"})


def _spoken_as(unit: str | None) -> tuple[str, ...]:
    """The units that a number of ``unit`` can be said in, largest first."""
    return next((units for units in _SPOKEN if unit in units), ())


def _short_number(number: float) -> bool:
    return math.isclose(number, round(number, 2), rel_tol=1e-12)


def rounded(value: float, unit: str | None, digits: int) -> float:
    """A value with so many digits in the unit that it is said in: 0.8333... h is 50 min.

    A rate keeps its unit, because people compare it with the one that they gave.
    """
    said = [other for other in _spoken_as(unit) if not other.startswith("/")]
    sizes = ((other, convert(value, unit, other) or 0.0) for other in said)
    other, size = next(((o, n) for o, n in sizes if n >= 1), (unit, value))
    return convert(float(f"{size:.{digits}g}"), other, unit) or 0.0


def _handy(value: float, unit: str | None) -> str:
    """7200 s -> "2 h", 108,000 s -> "30 h": the unit with the shortest exact number, or the larger.

    Where no unit gives a short number, the value stays as it is.
    """
    units = _spoken_as(unit)
    sizes = [(other, convert(value, unit, other) or 0.0) for other in units]
    fitting = [
        (round(number, 2), other)
        for other, number in sizes
        if _short_number(number)
        and (number >= (2 if other in _PLURAL else 1) or (number > 0 and other == units[-1]))
    ]
    if fitting:
        return format_measure(*min(fitting, key=lambda pair: len(format_number(pair[0]))))
    if not units and unit not in ("%", "USD") and value >= 1e6 and _short_number(value / 1e6):
        # "4 million records" is read at a glance, 4,000,000 is counted.
        return f"{format_number(round(value / 1e6, 2))} million{f' {unit}' if unit else ''}"
    return format_measure(value, unit)


_SIGNS = {"<= ": "up to ", ">= ": "at least ", "< ": "under ", "> ": "over "}
_SIGN = re.compile(r"(?<![^ ])[<>]=? ")
_ENDS = re.compile(r"^([\d.,]+)-([\d.,]+ )")


def readable(answer: str) -> str:
    """A quantity in words, "<= 1 min" as "up to 1 min"; all else as it is."""
    return _ENDS.sub(r"\1 to \2", _SIGN.sub(lambda sign: _SIGNS[sign[0]], answer))
