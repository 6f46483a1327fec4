"""Figures as people type them, read exactly: "1M/month", "200 ms", "2 GB", "0.115"."""

import re
from collections.abc import Callable
from decimal import Decimal

from checker.problems import Problem
from checker.units import convert

# Enough digits for any figure that is meant; more are a slip of the paste.
_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,18})?|[-+]?\.\d{1,18}"
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})(?:e(?P<power>[-+]?\d{{1,2}}))?\s*(?P<unit>.*)")
_SCALE = re.compile(r"(k|m|g|thousand|million|billion)(?![a-z])\s*")
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "g": 9, "billion": 9}
_PER = re.compile(r"[a-z ]*?(?:/|\bper\b|\ban?\b)\s*(?P<time>[a-z]+)")
_CURRENCY = re.compile(r"[$€£¥₹]|\b(?:usd|eur|gbp)\b")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
SHORT = 40

type Reader = Callable[[str, str], Decimal | Problem]
"""Reads a text; the second argument is the name of its field."""


def amount(unit_of: Callable[[str], Decimal | None], takes: str, *, scaled: bool = False) -> Reader:
    """A reader of numbers with a unit; ``unit_of`` gives the unit's size, None where it has none.

    ``takes`` is shown where the text cannot be read; ``scaled`` reads "1M" as a million.
    """

    def read(text: str, where: str) -> Decimal | Problem:
        words = " ".join(text.lower().split())
        match = _AMOUNT.fullmatch(words)
        if not match or _DECIMAL_COMMA.fullmatch(words):
            return Problem("C002", where, f"'{_short(words)}' is not a number", takes)
        value = Decimal(match["number"].replace(",", "")).scaleb(int(match["power"] or 0))
        unit = match["unit"]
        if scaled and (scale := _SCALE.match(unit)):
            value, unit = value.scaleb(_SCALES[scale[1]]), unit[scale.end() :]
        size = unit_of(unit)
        if size is None:
            message = f"'{_short(unit)}' is not a unit of this field"
            return Problem("C003", where, message, takes)
        return value * size

    return read


def read_price(text: str, where: str) -> Decimal | Problem:
    """A price: a bare number with a point; a comma or a currency sign is ambiguous and refused."""
    words = " ".join(text.lower().split())
    bare = _CURRENCY.sub("", words).strip()
    if bare != words or "," in bare:
        example = bare.replace(",", ".") if _DECIMAL_COMMA.fullmatch(bare) else "0.115"
        message = f"'{_short(words)}' has a comma or a currency sign"
        hint = (
            f"write a number with a point, such as {example}; the currency has a field for itself"
        )
        return Problem("C006", where, message, hint)
    return amount(lambda unit: None if unit else Decimal(1), "a number such as 0.115")(bare, where)


def seconds(text: str, where: str) -> Decimal | Problem:
    """ "200 ms" in seconds."""
    return amount(_time(Decimal(1)), "a time such as 200 ms or 1.5 s")(text, where)


def hours(text: str, where: str) -> Decimal | Problem:
    """ "160 h" in hours."""
    return amount(_time(Decimal(3600)), "hours such as 160 or 160 h")(text, where)


def gigabytes(text: str, where: str) -> Decimal | Problem:
    """ "2 GB" or "2048 MB": memory and volumes are counted in powers of 1024."""
    sizes = {"": 1024, "gb": 1024, "gib": 1024, "mb": 1, "mib": 1}
    known = {unit: Decimal(size) / 1024 for unit, size in sizes.items()}
    return amount(known.get, "a size such as 2 GB or 2048 MB")(text, where)


def body(text: str, where: str) -> Decimal | Problem:
    """A body's size in bytes, in the prefixes that the checker's other sizes have."""

    def size(unit: str) -> Decimal | None:
        found = convert(1.0, unit or "mb", "bytes")
        return None if found is None else Decimal(str(found))

    return amount(size, "a size such as 20 KB or 1.5 MB")(text, where)


def count(text: str, where: str) -> Decimal | Problem:
    """A count without unit: "3"."""
    read = amount(lambda unit: None if unit else Decimal(1), "a number such as 2", scaled=True)
    return read(text, where)


def percent(text: str, where: str) -> Decimal | Problem:
    """ "10 %" as 0.1."""
    known = {"": Decimal("0.01"), "%": Decimal("0.01"), "percent": Decimal("0.01")}
    return amount(known.get, "a share such as 10 %")(text, where)


def per_minute(text: str, where: str) -> Decimal | Problem:
    """Requests a minute, also said by the second or the hour."""
    takes = "requests such as 300/min"
    return amount(_rate("min", Decimal(60)), takes, scaled=True)(text, where)


def per_month(month_hours: Decimal) -> Reader:
    """Requests a month of this length: "1M/month", "30/h", or a bare number of the month."""
    takes = "requests such as 1M/month, 2000/day or 30/h"
    return amount(_rate("month", month_hours * 3600), takes, scaled=True)


def _time(unit_seconds: Decimal) -> Callable[[str], Decimal | None]:
    def size(unit: str) -> Decimal | None:
        if not unit:
            return Decimal(1)
        found = convert(1.0, unit, "s")
        return None if found is None else Decimal(str(found)) / unit_seconds

    return size


def _rate(own: str, own_seconds: Decimal) -> Callable[[str], Decimal | None]:
    """The size of "/h" or "requests a day", in requests per ``own`` time."""

    def size(unit: str) -> Decimal | None:
        if re.fullmatch(r"(requests?|calls?)?", unit):
            return Decimal(1)
        match = _PER.fullmatch(unit)
        if match is None:
            return None
        if match["time"] in (own, f"{own}s"):
            return Decimal(1)
        found = convert(1.0, match["time"], "s")
        return None if found is None else own_seconds / Decimal(str(found))

    return size


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
