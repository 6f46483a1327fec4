"""Learns which words speak for which decision, from texts whose subject is known.

Naive Bayes over the words that are there: for each word, the logarithm of the odds of meeting it in
a text on the decision against meeting it in any other, in tenths. The texts are the scenarios of
the bank, the sentences of ``docs/data/sentences.jsonl`` and the decisions' own words.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from checker.model import Knowledge
from checker.subjects import marks_of
from checker.tokens import clean, tokenize

SENTENCES = "data/sentences.jsonl"
# A word met in fewer texts says more about its writer than about the subject.
LEAST = 3
# Added to every count, so that no word rules a decision out.
SMOOTH = 0.3
# No word says more than this, nor is less than this worth keeping.
MOST, FAINT = 3.0, 0.5

type Texts = Iterable[tuple[str, str]]
"""Pairs of a text and the decision that it is about."""


def learn(known: Knowledge, texts: Texts) -> dict[str, tuple[int, ...]]:
    """Weights in tenths for each word, one a decision in the knowledge's order."""
    return _learned(tuple(known.decisions), tuple(texts))


# Both are kept for a preview, which reads the knowledge after each edit: most edits change no
# text, the others one.
@lru_cache(maxsize=1)
def _learned(
    order: tuple[str, ...], texts: tuple[tuple[str, str], ...]
) -> dict[str, tuple[int, ...]]:
    marked = [(_marks(text), decision) for text, decision in texts]
    documents = Counter(decision for _, decision in marked)
    totals = Counter(chain.from_iterable(marks for marks, _ in marked))
    counts = {mark: Counter[str]() for mark in sorted(totals) if totals[mark] >= LEAST}
    for marks, decision in marked:
        for mark in marks & counts.keys():
            counts[mark][decision] += 1
    rows = {mark: _row(found, documents, order) for mark, found in counts.items()}
    return {mark: row for mark, row in rows.items() if any(row)}


@cache
def _marks(text: str) -> frozenset[str]:
    return frozenset(marks_of(tokenize(clean(text))))


def _row(
    found: Mapping[str, int], documents: Mapping[str, int], order: Iterable[str]
) -> tuple[int, ...]:
    met, all_of_them = sum(found.values()), sum(documents.values())

    def weight(decision: str) -> int:
        here, size = found.get(decision, 0), documents.get(decision, 0)
        odds = (here + SMOOTH) / (size + 2 * SMOOTH)
        others = (met - here + SMOOTH) / (all_of_them - size + 2 * SMOOTH)
        value = max(-MOST, min(MOST, math.log(odds / others)))
        return round(10 * value) if abs(value) >= FAINT else 0

    return tuple(map(weight, order))


def all_texts(known: Knowledge, docs: Path) -> Iterator[tuple[str, str]]:
    """Everything there is to learn from."""
    yield from own_words(known)
    yield from ((item.text, item.decision) for item in known.scenarios.values())
    yield from sentences(docs)


def own_words(known: Knowledge) -> Iterator[tuple[str, str]]:
    """How the knowledge itself speaks of each decision and its options."""
    for name, decision in known.decisions.items():
        yield f"{decision.question} {decision.label}", name
        for option in decision.options:
            record = known.options[option]
            yield f"{record.label} {record.summary}", name


def sentences(docs: Path) -> Iterator[tuple[str, str]]:
    """What other people wrote on each decision, where the folder has it."""
    path = docs / SENTENCES
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for item in map(json.loads, lines):
        if item["area"]:
            yield item["text"], item["area"]
