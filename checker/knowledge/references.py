"""Sentences with references to facts, filled in: the number comes from its one place."""

import re

from checker.knowledge.model import Fact, Knowledge
from checker.rules.conditions import measure
from checker.units import spell_measure

REFERENCE = re.compile(r"\{([a-z0-9_.]+)\}")


def fill(text: str, knowledge: Knowledge) -> str:
    """``{service.property}`` becomes "25 MB".

    Raises:
        checker.rules.conditions.ConditionError: a reference to no fact, part or value.
    """
    return REFERENCE.sub(lambda match: spell_measure(*measure(match[1], knowledge)), text)


def fact_text(fact: Fact, knowledge: Knowledge) -> str:
    """A fact's own sentence, with ``{value}`` and its parts filled in too."""
    own = {name: spell_measure(part.value, part.unit) for name, part in fact.parts.items()}
    if fact.value is not None:
        own["value"] = spell_measure(fact.value, fact.unit)
    return fill(REFERENCE.sub(lambda m: own.get(m[1], m[0]), fact.text), knowledge)
