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
from typing import Any, ClassVar, Literal

FactKind = Literal["hard-limit", "default", "quota", "behaviour", "lifecycle", "price", "naming"]
SeedVerdict = Literal["confirmed", "wrong", "outdated", "imprecise", "unverified"]
ServiceStatus = Literal["current", "closed-to-new", "legacy", "ended"]
FieldKind = Literal["quantity", "choice"]
FieldGroup = Literal["workload", "size", "hardware", "constraints"]
Stage = Literal["serve", "release", "watch", "build"]
Strength = Literal["must", "need", "prefer"]
Era = Literal["always", "today", "exam"]
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
Doubt = Literal["disputed", "undocumented"]
CellState = Literal["yes", "no", "limit", "undocumented", "disputed"]
Operator = Literal["at_most", "at_least", "below", "above", "is", "is_not", "one_of"]
SettingOperator = Literal[
    "at_most",
    "at_least",
    "below",
    "above",
    "is",
    "is_not",
    "one_of",
    "set",
    "multiple_of",
    "starts",
]
Number = int | float

Test = Mapping[Operator, str | Number | tuple[str, ...]]
"""What one field is held against: ``{at_most: serverless.max_payload}``, ``{is: steady}``; a
quantity also against another one: ``{at_most: latency}``."""

type Condition = Mapping[str, Test | tuple["Condition", ...]]
"""``{field: test, ...}`` (all of them), or ``{all|any|none: [condition, ...]}``."""


class _Strict:
    """Makes pydantic refuse unknown keys at build time; means nothing anywhere else."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid", "strict": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(_Strict):
    """A page, a published API model or a repository that facts cite."""

    title: str
    url: str | None = None
    publisher: str = "AWS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(_Strict):
    """One source of one fact, and what it says there."""

    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(_Strict):
    """A value with its unit; the unit is None for dates, names and counts that need none."""

    value: Number | str
    unit: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(_Strict):
    """Another published value of the same fact, and who publishes it."""

    value: Number | str
    unit: str | None = None
    says: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamNote(_Strict):
    """What exam-era material (the seed of this site) says, and how far it is right today."""

    says: str
    verdict: SeedVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiBound(_Strict):
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
class Price(_Strict):
    """What a fact of kind ``price`` prices in USD, for the arithmetic of ``checker.cost``.

    The fact's value is the price of one unit of the meter; where a meter has several prices, each
    of the fact's parts is one, named by its instance type or its memory size in GB.
    """

    meter: Literal["instance", "storage", "data", "serverless", "warm", "executing"]
    region: str
    seen: str
    """The day for which the source shows it, YYYY, YYYY-MM or YYYY-MM-DD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(_Strict):
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
class Event(_Strict):
    """One dated change in a service's life; ``date`` is YYYY, YYYY-MM or YYYY-MM-DD."""

    date: str
    what: str
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(_Strict):
    """A service or feature with a life cycle; options point at one."""

    label: str
    status: ServiceStatus
    page: str
    history: tuple[Event, ...] = ()
    successor: str | None = None
    """What a new account uses instead, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(_Strict):
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
class Derived(_Strict):
    """How a quantity follows from others: the product of some, divided by others.

    ``{product: [requests, duration]}`` is how many requests are computed at a time. Units are
    converted, and a percentage counts as a share. ``when`` says where it holds at all.
    """

    product: tuple[str, ...]
    over: tuple[str, ...] = ()
    when: Condition = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(_Strict):
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
    merge: Literal["max", "min", "first"] = "max"
    """Which of several numbers in one text counts: the worst case, the tightest wish, the first."""
    derived: tuple[Derived, ...] = ()
    """Ways in which it follows from other answers; each that can be worked out counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(_Strict):
    """A choice between options, and the fields that it rests on, in the order of asking."""

    label: str
    question: str
    page: str
    stage: Stage
    options: tuple[str, ...]
    fields: tuple[str, ...]
    tags: tuple[str, ...] = ()
    together: bool = False
    """True where options add up: each meets a separate wish, and none replaces another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Strict):
    """``when`` has to hold for each of ``options``.

    ``must`` is a platform limit (a broken one rejects, nothing out-weighs it), ``need`` a wish
    that counts as hard unless the person softens it, ``prefer`` ranks by ``weight`` (1-3).
    ``reason`` is the sentence that is shown when the rule is broken, ``support`` when it holds.
    ``era`` keeps a rule out of the exam-era view (``today``) or out of today's (``exam``).
    """

    options: tuple[str, ...]
    strength: Strength
    when: Condition
    reason: str
    support: str | None = None
    fact: str | None = None
    weight: int = 1
    era: Era = "always"
    judgement: bool = False
    """True where the rule, or a number in it, is engineering judgement; it says so."""
    doubt: Doubt | None = None
    """Why only a test can settle it: sources disagree, or nothing is documented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash(_Strict):
    """Two choices of different decisions that exclude each other.

    ``one`` and ``other`` list option ids; ``fix_one`` and ``fix_other`` say the smallest change on
    that side that solves it.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    says: str
    fact: str
    fix_one: str
    fix_other: str


SettingTest = Mapping[SettingOperator, str | Number | bool | tuple[str, ...]]
"""What one setting is held against; a text that begins with a capital letter is another setting."""

type SettingCondition = Mapping[str, SettingTest | tuple["SettingCondition", ...]]
"""``{setting: test, ...}`` (all of them), or ``{all|any|none: [condition, ...]}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(_Strict):
    """What an object of an API request has to keep to, beyond what options and answers say.

    ``at`` are paths of the object: ``CreateEndpointConfig.ProductionVariants[]``. Where ``when``
    holds there, ``then`` has to hold too. A condition names members of the object by their path,
    ``ServerlessConfig.MemorySizeInMB``, a product as ``A * B``, a list's length as ``A#``, an
    answer that the file gives by its field, and its decisions' options by the decision, as
    ``{inference: {is: async-inference}}``.
    """

    at: tuple[str, ...]
    then: SettingCondition
    says: str
    fix: str
    fact: str
    when: SettingCondition = field(default_factory=dict)
    level: Literal["problem", "warning"] = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(_Strict):
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
class Capability(_Strict):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(_Strict):
    """One row of a table: its header and one cell a column, in the columns' order."""

    label: str
    cells: tuple[str, ...]
    exam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Strict):
    """A comparison table; cells are text with fact references and option ids in ``[id]``."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(_Strict):
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
class ExamTask(_Strict):
    """One task of an exam guide: its domain, its skills, and which of them this guide covers."""

    label: str
    domain: str
    skills: int
    covers: tuple[str, ...] = ()
    """The skills that pages of this guide cover, by their numbers in the exam guide."""
    decisions: tuple[str, ...] = ()
    """The decisions whose scenarios practise it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam(_Strict):
    """A certification exam, its dates and domains (name -> the fact that holds its weight)."""

    label: str
    status: Literal["current", "ended", "planned"]
    starts: str | None = None
    ends: str | None = None
    facts: tuple[str, ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, ExamTask] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(_Strict):
    """What changed in this guide on one day, and the facts, rules and options that it concerns."""

    date: str
    title: str
    what: str
    page: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(_Strict):
    """A word of the tag vocabulary; its facet is the part of the id before the colon, or seed."""

    label: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(_Strict):
    """Words of the lexicon and what they say: the answer to a choice, or an option's name.

    Either ``field`` with ``value``, and with ``negated`` where the words under a "not" answer as
    well, or ``option``. A phrase is a row of words: ``|`` separates alternatives, ``?`` marks an
    optional word and ``...`` means up to five words in between; a hyphen joins the words of
    one alternative (``of|up-to``). Endings do not matter (request, requests).
    """

    phrases: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    negated: str | None = None
    option: str | None = None
    only: str | None = None
    """The decision that the words answer a question of; in a text on another they are no answer."""
    weak: bool = False
    """A guess: yields to any other words on the same field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby(_Strict):
    """A subject near this guide that it does not decide, and where to read on."""

    label: str
    says: str
    url: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge(_Strict):
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
