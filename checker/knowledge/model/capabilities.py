"""What each option can do, with the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.knowledge.model.strict import Strict

CellState = Literal["yes", "no", "limit", "undocumented", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Strict):
    """What one option can do of one capability, and how that is known.

    ``fact`` or ``has``, a path in AWS's API model, is the evidence; ``lacks`` is a member that the
    API model does not have, as evidence for a no. ``limit`` refers to a number.
    """

    state: CellState
    fact: str | None = None
    limit: str | None = None
    has: str | None = None
    lacks: str | None = None
    says: str | None = None
    """A few words on how far it goes."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Further answers under which it is so, as "for a real-time endpoint"."""
    unasked: str | None = None
    """Why no rule is about this cell, where that is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Strict):
    """Something that options can or cannot do, or do up to a limit; one cell for each option.

    How a person asks for it ties the cells to the rules: ``asks`` are the answers that need it,
    ``quantity`` is the field that a limit is held against, ``options`` are options of other
    decisions that need it of the option in the cell. ``unasked`` says why no question is about it.
    """

    label: str
    noun: str
    """What it is in a sentence: "supports data capture", "accepts requests of up to 4 MB"."""
    cells: Mapping[str, Cell]
    asks: Mapping[str, str] = field(default_factory=dict)
    quantity: str | None = None
    options: tuple[str, ...] = ()
    unasked: str | None = None
    words: tuple[str, ...] = ()
    """Further words for it in prose, without regard to endings."""
