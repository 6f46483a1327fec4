"""What each sentence of a text may say on the choices of a decision, as features for a model."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.knowledge.model import Knowledge
from checker.text.numbers import Number
from checker.text.phrases import Found
from checker.text.tokens import Token

_FLAGS = {
    "past": ("used to", "until now", "so far", "previously", "last year", "in the past"),
    "today": ("today", "currently", "at the moment", "right now", "at present", "as of now"),
    "instead": ("instead of", "no longer", "rather than", "away from", "replace"),
    "thought": ("thought", "considered", "wanted to", "says", "told", "suggest", "proposes"),
    "if": ("if", "unless", "whether", "when"),
    "want": ("want", "need", "must", "should", "have to", "would like", "we'd like"),
    "not": ("not", "no", "never", "without", "nobody", "nothing", "none", "neither"),
}
# Words that say nothing alone; pairs keep them.
_EMPTY = frozenset({
    "the", "a", "an", "of", "to", "in", "and", "is", "be", "it", "that", "this", "we", "our", "i",
    "my", "you", "with", "for", "on", "at", "by", "or", "so", "do", "does", "are", "was", "were",
    "has", "have", "had", "as", "from", "but", "if", "then", "there", "ther", "their", "they",
    "us", "them", "its", "what", "which",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` of a text, with the phrases and numbers in them."""

    first: int
    last: int
    hits: tuple[Found, ...] = ()
    numbers: tuple[Number, ...] = ()
    words: tuple[str, ...] = field(default=())

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The units of its numbers, by dimension and as written."""
        return tuple((n.quantity.unit or "count", n.quantity.said) for n in self.numbers)


def split_sentences(
    tokens: Sequence[Token], hits: Sequence[Found], numbers: Sequence[Number]
) -> tuple[Sentence, ...]:
    """The sentences of a text, each with its own phrases and numbers."""
    starts = [at for at, t in enumerate(tokens) if not at or t.sentence != tokens[at - 1].sentence]
    bounds = list(zip(starts, [*starts[1:], len(tokens)], strict=True))
    own: dict[int, list[Found]] = {}
    counted: dict[int, list[Number]] = {}
    for hit in hits:
        own.setdefault(tokens[hit.start].sentence, []).append(hit)
    for number in numbers:
        home = tokens[min(number.first, len(tokens) - 1)].sentence
        counted.setdefault(home, []).append(number)
    found = []
    for first, end in bounds:
        home = tokens[first].sentence
        words = tuple(token.stem for token in tokens[first:end])
        mine = tuple(own.get(home, ())), tuple(counted.get(home, ()))
        found.append(Sentence(first, end - 1, *mine, words))
    return tuple(found)


def said_value(hit: Found) -> str | None:
    """The value that a phrase says here, its negation minded."""
    return hit.term.negated if hit.negated else hit.term.value


def choices_of(knowledge: Knowledge, decision: str) -> tuple[tuple[str, str], ...]:
    """Every choice question of a decision with each of its values."""
    return tuple(
        (name, value)
        for name in knowledge.decisions[decision].fields
        if knowledge.fields[name].kind == "choice"
        for value in knowledge.fields[name].values
    )


def word_features(stems: Iterable[str], kinds: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Words, pairs of words and kinds of numbers of a sentence."""
    words = [word for word in stems if word[0].isalnum()]
    yield from (word for word in words if word not in _EMPTY and not word[0].isdigit())
    yield from (f"{one} {two}" for one, two in pairwise(words))
    for unit, said in kinds:
        yield f"#{unit}"
        yield f"#{unit}:{said}"


def hit_features(
    sentence: Sentence,
    pairs: Sequence[tuple[str, str]],
    elsewhere: Mapping[tuple[str, str], int],
    text: str,
) -> dict[tuple[str, str], list[str]]:
    """For each value with a phrase in this sentence, what is to be known of the phrases.

    ``elsewhere`` counts the phrases of the whole text, by value; ``text`` is the sentence.
    """
    found: dict[tuple[str, str], list[Found]] = {}
    for hit in sentence.hits:
        value = said_value(hit)
        if hit.term.field and hit.term.value and value:
            found.setdefault((hit.term.field, value), []).append(hit)
    flags = [
        f"flag:{name}" for name, words in _FLAGS.items() if any(f" {w} " in text for w in words)
    ]
    asked = f"asked:{text.rstrip().endswith('?')}:{' or ' in text}"
    rows: dict[tuple[str, str], list[str]] = {}
    for pair in pairs:
        if hits := found.get(pair):
            rivals = any(p[0] == pair[0] and p != pair for p in found)
            contra = any(p[0] == pair[0] and p != pair for p in elsewhere)
            again = elsewhere.get(pair, 0) > len(hits)
            more = (f"rival:{rivals}", f"again:{again}", f"contra:{contra}")
            rows[pair] = ["hit", asked, *more, *flags, *_of_phrases(sentence, pair, hits)]
    return rows


def _of_phrases(sentence: Sentence, pair: tuple[str, str], hits: Sequence[Found]) -> Iterator[str]:
    """How many phrases, how long, negated or not, and which."""
    strong = sum(not hit.term.weak for hit in hits)
    yield f"strong:{min(2, strong)}"
    yield f"said:{min(4, max(hit.said for hit in hits))}"
    yield f"negated:{any(hit.negated for hit in hits)}"
    for hit in hits:
        words = sentence.words[hit.start - sentence.first : hit.end - sentence.first]
        yield f"term:{hit.term_id}:{hit.negated}"
        yield f"phrase:{pair[0]}={pair[1]}:{' '.join(words)}"
