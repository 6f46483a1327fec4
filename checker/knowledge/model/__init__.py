"""The model of the knowledge: frozen dataclasses, written once.

At build time pydantic validates ``docs/data/knowledge.yml`` against these classes and writes the
JSON Schema that editors use; in the browser ``loading`` fills the same classes from plain
JSON. Every section is a mapping from an id to one of these objects, so that an id is in one
place: its key.

References: ``{service.property}`` in any text means a fact's value with its unit,
``{service.property.part}`` for one of its named parts. In a fact's own text ``{value}`` and
``{part}`` do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.knowledge.model.capabilities import Capability, Cell, CellState
from checker.knowledge.model.decisions import (
    Decision,
    Derived,
    Field,
    FieldGroup,
    FieldKind,
    Option,
    Stage,
)
from checker.knowledge.model.facts import (
    ApiBound,
    Citation,
    Dispute,
    Event,
    ExamNote,
    Fact,
    FactKind,
    Measure,
    Price,
    SeedVerdict,
    Service,
    ServiceStatus,
    Source,
)
from checker.knowledge.model.pages import (
    Change,
    Exam,
    ExamTask,
    Flag,
    Row,
    Scenario,
    State,
    Table,
    Tag,
)
from checker.knowledge.model.rules import (
    Clash,
    Condition,
    Doubt,
    Era,
    Operator,
    Rule,
    Setting,
    SettingCondition,
    SettingOperator,
    SettingTest,
    Strength,
    Test,
)
from checker.knowledge.model.strict import Number, Strict
from checker.knowledge.model.texts import Nearby, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge(Strict):
    """Everything that the site knows, by section and id."""

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    services: Mapping[str, Service]
    options: Mapping[str, Option]
    fields: Mapping[str, Field]
    decisions: Mapping[str, Decision]
    rules: Mapping[str, Rule]
    clashes: Mapping[str, Clash]
    capabilities: Mapping[str, Capability]
    tables: Mapping[str, Table]
    scenarios: Mapping[str, Scenario]
    exams: Mapping[str, Exam]
    changes: Mapping[str, Change]
    tags: Mapping[str, Tag]
    lexicon: Mapping[str, Term]
    nearby: Mapping[str, Nearby] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    ranking: Mapping[str, Any] = field(default_factory=dict)
    """The trained classifier of texts, as ``checker.text.ranking.Ranker`` reads it."""
    readings: Mapping[str, Any] = field(default_factory=dict)
    """What numbers mean and how words answer, as ``checker.text.statements.Reader`` reads it."""

    shapes: Mapping[str, Any] = field(default_factory=dict)
    """Members of AWS's API requests, as ``checker.config.shapes`` reads them."""


LEARNED = ("ranking", "readings", "shapes")
"""Sections that no hand writes: trained on examples or copied from AWS, each a separate file."""

__all__ = [
    "LEARNED",
    "ApiBound",
    "Capability",
    "Cell",
    "CellState",
    "Change",
    "Citation",
    "Clash",
    "Condition",
    "Decision",
    "Derived",
    "Dispute",
    "Doubt",
    "Era",
    "Event",
    "Exam",
    "ExamNote",
    "ExamTask",
    "Fact",
    "FactKind",
    "Field",
    "FieldGroup",
    "FieldKind",
    "Flag",
    "Knowledge",
    "Measure",
    "Nearby",
    "Number",
    "Operator",
    "Option",
    "Price",
    "Row",
    "Rule",
    "Scenario",
    "SeedVerdict",
    "Service",
    "ServiceStatus",
    "Setting",
    "SettingCondition",
    "SettingOperator",
    "SettingTest",
    "Source",
    "Stage",
    "State",
    "Strength",
    "Strict",
    "Table",
    "Tag",
    "Term",
    "Test",
]
