"""Ranks what a text is probably about: every option, and three answers that are no option.

One linear classifier, trained on texts with a known answer (``macros/training``) and shipped as
numbers. A rank says that texts which read alike had that answer. It gives no answer to a question
and overrides no rule.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from checker.text.phrases import NEGATORS
from checker.text.tokens import Token, clean, tokenize

ASK_FOR_MORE = "ask-for-more"
STATES = (ASK_FOR_MORE, "nothing-fits", "out-of-scope")
"""Labels that are no option: too little is said, too much is asked for, another subject."""

# The model writes a label as one character from this code on, and a weight as one around ZERO.
FIRST_LABEL, ZERO = 40, 80
# So many words are shown as the reason of a rank.
SHOWN = 4
# A stem longer than this counts by its beginning as well; a "not" reaches so many words.
BEGINNING, REACH = 5, 4

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All labels with their probabilities, the likeliest first, and the words that weigh most."""

    labels: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]
    decisions: Mapping[str, float]
    """The probability of each decision, the sum of its options', the likeliest first."""


def marks_of(tokens: Sequence[Token]) -> dict[str, Span]:
    """What a text is ranked by, each with its first span.

    Stems, beginnings of long ones, pairs of neighbours, stems soon after a "not", and what is
    counted. Numbers themselves are left out: they are what statements are made of.
    """
    words = [token for token in tokens if token.text[0].isalpha()]
    found = {token.stem: (token.start, token.end) for token in reversed(words)}
    for token in words:
        if len(token.stem) > BEGINNING:
            found.setdefault(f"{token.stem[:BEGINNING]}*", (token.start, token.end))
    for first, second in pairwise(words):
        found.setdefault(f"{first.stem} {second.stem}", (first.start, second.end))
    for first, second in pairwise(tokens):
        if first.text[0].isdigit() and (second.text[0].isalpha() or second.text == "%"):
            found.setdefault(f"#{second.stem}", (first.start, second.end))
    for token in _negated(tokens):
        found.setdefault(f"!{token.stem}", (token.start, token.end))
    return found


def _negated(tokens: Sequence[Token]) -> Iterator[Token]:
    """The few words after each "not" in its clause."""
    left = clause = 0
    for token in tokens:
        if token.text in NEGATORS:
            left, clause = REACH, token.clause
        elif left and token.clause == clause and token.text[0].isalpha():
            left -= 1
            yield token


def feature(marks: int) -> float:
    """What each stem or pair counts in a text of so many: less in a long one."""
    return 3 / math.sqrt(max(marks, 1))


class Ranker:
    """Applies the classifier of ``docs/data/reading/model.json``.

    The model holds ``labels`` (each with its decision, None for ``STATES``), their ``bias``, the
    ``step`` of a weight, and line by line ``words`` (stems and pairs), ``where`` (the labels that
    each speaks for or against) and ``weights``.
    """

    def __init__(self, model: Mapping[str, Any]) -> None:
        self._labels: Sequence[tuple[str, str | None]] = [(a, b) for a, b in model["labels"]]
        self._bias: Sequence[float] = model["bias"]
        self._step = float(model["step"])
        rows = zip(model["where"].split("\n"), model["weights"].split("\n"), strict=True)
        self._rows = dict(zip(model["words"].split("\n"), rows, strict=True))

    def rank(self, text: str) -> Ranking:
        """Rank every label for one text."""
        plain = clean(text)
        return self.rank_tokens(plain, tokenize(plain))

    def chance(self, label: str, tokens: Sequence[Token]) -> float:
        """How likely one label is for some tokens of a text; 0 where they have no words."""
        marks = marks_of(tokens)
        at = next(at for at, (name, _) in enumerate(self._labels) if name == label)
        return self._chances(marks)[at] if marks else 0.0

    def rank_tokens(self, plain: str, tokens: Sequence[Token]) -> Ranking:
        """Rank every label for a cleaned text, by the tokens of it that count."""
        marks = marks_of(tokens)
        if not marks:
            return Ranking(((ASK_FOR_MORE, 1.0),), (), {})
        chances = self._chances(marks)
        order = sorted(range(len(chances)), key=lambda at: -chances[at])
        evidence = self._evidence(marks, order[0])
        return Ranking(
            tuple((self._labels[at][0], chances[at]) for at in order),
            tuple(plain[start:end] for start, end in evidence),
            self._decisions(chances),
        )

    def _chances(self, marks: Mapping[str, Span]) -> list[float]:
        """The probability of each label, in the order of the labels."""
        share = feature(len(marks)) * self._step
        scores = list(self._bias)
        for mark in marks:  # In their order, so that every machine adds up the same.
            for label, weight in zip(*self._rows.get(mark, ((), ())), strict=True):
                scores[ord(label) - FIRST_LABEL] += share * (ord(weight) - ZERO)
        return _probabilities(scores)

    def _decisions(self, chances: Sequence[float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for (_, decision), chance in zip(self._labels, chances, strict=True):
            if decision:
                found[decision] = found.get(decision, 0.0) + chance
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _evidence(self, marks: Mapping[str, Span], label: int) -> list[Span]:
        """The few spans that weigh most for a label, in the order of the text."""
        key = chr(FIRST_LABEL + label)
        gains = {
            span: ord(self._rows[mark][1][at]) - ZERO
            for mark, span in marks.items()
            if mark in self._rows and (at := self._rows[mark][0].find(key)) >= 0
        }
        best: list[Span] = []
        for start, end in sorted(gains, key=lambda span: (-gains[span], span)):
            apart = all(end <= a or b <= start for a, b in best)
            if gains[start, end] > 0 and apart and len(best) < SHOWN:
                best.append((start, end))
        return sorted(best)


def _probabilities(scores: Sequence[float]) -> list[float]:
    """Each label's score as a probability, then all of them as shares of 1.

    The scores are fitted for this: on batches of texts that the model was not trained on.
    """
    parts = [1 / (1 + math.exp(min(-score, 500.0))) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]
