"""Decisions: their options and the fields that they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.knowledge.model.rules import Condition
from checker.knowledge.model.strict import Number, Strict

FieldKind = Literal["quantity", "choice"]
FieldGroup = Literal["workload", "size", "hardware", "constraints"]
Stage = Literal["serve", "release", "watch", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Strict):
    """One answer that a decision can have."""

    label: str
    decision: str
    page: str
    summary: str
    advice: str = ""
    """What a verdict tells a person to do, "Build your own drift checks"; else "Use <label>"."""
    service: str | None = None
    successor: str | None = None
    """The option that replaces it where this one is closed or ended."""
    means: Mapping[str, str] = field(default_factory=dict)
    """What this choice answers in other decisions: ``{serving: serverless-inference}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Strict):
    """How a quantity follows from others: the product of some, divided by others.

    ``{product: [requests, duration]}`` is how many requests are computed at a time. Units are
    converted, and a percentage counts as a share. ``when`` says where it holds at all, and
    ``options`` for which options only.
    """

    product: tuple[str, ...]
    over: tuple[str, ...] = ()
    at_most: bool = False
    """True where it is a bound from above, such as a number times the largest size: a number that a
    person states counts instead."""
    when: Condition = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Strict):
    """A question that a person can answer, by form, link, command line or plain sentence."""

    label: str
    question: str
    hint: str
    kind: FieldKind
    group: FieldGroup = "constraints"
    """Where the form shows it."""
    result_of: Mapping[str, str] = field(default_factory=dict)
    """Option of another decision -> the answer that choosing it gives here."""
    unit: str | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    example: str | None = None
    find: str | None = None
    """Where a person finds this out."""
    fixed: bool = False
    """True for what a person cannot change, such as how old the account is."""
    interval: bool = False
    """True for the time between two events, which "every five minutes" says."""
    worst: bool = False
    """True where the largest number counts: of "2 to 6 MB" an option has to accept 6 MB."""
    goal: bool = False
    """True for a time that is wished for: "longer than 400 ms feels broken" sets it to 400 ms."""
    merge: Literal["max", "min", "first"] = "max"
    """Which of several numbers in one text counts: the worst case, the tightest wish, the first."""
    derived: tuple[Derived, ...] = ()
    """Ways in which it follows from other answers; each that can be worked out counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Strict):
    """A choice between options, and the fields that it rests on, in the order of asking."""

    label: str
    question: str
    page: str
    stage: Stage
    options: tuple[str, ...]
    fields: tuple[str, ...]
    tags: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    """The fields that state separate needs, where options add up. Each need is decided alone, as an
    option that meets one replaces none that meets another."""
    goals: tuple[str, ...] = ()
    """The fields that state what a person wants to reach: no verdict proposes another goal. Choices
    in ``together`` are goals too."""
