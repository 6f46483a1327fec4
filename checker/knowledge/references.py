"""Sentences with references to facts, filled in: the number comes from its one place."""

import re

from checker.formatting import spell_measure
from checker.knowledge.model import Fact, Knowledge
from checker.problems import did_you_mean

REFERENCE = re.compile(r"\{([a-z0-9_.]+)\}")


class UnknownReference(ValueError):  # noqa: N818 - it names what was written, not what failed
    """A name of no fact, part or value; validation reports it with its place and the remedy."""

    def __init__(self, message: str, hint: str = "", fact: str = "") -> None:
        self.hint = hint
        self.fact = fact
        """The fact that is at fault, where what names it is right."""
        super().__init__(message)


class ConditionError(UnknownReference):
    """A condition that the knowledge does not support; validation reports it with its place."""


def measure(reference: str, knowledge: Knowledge) -> tuple[float | str, str | None]:
    """The value and unit behind ``service.property`` or ``service.property.part``.

    Raises:
        UnknownReference: no such fact, part or value.
    """
    if fact := knowledge.facts.get(reference):
        if fact.value is None:
            parts = ", ".join(f"{reference}.{part}" for part in fact.parts)
            message = f"fact '{reference}' has no single value"
            raise UnknownReference(message, f"name a part: {parts}" if parts else "add its value")
        return fact.value, fact.unit
    steps = reference.split(".")
    # The name of a part may hold dots, as in an instance type.
    for at in range(len(steps) - 1, 0, -1):
        owner, part = ".".join(steps[:at]), ".".join(steps[at:])
        if (fact := knowledge.facts.get(owner)) and (found := fact.parts.get(part)):
            return found.value, found.unit
    raise UnknownReference(f"unknown fact '{reference}'", _known_facts(reference, knowledge))


def _known_facts(reference: str, knowledge: Knowledge) -> str:
    if reference[:1].isdigit():
        return "name the fact that holds the number, such as serverless.max_payload"
    return did_you_mean(reference, knowledge.facts)


def fill(text: str, knowledge: Knowledge) -> str:
    """``{service.property}`` becomes "25 MB".

    Raises:
        UnknownReference: a reference to no fact, part or value.
    """
    return REFERENCE.sub(lambda match: spell_measure(*measure(match[1], knowledge)), text)


def fact_text(fact: Fact, knowledge: Knowledge) -> str:
    """A fact's own sentence, with ``{value}`` and its parts filled in too."""
    own = {name: spell_measure(part.value, part.unit) for name, part in fact.parts.items()}
    if fact.value is not None:
        own["value"] = spell_measure(fact.value, fact.unit)
    return fill(REFERENCE.sub(lambda m: own.get(m[1], m[0]), fact.text), knowledge)


def option_labels(knowledge: Knowledge) -> dict[str, str]:
    """What each option is called."""
    return {key: option.label for key, option in knowledge.options.items()}
