"""Checks of values, units, dates and references that a form alone lets through.

Each check yields findings as ``checks`` does: (path in the YAML, code, message, hint).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from checker.knowledge.model import Fact, Knowledge
from checker.problems import did_you_mean
from checker.units import convert
from macros.knowledge.lookups import Finding

# Units as AWS prints them; other spellings of the same unit are refused with the right one.
UNITS = (
    *("bytes", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"),
    *("ms", "s", "min", "h", "d", "%"),
)
_SPELLED = {
    "kilobyte": "KB",
    "megabyte": "MB",
    "gigabyte": "GB",
    "terabyte": "TB",
    "byte": "bytes",
    "millisecond": "ms",
    "second": "s",
    "minute": "min",
    "hour": "h",
    "percent": "%",
}
_NOUN = re.compile(r"[A-Za-z-]+( [a-z-]+)*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# A number with its unit in one text: "7 MB", "7,000", "1e3", "0x10"; versions and dates are text.
_NUMBER_AS_TEXT = re.compile(
    r"[-+]?[\d.,]*\d([eE][-+]?\d+)?( *[A-Za-z%]+)?|0x[0-9a-f]+|\.?(nan|inf)"
)
_VERSION = re.compile(r"\d+(\.\d+)+|\d{2,5}")
LONGEST_TEXT = 600
_SUCCESSOR = "name the option that replaces it, or remove successor"


def check_values(known: Knowledge, today: date) -> Iterator[Finding]:
    """Numbers are numbers in a unit as AWS prints it, dates are dates and not in the future."""
    topics = Counter(fact.topic for fact in known.facts.values())
    for key, fact in known.facts.items():
        here = ("facts", key)
        for path, value, unit in _values(fact):
            yield from _value((*here, *path), value, unit)
        yield from _not_later((*here, "checked"), fact.checked, today)
        yield from _short((*here, "text"), fact.text)
        yield from _topic((*here, "topic"), fact.topic, topics)
    for key, rule in known.rules.items():
        yield from _short(("rules", key, "reason"), rule.reason)


def _values(fact: Fact) -> Iterator[tuple[tuple[str | int, ...], object, str | None]]:
    if fact.value is not None:
        yield ("value",), fact.value, fact.unit
    for name, part in fact.parts.items():
        yield ("parts", name, "value"), part.value, part.unit
    for number, dispute in enumerate(fact.disputed):
        yield ("disputed", number, "value"), dispute.value, dispute.unit


def _value(path: tuple[str | int, ...], value: object, unit: str | None) -> Iterator[Finding]:
    if isinstance(value, str):
        if unit is not None:
            message = f"'{value[:40]}' is text, but it has the unit '{unit}'"
            yield path, "K025", message, "write the number without quotes, its unit in 'unit'"
        elif _NUMBER_AS_TEXT.fullmatch(value) and not _VERSION.fullmatch(value):
            hint = "write the number without quotes, its unit in 'unit'"
            yield path, "K025", f"'{value[:40]}' is a number written as text", hint
        return
    number = float(value) if isinstance(value, int | float) else math.nan
    if not math.isfinite(number) or number < 0:
        yield path, "K025", f"{value} is not an amount", "write a number that is zero or greater"
    yield from _unit((*path[:-1], "unit"), unit)


def _unit(path: tuple[str | int, ...], unit: str | None) -> Iterator[Finding]:
    if unit is None or unit in UNITS:
        return
    word = unit.strip().lower()
    same = [name for name in UNITS if convert(1, word, name) == 1 or name == unit.strip()]
    same = same or [name for start, name in _SPELLED.items() if re.fullmatch(f"{start}s?", word)]
    if same:
        yield path, "K026", f"the unit '{unit}'", f"write '{same[0]}'"
    elif not _NOUN.fullmatch(unit):
        hint = f"one of {', '.join(UNITS)}, or what is counted, such as 'instances'"
        yield path, "K026", f"unknown unit {unit!r}", hint


def _not_later(path: tuple[str | int, ...], text: str, today: date) -> Iterator[Finding]:
    if not _DATE.fullmatch(text):
        yield path, "K024", f"'{text[:40]}' is not a date", "write YYYY-MM-DD"
        return
    try:
        found = date.fromisoformat(text)
    except ValueError:
        yield path, "K024", f"'{text}' is not a day of the calendar", "write YYYY-MM-DD"
        return
    if found > today:
        hint = f"the day on which you looked at the source; today is {today}"
        yield path, "K027", f"'{text}' is in the future", hint


def _topic(path: tuple[str | int, ...], topic: str, topics: Mapping[str, int]) -> Iterator[Finding]:
    """A topic of one fact that is spelled nearly like another one."""
    others = [name for name in topics if name != topic]
    hint = did_you_mean(topic, others) if topics[topic] == 1 else ""
    if hint.startswith("did you mean"):
        yield path, "K005", f"unknown topic '{topic}'", hint


def _short(path: tuple[str | int, ...], text: str) -> Iterator[Finding]:
    if len(text) > LONGEST_TEXT:
        message = f"a text of {len(text)} characters"
        yield path, "K028", message, f"at most {LONGEST_TEXT}; prose belongs on a page"


def check_changes(known: Knowledge, today: date) -> Iterator[Finding]:
    """Changes are dated, in order with the newest first, and name what exists."""
    dates = [change.date for change in known.changes.values()]
    for index, (key, change) in enumerate(known.changes.items()):
        here = ("changes", key)
        yield from _not_later((*here, "date"), change.date, today)
        if index and change.date > dates[index - 1]:
            yield here, "K090", f"{change.date} follows {dates[index - 1]}", "the newest goes first"
        sections = (known.facts, known.rules, known.options, known.services)
        for number, name in enumerate(change.about):
            if not any(name in section for section in sections):
                message = f"there is no fact, rule, option or service '{name}'"
                names = [name for section in sections for name in section]
                yield (*here, "about", number), "K005", message, did_you_mean(name, names)


def check_circles(known: Knowledge) -> Iterator[Finding]:
    """No option is its own successor, and no facts name each other in a circle."""
    for key, option in known.options.items():
        if option.successor == key:
            yield (
                ("options", key, "successor"),
                "K034",
                "an option that succeeds itself",
                _SUCCESSOR,
            )
    named = {key: _named(fact, known.facts) - {key} for key, fact in known.facts.items()}
    for key, fact in known.facts.items():
        here = ("facts", key, "text")
        if f"{{{key}}}" in fact.text:
            yield here, "K029", "a fact that refers to itself", "write {value} for its own value"
        for other in sorted(named[key]):
            if key in named[other] and key < other:
                yield here, "K029", f"'{key}' and '{other}' refer to each other", "name one in one"


def _named(fact: Fact, facts: Mapping[str, Fact]) -> set[str]:
    references = re.findall(r"\{([a-z0-9_.]+)\}", fact.text)
    owners = chain(references, (name.rpartition(".")[0] for name in references))
    return {name for name in owners if name in facts}


def check_filled(known: Knowledge) -> Iterator[Finding]:
    """Rules are about some option, terms have phrases, decisions have options and fields."""
    empty = {
        "rules": ("options",),
        "lexicon": ("phrases",),
        "decisions": ("options", "fields"),
        "clashes": ("one", "other"),
        "tables": ("columns", "rows"),
    }
    for section, names in empty.items():
        for key, entry in getattr(known, section).items():
            for name in names:
                if not getattr(entry, name):
                    yield (section, key, name), "K008", f"'{name}' is empty", "name at least one"
