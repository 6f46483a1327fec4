"""Numbers that somebody typed and that a fact holds: a correction of the fact would miss them.

Quotes, code and examples hold other numbers and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.knowledge.model import Fact, Knowledge
from checker.units import convert
from macros.knowledge.lookups import Finding
from macros.knowledge.prose import Line, plain
from macros.knowledge.text_checks import own_texts

# What holds the numbers of a situation and not those of AWS.
_EXAMPLE = re.compile(r"\b(?:examples?|such as|for instance|suppose)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>\$ ?)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"[ \u00a0-]?(?P<unit>%|[A-Za-z]+(?: [a-z]+){0,2})?"
)
_DIMENSIONS = ("bytes", "s", "%")
# A fact may hold a number of its own service only, and a change tells what a number was.
_APART = frozenset({"facts", "changes"})
SHOWN = 2
"""How many of the facts that hold a number a message names."""

type Amount = tuple[str, float]
"""A number in a unit that all spellings of it share."""


@dataclass(frozen=True)
class Held:
    """The facts, or parts of facts, that hold an amount."""

    references: Mapping[Amount, list[str]]

    def typed(self, line: Line) -> Iterator[tuple[str, list[str]]]:
        """Each number of a line that facts hold, as it is typed, with their names."""
        for sentence in _sentences(line):
            for match in _NUMBER.finditer(sentence):
                for shown, amount in _amounts(match):
                    if found := self.references.get(amount):
                        yield shown, found
                        break


def _sentences(line: Line) -> Iterator[str]:
    for sentence in line.sentences:
        if not _EXAMPLE.search(sentence):
            yield _QUOTED.sub("", sentence)


def _amounts(match: re.Match[str]) -> Iterator[tuple[str, Amount]]:
    """What a number and the words behind it may mean, the longest name of a unit first."""
    number = float(match["number"].replace(",", ""))
    if match["sign"]:
        yield f"{match['sign']}{match['number']}", _amount(number, "USD")
    words = (match["unit"] or "").split()
    for count in range(len(words), 0, -1):
        unit = " ".join(words[:count])
        end = match.start("unit") + len(unit)
        yield match.string[match.start() : end], _amount(number, unit)


def _amount(number: float, unit: str) -> Amount:
    for base in _DIMENSIONS:
        if (converted := convert(number, unit, base)) is not None:
            return base, round(converted, 9)
    return unit.removesuffix("s"), number


def held(facts: Mapping[str, Fact]) -> Held:
    """What these facts hold; none, one and all of it are words and no limits."""
    found: dict[Amount, list[str]] = defaultdict(list)
    for key, fact in facts.items():
        for reference, value, unit in _values(key, fact):
            amount = _amount(float(value), unit)
            if value not in (0, 1) and amount != ("%", 100):
                found[amount].append(reference)
    return Held(found)


def _values(key: str, fact: Fact) -> Iterator[tuple[str, float, str]]:
    measures = {key: fact} | {f"{key}.{name}": part for name, part in fact.parts.items()}
    for reference, one in measures.items():
        if isinstance(one.value, int | float) and one.unit:
            yield reference, one.value, one.unit


def named(shown: str, references: list[str], used: Iterable[str] = ()) -> tuple[str, str]:
    """The message, and the name of the fact that is most likely meant: one that is ``used``."""
    known = set(used)
    ordered = sorted(references, key=lambda name: name not in known)
    more = len(ordered) - SHOWN
    names = ", ".join(ordered[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"'{shown}' is typed, and the value of {names}", ordered[0]


def check_typed_numbers(known: Knowledge, data: Any) -> Iterator[Finding]:
    """Our sentences in the YAML refer to the number of a fact; ``data`` is the document."""
    everything = held(known.facts)
    for path, text in own_texts(data):
        if path[0] not in _APART:
            yield from _found(path, text, everything)
    services: dict[str, dict[str, Fact]] = defaultdict(dict)
    for key, fact in known.facts.items():
        services[key.partition(".")[0]][key] = fact
    for facts in services.values():
        own = held(facts)
        for key, fact in facts.items():
            yield from _found(("facts", key, "text"), fact.text, own)


def _found(path: tuple[str | int, ...], text: str, holding: Held) -> Iterator[Finding]:
    for shown, references in holding.typed(Line(0, plain(text))):
        message, name = named(shown, references)
        name = "value" if path[:2] == ("facts", name) else name
        name = name.removeprefix(f"{path[1]}.") if path[0] == "facts" else name
        hint = f"write {{{name}}}; a number of an example: start with 'For example'"
        yield path, "K096", message, hint
