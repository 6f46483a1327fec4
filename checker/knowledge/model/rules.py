"""Conditions, and what is stated with them: rules, clashes and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.knowledge.model.strict import Number, Strict

Strength = Literal["must", "need", "prefer"]
Era = Literal["always", "today", "exam"]
Doubt = Literal["disputed", "undocumented"]
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

Test = Mapping[Operator, str | Number | tuple[str, ...]]
"""What one field is held against: ``{at_most: serverless.max_payload}``, ``{is: steady}``; a
quantity also against another one: ``{at_most: latency}``."""

type Condition = Mapping[str, Test | tuple["Condition", ...]]
"""``{field: test, ...}`` (all of them), or ``{all|any|none: [condition, ...]}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Strict):
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
    unmet_by: tuple[str, ...] = ()
    """The options that leave the wish of a preference unmet: a verdict for one of them says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash(Strict):
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
class Setting(Strict):
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
