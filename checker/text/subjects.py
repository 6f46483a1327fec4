"""What a text is about, by the words in it: evidence that was learned, beside the lexicon's.

The lexicon names what a reader must recognise. Which words go along with a question nobody can
list: the site's build counts them in texts whose subject is known (``macros.training.learning``).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checker.knowledge.model import Knowledge, Leaning
from checker.text.tokens import Token

# Weights are whole fifths of a logarithm of odds: tenths are 40 kB more, and no text the better.
STEPS = 5

# What a logarithm of odds is worth beside the lexicon's votes. Of 354 new texts as
# many find their subject from this to twice of it, and fewer below: measured.
SAY = 0.45

# What it is worth for the option of a decision that the words fit best. Of 3,829
# sentences that can be decided, each judged by what others teach, 3,668 find their decision with it
# and 3,619 without; as many with a quarter less or half as much again.
FIT = 0.24


def marks_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The words of a text and the pairs of neighbours, without their endings, numbers left out."""
    return frozenset(_marks(tokens))


def _marks(tokens: Sequence[Token]) -> Iterator[str]:
    words = [token.stem for token in tokens if token.text[0].isalpha()]
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def subjects_of(knowledge: Knowledge) -> Mapping[str, Sequence[int]]:
    """All words that are known to speak for a decision, and how they do."""
    single = {
        word: knowledge.alone[decision]
        for decision, leaning in knowledge.leanings.items()
        for words in leaning.once.values()
        for word in words
    }
    return {**single, **knowledge.subjects}


def evidence(
    subjects: Mapping[str, Sequence[int]], decisions: Sequence[str], tokens: Sequence[Token]
) -> dict[str, float]:
    """How strongly the words of a text speak for each decision, or against it."""
    rows = [subjects[mark] for mark in sorted(marks_of(tokens)) if mark in subjects]
    return {name: SAY / STEPS * sum(row[at] for row in rows) for at, name in enumerate(decisions)}


def best_fits(knowledge: Knowledge, tokens: Sequence[Token]) -> dict[str, float]:
    """How well the words of a text fit the option of each decision that they fit best.

    A text on rollouts sounds like one on this rollout or that: where its words fit none of a
    decision's options well, it is less likely about that decision.
    """
    marks = sorted(marks_of(tokens))
    return {
        name: FIT / STEPS * _best(leaning, marks) for name, leaning in knowledge.leanings.items()
    }


def _best(leaning: Leaning, marks: Sequence[str]) -> int:
    rows = [leaning.rows[mark] for mark in marks if mark in leaning.rows]
    return max((sum(column) for column in zip(*rows, strict=True)), default=0)
