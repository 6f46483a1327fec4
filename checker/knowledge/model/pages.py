"""What pages show beside facts: tables, scenarios, exams, changes and tags."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.knowledge.model.strict import Strict

State = Literal["decided", "narrowed", "nothing-fits", "ask-for-more", "out-of-scope"]
Flag = Literal[
    "conflict",
    "limit-exceeded",
    "on-the-limit",
    "missing-info",
    "discontinued",
    "lifecycle",
    "disputed",
    "undocumented",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Strict):
    """One row of a table: its header and one cell a column, in the columns' order.

    In the YAML the cells can also be a mapping from the names of the columns.
    """

    label: str
    cells: tuple[str, ...]
    exam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Strict):
    """A comparison table; cells are text with fact references and option ids in ``[id]``."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Strict):
    """A situation in plain words, the answers that it states, and what should come out."""

    text: str
    decision: str
    answers: Mapping[str, str]
    expect: tuple[str, ...]
    """Option ids, best first; empty where no option is expected (see ``state``)."""
    why: str
    page: str
    state: State = "decided"
    accept: tuple[str, ...] = ()
    """Further options that a senior engineer would accept."""
    flags: tuple[Flag, ...] = ()
    origin: Literal["seed", "own"] = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamTask(Strict):
    """One task of an exam guide: its domain, its skills, and which of them this guide covers."""

    label: str
    domain: str
    skills: int
    covers: tuple[str, ...] = ()
    """The skills that pages of this guide cover, by their numbers in the exam guide."""
    decisions: tuple[str, ...] = ()
    """The decisions whose scenarios practise it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam(Strict):
    """A certification exam, its dates and domains (name -> the fact that holds its weight)."""

    label: str
    status: Literal["current", "ended", "planned"]
    starts: str | None = None
    ends: str | None = None
    facts: tuple[str, ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, ExamTask] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Strict):
    """What changed in this guide on one day, and the facts, rules and options that it concerns."""

    date: str
    title: str
    what: str
    page: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Strict):
    """A word of the tag vocabulary; its facet is the part of the id before the colon, or seed."""

    label: str
    description: str
