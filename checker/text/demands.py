"""How much a text asks for: too little to decide on, what cannot be had together, or other things.

None of it is a matter of single words that a lexicon could list. The words that such texts share,
whatever they are about, are learned when the site is built (``macros.training.margins``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from checker.knowledge.model import Knowledge
from checker.text.subjects import marks_of
from checker.text.tokens import Token

# The states that are learned, in the order of the weights.
ELSEWHERE_STATE = "out-of-scope"
LEARNED_STATES = ("ask-for-more", "nothing-fits", ELSEWHERE_STATE)
# Weights are whole fiftieths of a margin.
PARTS = 50
# The entry among the words that every text has.
ALWAYS = ""
# How far a text must lie on the side of those that say too little, or ask for too much: where most
# of 3,720 sentences came out right, each judged by what others teach. The last alone sends 122 of
# them to nothing-fits, where 106 belong.
VAGUE, INSISTENT, EXCESSIVE = -0.2, -0.2, -0.1
# The same for those about something else.
ELSEWHERE = 0.15


@dataclass(frozen=True, slots=True)
class Demands:
    """What a text's words say of how much it asks for."""

    vague: bool = False
    """It says too little: nothing is filled in."""
    insistent: bool = False
    """It wants all that it says: two statements that exclude each other leave nothing."""
    excessive: bool = False
    """It asks for what cannot be had together, even where the rules do not see that."""
    elsewhere: bool = False
    """It is about something else, whatever known words stand in it."""


def feature(words: int) -> float:
    """What each word of a text counts: less in a long one."""
    return 3 / sqrt(max(words, 1))


def demands(knowledge: Knowledge, tokens: Sequence[Token]) -> Demands:
    """How much a text asks for."""
    marks = marks_of(tokens)
    known = [
        knowledge.demands[mark] for mark in (ALWAYS, *sorted(marks)) if mark in knowledge.demands
    ]
    if not known:
        return Demands()
    share = feature(len(marks)) / PARTS
    vague, excessive, elsewhere = (share * sum(column) for column in zip(*known, strict=True))
    return Demands(
        vague >= VAGUE, excessive >= INSISTENT, excessive >= EXCESSIVE, elsewhere >= ELSEWHERE
    )
