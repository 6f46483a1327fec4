"""What a text says on one decision: statements, each with the words that say it.

Numbers get their meaning from ``placing``, choices from ``clauses``; both are trained on labelled
texts and give a probability. What is likely is a statement, what is only possible is unclear and
is asked, and a number that found no place is shown as such. Nothing is filled in.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from checker.knowledge.model import Knowledge, Term
from checker.problems import Problem
from checker.text.clauses import (
    Sentence,
    choices_of,
    hit_features,
    said_value,
    split_sentences,
)
from checker.text.context import roles_in
from checker.text.heard import HINT, Listener
from checker.text.linear import load_linear, sigmoid
from checker.text.negation import with_negation
from checker.text.numbers import Number, find_numbers, is_amount, is_one
from checker.text.phrases import Found, build_index, find_phrases
from checker.text.placing import Meaning, Models, place
from checker.text.reading import (
    POSSIBLE,
    SURE,
    WORTH,
    Reading,
    Statement,
    Unplaced,
    number_answer,
    rivals_of,
    settled,
)
from checker.text.together import OTHER
from checker.text.tokens import Token, clean, tokenize

# Longer than any description of one situation; reading stays far under a second up to here.
MOST_CHARACTERS = 20_000


# Numbers are right more often than their model says, as labelled texts show.
EARLIER = 0.06
# What is left of a number in a clause that says how it used to be.
GONE = 0.3
# Several words of a phrase in a row are never passed over: they are asked.
PLAINLY, PLAIN_WORDS = 0.35, 2
# A need in plain words, with nothing in its sentence that revokes it, is a statement.
EVIDENT, NEEDED = 0.75, "flag:want"
type Rows = Mapping[tuple[str, str], list[str]]
"""What is to be known of the phrases of a sentence, by the value that they say."""

CLOUDED = frozenset({
    "flag:past", "flag:instead", "flag:thought", "flag:if", "rival:True", "contra:True",
})  # fmt: skip


def _at_least(sentence: Sentence, pair: tuple[str, str], features: Iterable[str]) -> float:
    """How likely an answer in plain words is at the least, by what its sentence says besides."""
    hits = [hit for hit in sentence.hits if (hit.term.field, said_value(hit)) == pair]
    sure = any(hit.term.sure for hit in hits)
    if not sure and not any(hit.said >= PLAIN_WORDS and not hit.term.weak for hit in hits):
        return 0.0
    around = frozenset(features)
    return EVIDENT if (sure or NEEDED in around) and not CLOUDED & around else PLAINLY


class Reader:
    """Reads texts with one knowledge's phrases and models, which are made ready once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._index = build_index(
            {name: term for name, term in knowledge.lexicon.items() if _useful(term)}
        )
        models = knowledge.readings
        self._numbers = (
            Models(load_linear(models["numbers"]), load_linear(models["together"]))
            if models
            else Models()
        )
        self._listener = Listener(load_linear(models["choices"])) if models else None
        self._phrases = load_linear(models["phrases"]) if models else None

    def parse(self, text: str) -> "Parsed | Problem":
        """A text's tokens, numbers and phrases; a Problem where it is no text."""
        if len(text) > MOST_CHARACTERS:
            message = f"{len(text):,} characters are more than a description needs"
            return Problem("R001", "text", message, f"at most {MOST_CHARACTERS:,}")
        plain = clean(text)
        tokens = tokenize(plain)
        if not any(token.text.isalpha() for token in tokens):
            return Problem("R002", "text", "there are no words in it", "describe the situation")
        found = tuple(with_negation(item, tokens) for item in find_phrases(tokens, self._index))
        return Parsed(plain, tokens, find_numbers(plain, tokens), found)

    def read(self, parsed: "Parsed", decision: str) -> Reading:
        """What the text says on the questions of one decision."""
        numbers, unplaced = self._placed(parsed, decision)
        choices = list(self._chosen(parsed, decision))
        hints = _hints([*choices, *(m for u in unplaced for m in u.meanings)])
        said = [item for item in choices if item.probability >= POSSIBLE]
        statements, torn = settled(self.knowledge, [*said, *numbers])
        unplaced = sorted([*unplaced, *_beside(numbers, statements)], key=lambda u: u.start)
        return Reading(
            decision,
            tuple(s for s in statements if s.stated),
            tuple(s for s in statements if not s.stated),
            tuple(unplaced),
            tuple(torn),
            tuple((quote, role) for quote, role, _, _ in parsed.roles),
            tuple(
                dict.fromkeys(h.term.option for h in parsed.hits if h.term.option and not h.negated)
            ),
            hints,
            rivals_of(self.knowledge, said, statements),
        )

    def _placed(self, parsed: "Parsed", decision: str) -> tuple[list[Statement], list[Unplaced]]:
        """Numbers as statements, and those that found no place."""
        said: list[Statement] = []
        loose: list[Unplaced] = []
        placed = place(
            self.knowledge, self._numbers, decision, parsed.text, parsed.tokens, parsed.numbers
        )
        past = [(at, end) for _, role, at, end in parsed.roles if role == "past"]
        for number, meanings in zip(parsed.numbers, placed, strict=True):
            at = bisect_right(past, (number.quantity.start, math.inf)) - 1
            gone = at >= 0 and number.quantity.start < past[at][1]
            options = tuple(self._meant(number, meanings, GONE if gone else 1.0))
            best = options[0] if options else None
            if best and best.probability >= (POSSIBLE if meanings[0].field == best.field else SURE):
                said.append(best)
            if best is None or best.probability < SURE:
                least = POSSIBLE if is_one(number) else WORTH
                worth = best is not None and best.probability >= least
                if worth or is_amount(number, parsed.tokens):
                    where = number.quantity.start, number.quantity.end
                    loose.append(Unplaced(number.quote, *where, options))
        return said, loose

    def _meant(
        self, number: Number, meanings: Iterable[Meaning], share: float
    ) -> Iterator[Statement]:
        for meaning in meanings:
            if meaning.field == OTHER:
                continue
            answer = number_answer(self.knowledge.fields[meaning.field], meaning.field, number)
            if answer is not None:
                quantity = number.quantity
                yield Statement(
                    meaning.field, answer, number.quote, quantity.start, quantity.end,
                    share * (meaning.probability + EARLIER),
                )  # fmt: skip

    def _chosen(self, parsed: "Parsed", decision: str) -> Iterator[Statement]:
        """Choices that sentences say or hint at."""
        pairs = choices_of(self.knowledge, decision)
        names = {(field, value): f"{field}={value}" for field, value in pairs}
        fields = {name for name, _ in pairs}
        hits = [h for h in parsed.hits if h.term.field in fields]
        everywhere: dict[tuple[str, str], int] = {}
        for hit in hits:
            if (value := said_value(hit)) and hit.term.field:
                key = hit.term.field, value
                everywhere[key] = everywhere.get(key, 0) + 1
        for sentence in split_sentences(parsed.tokens, hits, parsed.numbers):
            rows: Rows = {}
            if sentence.hits:
                text = f" {parsed.cut(sentence.first, sentence.last).lower()} "
                rows = hit_features(sentence, pairs, everywhere, text)
            yield from self._likely(parsed, sentence, names, rows)

    def _likely(
        self,
        parsed: "Parsed",
        sentence: Sentence,
        names: Mapping[tuple[str, str], str],
        rows: Rows,
    ) -> Iterator[Statement]:
        if self._listener is None or self._phrases is None:
            return
        words = self._listener.heard(sentence)
        for pair, name in names.items():
            if name not in words.scores or (pair not in rows and name not in words.hinted):
                continue
            score = words.scores[name]
            if pair in rows:
                score += self._phrases.scores([*rows[pair], f"hit:{name}"])[0]
            likely = sigmoid(score)
            if pair in rows:
                likely = max(likely, _at_least(sentence, pair, rows[pair]))
            if likely >= HINT:
                start, end = self._where(parsed, sentence, pair)
                yield Statement(pair[0], pair[1], parsed.text[start:end], start, end, likely)

    def _where(
        self, parsed: "Parsed", sentence: Sentence, pair: tuple[str, str]
    ) -> tuple[int, int]:
        """The words of a sentence that say a value: the longest phrase, or the telling clause."""
        hits = [h for h in sentence.hits if h.term.field == pair[0] and said_value(h) == pair[1]]
        tokens = parsed.tokens
        if hits:
            best = max(hits, key=lambda h: (not h.term.weak, h.said, -h.start))
            first, last = best.start, best.end - 1
        else:
            assert self._listener is not None  # noqa: S101  # only called with a model
            first, last = self._listener.where(sentence, tokens, f"{pair[0]}={pair[1]}")
        return tokens[first].start, tokens[last].end


@dataclass(frozen=True)
class Parsed:
    """A text made ready to be read on any decision."""

    text: str
    tokens: tuple[Token, ...]
    numbers: tuple[Number, ...]
    hits: tuple[Found, ...]

    @cached_property
    def roles(self) -> list[tuple[str, str, int, int]]:
        """The clauses that say no need, see ``checker.text.context``."""
        return roles_in(self.text, self.tokens)

    def blanked(self, text: str) -> "Parsed":
        """What is left where some sentences are blanks in ``text``."""
        if text == self.text:
            return self
        kept = [at for at, token in enumerate(self.tokens) if text[token.start] != " "]
        now = {at: place for place, at in enumerate(kept)}
        numbers = (
            replace(n, first=now[n.first], last=now[n.last])
            for n in self.numbers
            if n.first in now and n.last in now
        )
        hits = (
            replace(hit, start=now[hit.start], end=now[hit.end - 1] + 1)
            for hit in self.hits
            if hit.start in now and hit.end - 1 in now
        )
        return Parsed(text, tuple(self.tokens[at] for at in kept), tuple(numbers), tuple(hits))

    def cut(self, first: int, last: int) -> str:
        """The text from one token to another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def _hints(items: Iterable[Statement]) -> dict[str, float]:
    """How likely the text says something on each question, clearly or not."""
    found: dict[str, float] = {}
    for item in items:
        found[item.field] = max(found.get(item.field, 0.0), item.probability)
    return found


def _beside(numbers: Iterable[Statement], kept: Sequence[Statement]) -> Iterator[Unplaced]:
    """Numbers of a question that another number of the text answers; none of them is hidden."""
    used = {(item.field, item.answer) for item in kept}
    spans = {(item.start, item.end) for item in kept}
    for item in numbers:
        new = (item.start, item.end) not in spans and (item.field, item.answer) not in used
        if item.probability >= SURE and new:
            yield Unplaced(item.quote, item.start, item.end, (item,))


def _useful(term: Term) -> bool:
    return bool((term.field and term.value) or term.option)
