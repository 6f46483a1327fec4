"""Prices: dated facts of the knowledge, each of which the reader can overwrite."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from checker.knowledge.model import Fact, Knowledge

OLD_DAYS = 90
METERS = ("instance", "storage", "data", "serverless", "warm", "executing")

type Key = tuple[str, str]
"""A meter, and what of it is priced: an instance type, a memory size in GB, or nothing."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price per unit of a meter, and where it comes from: a fact, or the reader."""

    value: Decimal
    fact: str | None = None
    region: str | None = None
    seen: str | None = None
    """The day for which the source shows it."""
    disputed: tuple[Decimal, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the reader typed it."""
        return self.fact is None

    def at(self, share: Decimal) -> "Price":
        """The same price after a discount that leaves this share of it."""
        others = tuple(value * share for value in self.disputed)
        return Price(self.value * share, self.fact, self.region, self.seen, others)


def default_prices(knowledge: Knowledge) -> dict[Key, Price]:
    """Every price of the knowledge by what it prices."""
    found: dict[Key, Price] = {}
    for key, fact in knowledge.facts.items():
        if (tag := fact.price) is not None:
            others = tuple(Decimal(str(other.value)) for other in fact.disputed)
            for of, value in _values(fact):
                exact = Decimal(str(value))
                found[tag.meter, of] = Price(exact, key, tag.region, tag.seen, others)
    return found


def _values(fact: Fact) -> list[tuple[str, object]]:
    if fact.parts:
        return [(of, part.value) for of, part in fact.parts.items()]
    return [("", fact.value)]


def merged(
    defaults: Mapping[Key, Price], own: Mapping[Key, Decimal], share: Decimal
) -> dict[Key, Price]:
    """The defaults under the reader's own prices, all after the discount."""
    mine = {key: Price(value) for key, value in own.items()}
    return {key: price.at(share) for key, price in {**defaults, **mine}.items()}


def age_in_days(seen: str | None, today: str | None) -> int | None:
    """Days between two dates; a date without a day or month counts from its first one."""
    if not seen or not today:
        return None
    return _day_number(today) - _day_number(seen)


def is_old(price: Price, today: str | None) -> bool:
    """Whether a default price is so old that the reader has to be told."""
    age = age_in_days(price.seen, today)
    return age is not None and age > OLD_DAYS


def _day_number(date: str) -> int:
    """Days since a fixed day (the civil calendar as a formula: the checker has no clock)."""
    year, month, day = (int(part) for part in f"{date}-01-01"[:10].split("-"))
    year -= month <= 2
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + of_year
