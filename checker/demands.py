"""How much a text asks for: too little to decide on, or what cannot be had together.

Neither is a matter of single words that a lexicon could list. The words that such texts share,
whatever they are about, are learned when the site is built (``macros.learning``). They decide
nothing by themselves: a text that says too little gets no answers filled in, and what one insists
on is held against the rules.
"""

from collections.abc import Sequence
from math import sqrt

from checker.model import Knowledge
from checker.subjects import marks_of
from checker.tokens import Token

# The states that are learned, in the order of the weights.
LEARNED_STATES = ("ask-for-more", "nothing-fits")
# From here on a text is taken for one that says too little, or asks for too much, as the logarithm
# of the odds over the root of its length. Measured on 2,600 texts by what the others teach: nine in
# ten of those that reach the first say too little, four in five of those that reach the second ask
# for too much.
VAGUE, INSISTENT = 0.5, 3.0


def demands(knowledge: Knowledge, tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether a text says too little, and whether it insists on what hardly goes together."""
    rows = [knowledge.demands[m] for m in sorted(marks_of(tokens)) if m in knowledge.demands]
    if not rows:
        return False, False
    vague, insistent = (sum(row[at] for row in rows) / 10 / sqrt(len(tokens)) for at in (0, 1))
    return vague >= VAGUE, insistent >= INSISTENT
