"""Facts with their sources, and the services whose life they describe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.knowledge.model.strict import Number, Strict

FactKind = Literal["hard-limit", "default", "quota", "behaviour", "lifecycle", "price", "naming"]
SeedVerdict = Literal["confirmed", "wrong", "outdated", "imprecise", "unverified"]
ServiceStatus = Literal["current", "closed-to-new", "legacy", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Strict):
    """A page, a published API model or a repository that facts cite."""

    title: str
    url: str | None = None
    publisher: str = "AWS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Strict):
    """One source of one fact, and what it says there."""

    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Strict):
    """A value with its unit; the unit is None for dates, names and counts that need none."""

    value: Number | str
    unit: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Strict):
    """Another published value of the same fact, and who publishes it."""

    value: Number | str
    unit: str | None = None
    says: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamNote(Strict):
    """What exam-era material (the seed of this site) says, and how far it is right today."""

    says: str
    verdict: SeedVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiBound(Strict):
    """A value in AWS's published API model that a test compares with the fact.

    ``path`` is ``service/Shape`` or ``service/Shape.member``; ``bound`` says what is compared:
    the shape's min, max or enum, or that the operation, shape or member exists. ``part`` names
    the fact's part that the bound gives; None means its value.
    """

    path: str
    bound: Literal["min", "max", "enum", "exists"]
    part: str | None = None
    scale: Number = 1
    """Model units in one unit of the fact (1048576 where the model counts bytes and we MiB)."""
    values: tuple[str, ...] = ()
    """For ``enum``: the members that the fact relies on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Strict):
    """What a fact of kind ``price`` prices in USD, for the arithmetic of ``checker.cost``.

    The fact's value is the price of one unit of the meter; where a meter has several prices, each
    of the fact's parts is one, named by its instance type or its memory size in GB.
    """

    meter: Literal["instance", "storage", "data", "serverless", "warm", "executing"]
    region: str
    seen: str
    """The day for which the source shows it, YYYY, YYYY-MM or YYYY-MM-DD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Strict):
    """One checked statement: the only place that holds its number."""

    label: str
    kind: FactKind
    text: str
    checked: str
    sources: tuple[Citation, ...]
    topic: str
    value: Number | str | None = None
    unit: str | None = None
    parts: Mapping[str, Measure] = field(default_factory=dict)
    api: tuple[ApiBound, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    exam: ExamNote | None = None
    note: str | None = None
    looked: str | None = None
    """What was looked at on the day ``checked``, where nothing else of the fact changed then."""
    unruled: str | None = None
    """Why no rule uses a hard limit, where none does; the audit lists it."""
    price: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Strict):
    """One dated change in a service's life; ``date`` is YYYY, YYYY-MM or YYYY-MM-DD."""

    date: str
    what: str
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Strict):
    """A service or feature with a life cycle; options point at one."""

    label: str
    status: ServiceStatus
    page: str
    history: tuple[Event, ...] = ()
    successor: str | None = None
    """What a new account uses instead, as a sentence."""
