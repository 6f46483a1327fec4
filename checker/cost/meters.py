"""What an option costs: meters, each a price times a quantity that grows with the requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from checker.cost.money import cents
from checker.cost.prices import Price

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Meter:
    """One row of a bill: ``base`` units whatever happens, and ``each`` more with every request."""

    name: str
    label: str
    unit: str
    price: Price
    base: Decimal = ZERO
    each: Decimal = ZERO

    def quantity(self, requests: Decimal) -> Decimal:
        """Units of this meter in a month with so many requests."""
        return self.base + self.each * requests

    def amount(self, requests: Decimal) -> Decimal:
        """What they cost, exactly."""
        return self.price.value * self.quantity(requests)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of requests over which an option's cost is a straight line."""

    start: Decimal
    end: Decimal | None
    meters: tuple[Meter, ...]

    @property
    def fixed(self) -> Decimal:
        """The cost of the line's own zero."""
        return sum((meter.price.value * meter.base for meter in self.meters), ZERO)

    @property
    def each(self) -> Decimal:
        """The cost of one more request."""
        return sum((meter.price.value * meter.each for meter in self.meters), ZERO)


@dataclass(frozen=True, slots=True)
class Course:
    """An option's cost over the requests of a month."""

    option: str
    pieces: tuple[Piece, ...]
    carries: Decimal | None = None
    """The most requests it can process; None if the capacity of an instance is unknown."""
    carrier: str = ""
    """What processes them, in words."""
    missing: tuple[str, ...] = ()
    """Fields and prices that are missing for an estimate."""
    notes: tuple[str, ...] = ()

    def piece(self, requests: Decimal) -> Piece:
        """The stretch that a number of requests falls into."""
        inside = (p for p in self.pieces if p.end is None or requests <= p.end)
        return next(inside)

    def exact(self, requests: Decimal) -> Decimal:
        """The exact cost of a month."""
        piece = self.piece(requests)
        return piece.fixed + piece.each * requests

    def total(self, requests: Decimal) -> Decimal:
        """The cost as a bill adds it up: rows rounded to the cent, then added."""
        return bill_total(meter.amount(requests) for meter in self.piece(requests).meters)


def bill_total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of rows that are rounded one by one."""
    return sum(map(cents, amounts), ZERO)
