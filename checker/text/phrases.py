"""Phrases of the lexicon, found in tokens without a regular expression for each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from checker.knowledge.model import Term
from checker.text.tokens import Token, stem, tokenize

NEGATORS = frozenset({
    "no", "not", "never", "non", "dont", "doesnt", "isnt", "arent", "wont", "cant",
    "without", "none", "neither", "nor", "cannot", "lack", "lacks",
    "lacking", "avoid", "avoiding", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't",
    "weren't", "won't", "can't", "couldn't", "shouldn't", "wouldn't", "hasn't", "haven't",
    "needn't", "unable",
})  # fmt: skip
# "No more than", "not only", "no longer than": these negate nothing.
_RELATIVE = frozenset({"more", "less", "only", "just", "yet", "longer", "later"})
# "A restart is no problem" is a yes.
_HARMLESS = frozenset({"problem", "issue", "trouble", "harm", "worry", "worries", "big", "matter"})
# "..." in a phrase means up to this many words.
GAP = 5
_ANY = frozenset({"..."})
# Texts write "real-time" and "real time", "blue/green" and "blue green".
_PARTING = frozenset({"-", "/"})


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase: its alternatives, and whether it may be missing."""

    words: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text: tokens ``start`` to ``end`` (not included)."""

    term_id: str
    term: Term
    start: int
    end: int
    negated: bool = False
    said: int = 0
    """How many words the phrase itself names; the rest of it was in a gap."""


type Index = Mapping[str, Sequence[tuple[str, str, Term]]]
"""Phrases, each with its term's id and the term, by the words that they can begin with."""


@cache
def parse_phrase(text: str) -> tuple[tuple[Step, ...], ...]:
    """``"request|call per? day"`` as steps.

    A word that texts are cut into several tokens for ("p95", "real-time") is as many steps. Among
    alternatives it makes another row of steps, so that one phrase can give several.
    """
    rows = product(*map(_choices, text.lower().split()))
    return tuple(tuple(step for part in row for step in part) for row in rows)


@cache
def _choices(word: str) -> list[tuple[Step, ...]]:
    """The rows of steps that one word of a phrase can mean."""
    if word == "...":
        return [(Step(_ANY),)]
    if word in _PARTING:
        return [()]
    optional = word.endswith("?") and len(word) > 1
    rows = [_stems(part) for part in (word.removesuffix("?") if optional else word).split("|")]
    single = frozenset(row[0] for row in rows if len(row) == 1)
    choices = [tuple(Step(frozenset({part})) for part in row) for row in rows if len(row) > 1]
    if optional and choices:
        choices.append(())
    return ([(Step(single, optional),)] if single else []) + choices


@cache
def _stems(word: str) -> tuple[str, ...]:
    """The stems of a word's tokens; marks that part words, as a space does, are no words."""
    if word.isalpha():
        return (stem(word),)
    return tuple(token.stem for token in tokenize(word) if token.text not in _PARTING)


def build_index(lexicon: Mapping[str, Term]) -> Index:
    """Every phrase under each word that it can begin with.

    No more of it is read here: a text touches few of several thousand phrases.
    """
    index: dict[str, list[tuple[str, str, Term]]] = {}
    for term_id, term in lexicon.items():
        for phrase in term.phrases:
            for word in _beginnings(phrase):
                index.setdefault(word, []).append((phrase, term_id, term))
    return index


def _beginnings(phrase: str) -> set[str]:
    first: set[str] = set()
    for word in phrase.lower().split():
        rows = _choices(word)
        first.update(*(row[0].words for row in rows if row))
        if all(row and not row[0].optional for row in rows):
            break
    return first


def find_phrases(tokens: Sequence[Token], index: Index) -> list[Found]:
    """Every phrase in the text; a phrase inside a longer one is left out."""
    stems = frozenset(token.stem for token in tokens)
    possible = {word: _possible(index.get(word, ()), stems) for word in stems}
    found = [
        Found(
            term_id,
            term,
            start,
            end,
            _negated_inside(steps, tokens[start:end]),
            sum(step.words is not _ANY for step in steps),
        )
        for start, token in enumerate(tokens)
        for steps, term_id, term in possible[token.stem]
        if (end := _match(steps, tokens, start)) is not None
    ]
    found.sort(key=lambda f: (f.start - f.end, f.start))
    kept: list[Found] = []
    over: dict[int, list[Found]] = {}
    for item in found:
        if not any(_covers(longer, item) for longer in over.get(item.start, ())):
            kept.append(item)
            for place in range(item.start, item.end):
                over.setdefault(place, []).append(item)
    return sorted(kept, key=lambda f: f.start)


def _possible(
    phrases: Sequence[tuple[str, str, Term]], stems: frozenset[str]
) -> list[tuple[tuple[Step, ...], str, Term]]:
    """The phrases whose words are all in the text, wherever they are."""
    return [
        (steps, term_id, term)
        for phrase, term_id, term in phrases
        for steps in parse_phrase(phrase)
        if all(s.optional or s.words is _ANY or not s.words.isdisjoint(stems) for s in steps)
    ]


def _negated_inside(steps: tuple[Step, ...], inside: Sequence[Token]) -> bool:
    """A "not" in a gap: "cold starts ... acceptable" against "cold starts are not acceptable"."""
    own = frozenset().union(*(step.words for step in steps))
    return any(negates(inside, at) and token.stem not in own for at, token in enumerate(inside))


def negates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token says "not" of the words beside it."""
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text in NEGATORS and following not in _RELATIVE | _HARMLESS


def _covers(longer: Found, item: Found) -> bool:
    """A longer phrase speaks for its words, but only on its own subject: "monitor for bias" names
    a decision and leaves "bias" free to answer a field."""
    if item.term.field != longer.term.field:
        return False
    if (longer.start, longer.end) == (item.start, item.end):
        return longer.term_id == item.term_id
    return longer.start <= item.start and item.end <= longer.end


def _match(steps: tuple[Step, ...], tokens: Sequence[Token], at: int, done: int = 0) -> int | None:
    """Where the phrase ends if its steps from ``done`` on begin at token ``at``; None if not."""
    if done == len(steps):
        return at
    step = steps[done]
    if step.words is _ANY:
        return _match_gap(steps, tokens, at, done + 1)
    if at < len(tokens) and tokens[at].stem in step.words:
        end = _match(steps, tokens, at + 1, done + 1)
        if end is not None:
            return end
    if at < len(tokens) and tokens[at].text in _PARTING:
        end = _match(steps, tokens, at + 1, done)
        if end is not None:
            return end
    return _match(steps, tokens, at, done + 1) if step.optional else None


def _match_gap(steps: tuple[Step, ...], tokens: Sequence[Token], at: int, done: int) -> int | None:
    for place in range(at, at + GAP + 1):
        if place < len(tokens) and tokens[place].clause != tokens[at - 1].clause:
            return None
        end = _match(steps, tokens, place, done)
        if end is not None:
            return end
    return None
