"""What the words of a sentence say on every choice, for all decisions at once.

A text is read on several decisions, and again with each key that a person types: sentences that
were heard before are not weighed again.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checker.text.clauses import Sentence, word_features
from checker.text.linear import Linear
from checker.text.tokens import Token

# So many sentences are remembered: more than a long text has.
_KEPT = 1024
# Below this a sentence does not hint at an answer.
HINT = 0.02
# A clause that says so much of what the most telling one says belongs to the quote.
ALIKE = 0.6
_FLOOR = math.log(HINT / (1 - HINT)) - 1e-9


@dataclass(frozen=True, slots=True)
class Heard:
    """The score of each value by the words alone, and the values that these hint at."""

    scores: Mapping[str, float]
    hinted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What each clause adds for each value, and the first and last word of each clause."""

    gains: Mapping[int, Mapping[int, float]]
    spans: Mapping[int, tuple[int, int]]

    def span(self, value: int) -> tuple[int, int]:
        """The words of the clauses that say a value: the one that says most, and its likes."""
        gains = self.gains.get(value, {})
        known = {clause: gains.get(clause, 0.0) for clause in self.spans}
        most = max(known.values())
        told = [clause for clause, gain in known.items() if gain >= min(most, ALIKE * most)]
        last = told[-1] if most > 0 else told[0]
        return self.spans[told[0]][0], self.spans[last][1]


class Listener:
    """Applies the model of words to sentences, and remembers them."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self._places = {name: at for at, name in enumerate(model.classes)}
        self._heard = lru_cache(_KEPT)(self._hear)
        self._told = lru_cache(_KEPT)(self._tell)

    def heard(self, sentence: Sentence) -> Heard:
        """What the words of a sentence say on every value."""
        return self._heard(sentence.words, sentence.kinds)

    def where(self, sentence: Sentence, tokens: tuple[Token, ...], name: str) -> tuple[int, int]:
        """The first and last token of the clause whose words speak most for a value."""
        inside = tokens[sentence.first : sentence.last + 1]
        clauses = tuple(token.clause - inside[0].clause for token in inside)
        first, last = self._told(sentence.words, clauses).span(self._places[name])
        return sentence.first + first, sentence.first + last

    def _hear(self, words: tuple[str, ...], kinds: tuple[tuple[str, str], ...]) -> Heard:
        scores = self._model.scores(word_features(words, kinds))
        named = dict(zip(self._model.classes, scores, strict=True))
        hinted = frozenset(name for name, score in named.items() if score >= _FLOOR)
        return Heard(named, hinted)

    def _tell(self, words: tuple[str, ...], clauses: tuple[int, ...]) -> Telling:
        gains: dict[int, dict[int, float]] = {}
        inside: dict[int, list[int]] = {}
        for place, (word, clause) in enumerate(zip(words, clauses, strict=True)):
            inside.setdefault(clause, []).append(place)
            for value, weight in self._model.weights.get(word, ()):
                mine = gains.setdefault(value, {})
                mine[clause] = mine.get(clause, 0.0) + weight
        spans = {}
        for clause, places in inside.items():
            spoken = [place for place in places if words[place][0].isalnum()] or places
            spans[clause] = spoken[0], spoken[-1]
        return Telling(gains, spans)
