"""The shape of a verdict, for programs that read one: ``verdict.schema.json`` on the site."""

import json
from typing import Literal, NotRequired, TypedDict

from pydantic import ConfigDict, TypeAdapter

from checker.knowledge.model import Flag, ServiceStatus, State, Strength

type Strings = list[str]
_CLOSED = ConfigDict(extra="forbid")


class Source(TypedDict):
    """A page that a fact cites; without an address, AWS's API model."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    title: str
    url: str | None


class Fact(TypedDict):
    """The fact that a rule is based on, and the day on which it was checked."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    id: str
    text: str
    checked: str
    exam: str | None
    sources: list[Source]


class Origin(TypedDict):
    field: str
    label: str
    answer: str


class Ask(TypedDict):
    field: str
    text: str


Said = TypedDict(
    "Said",
    {
        "field": str,
        "label": str,
        "answer": str,
        "derived": NotRequired[bool],
        "from": NotRequired[list[Origin]],
        "formula": NotRequired[str],
        "number": NotRequired[float | None],
    },
)


class Reason(TypedDict):
    """What one rule says for or against an option; ``option`` is in lists of several options."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    option: NotRequired[str]
    rule: str
    strength: Strength
    outcome: Literal["holds", "broken", "open"]
    sentence: str
    asks: list[Ask]
    said: list[Said]
    limit: str | None
    doubt: str | None
    judgement: bool
    fact: Fact | None


class Change(TypedDict):
    """One answer that would have to be different."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    field: str
    to: str
    label: str
    shown: str
    text: str


class Flip(TypedDict):
    """The smallest change of the answers that brings an option back."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    changes: list[Change]
    then: Literal["recommended", "tied", "allowed"]
    sentence: str


class Other(TypedDict):
    """An option that is not recommended."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    option: str
    label: str
    reasons: list[Reason]
    flip: Flip | None


class Lead(TypedDict):
    """An answer to the next question, and what it leads to."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    answer: str
    state: State
    recommend: Strings
    provided: Strings


class Question(TypedDict):
    """The question whose answer decides most."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    field: str
    text: str
    leads: list[Lead]


class Doubt(TypedDict):
    """What only a test can settle, or what is judgement or a guess."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    kind: Literal["disputed", "undocumented", "exceeded", "judgement", "guess"]
    sentence: str
    option: NotRequired[str]
    rule: NotRequired[str]
    rules: NotRequired[Strings]
    fields: NotRequired[Strings]


class Clash(TypedDict):
    """Two choices that exclude each other, and the change on each side that solves it."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    clash: str
    options: Strings
    first: bool
    sentence: str
    fixes: Strings
    fact: Fact | None


class Warning(TypedDict):  # noqa: A001 - the word of the verdict
    """A recommended option whose service is closed, legacy or ended."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    option: str
    status: ServiceStatus
    since: str | None
    sentence: str
    instead: str | None
    successor: str | None


class Exam(TypedDict):
    """The answer of exam-era material, where it is different."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    recommend: Strings
    sentence: str


class Eras(TypedDict):
    """Both answers, where today's is different from that of exam-era material."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    today: Strings
    exam: Strings
    because: Strings


class OptionCost(TypedDict):
    """What an option costs a month in USD."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    option: str
    label: str
    total: str | None
    shown: str | None
    words: str


class Cost(TypedDict):
    """The costs of the options that are left, and what is missing for a figure."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    sentence: str
    options: list[OptionCost]
    missing: str | None
    query: dict[str, str]


class Marks(TypedDict):
    """The fields whose wishes the person made hard or soft."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    hard: Strings
    soft: Strings


class Verdict(TypedDict):
    """One verdict, as ``checker decide --json`` prints it."""

    __pydantic_config__ = _CLOSED  # type: ignore[misc]
    decision: str
    state: State
    recommend: Strings
    together: bool
    confidence: Literal["none", "likely", "provided", "judged", "certain"]
    doubts: list[Doubt]
    sentence: str
    reasons: list[Reason]
    conditions: list[Reason]
    also: list[Other]
    unclear: list[Other]
    rejected: list[Other]
    question: Question | None
    clashes: list[Clash]
    conflict: list[Said]
    warnings: list[Warning]
    exam: Exam | None
    flags: list[Flag]
    missing: Strings
    answers: dict[str, str]
    situation: list[Said]
    derived: list[Said]
    marks: Marks
    checked: str | None
    eras: Eras | None
    cost: Cost | None
    start: Strings


def verdict_schema() -> str:
    """The JSON Schema, draft 2020-12."""
    made = TypeAdapter(Verdict).json_schema()
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
