"""Answers within a sentence: what a person asks for, and what a change would make of it."""

import math
from dataclasses import replace

from checker.formatting import format_interval, in_sentence, readable
from checker.knowledge.answers import Answer, show_answer
from checker.knowledge.model import Field
from checker.units import Interval, counts


def noun(known: Field) -> str | None:
    """What a number counts, such as "subnets" or "runs to compare"; None for a measure."""
    if known.unit is None or not counts(known.unit):
        return None
    label = in_sentence(known.label)
    return label if label.startswith(known.unit) else known.unit


def _count(known: Field, number: Interval) -> str | None:
    """A number with what it counts, "1 subnet" or "over 10 runs to compare"."""
    counted = noun(known)
    if counted is None or known.unit is None:
        return None
    if {end for end in (number.lo, number.hi) if end and math.isfinite(end)} == {1}:
        counted = counted.replace(known.unit, known.unit.removesuffix("s"), 1)
    if number.hi_open and math.isfinite(number.hi):
        # Of what is counted, "under 2" is "up to 1".
        number = replace(number, hi=math.ceil(number.hi) - 1, hi_open=False)
    return readable(format_interval(number, counted))


def asked(known: Field, answer: Answer) -> str:
    """An answer as a need: "Own VPC", "20 subnets", "Served by: Asynchronous Inference"."""
    if answer == "yes":
        return known.label
    if isinstance(answer, Interval) and (counted := _count(known, answer)):
        return counted
    return f"{known.label}: {readable(show_answer(known, answer))}"


def proposed(known: Field, before: Answer | None, after: Answer) -> str:
    """Another answer: "at most 16 subnets", "largest request 4 MB or less", "own VPC “No”"."""
    if not isinstance(after, Interval):
        return f"{in_sentence(known.label)} “{known.values[after]}”"
    less = isinstance(before, Interval) and before.hi > after.hi
    bound = after.exact and isinstance(before, Interval)
    if counted := _count(known, after):
        return f"at {'most' if less else 'least'} {counted}" if bound else counted
    shown = readable(format_interval(after, known.unit))
    side = f" or {'less' if less else 'more'}" if bound else ""
    return f"{in_sentence(known.label)} {shown}{side}"


def replaced(known: Field, before: Answer | None) -> str:
    """What a proposed answer replaces: " instead of 20"; nothing where none was given."""
    if before is None:
        return ""
    if not isinstance(before, Interval):
        return f" instead of “{known.values[before]}”"
    unit = None if noun(known) else known.unit
    return f" instead of {readable(format_interval(before, unit))}"


def too_many(known: Field, over: Interval) -> str:
    """How far a limit is missed: "4 subnets too many", "largest request over by 2 MB"."""
    if counted := _count(known, over):
        return f"{counted} too many"
    return f"{in_sentence(known.label)} over by {format_interval(over, known.unit)}"
