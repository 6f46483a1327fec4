"""Phrases of the lexicon, found in tokens without a regular expression for each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from checker.model import Term
from checker.tokens import Token, tokenize

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
# "..." in a phrase stands for up to this many words.
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


type Index = Mapping[str, Sequence[tuple[tuple[Step, ...], str, Term]]]


def parse_phrase(text: str) -> Iterator[tuple[Step, ...]]:
    """``"request|call per? day"`` as steps.

    A word that texts are cut into several tokens for ("p95", "real-time") is as many steps. Among
    alternatives it makes another row of steps, so that one phrase can give several.
    """
    return (
        tuple(chain.from_iterable(row)) for row in product(*map(_choices, text.lower().split()))
    )


def _choices(word: str) -> list[tuple[Step, ...]]:
    """The rows of steps that one word of a phrase can stand for."""
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


def _stems(word: str) -> tuple[str, ...]:
    """The stems of a word's tokens; marks that part words, as a space does, are no words."""
    return tuple(token.stem for token in tokenize(word) if token.text not in _PARTING)


def build_index(lexicon: Mapping[str, Term]) -> Index:
    """Every phrase under each word that it can begin with."""
    index: dict[str, list[tuple[tuple[Step, ...], str, Term]]] = {}
    for term_id, term in lexicon.items():
        for steps in chain.from_iterable(map(parse_phrase, term.phrases)):
            for word in _beginnings(steps):
                index.setdefault(word, []).append((steps, term_id, term))
    return index


def _beginnings(steps: tuple[Step, ...]) -> frozenset[str]:
    first: frozenset[str] = frozenset()
    for step in steps:
        first |= step.words
        if not step.optional:
            break
    return first


def find_phrases(tokens: Sequence[Token], index: Index) -> list[Found]:
    """Every phrase in the text; a phrase inside a longer one is left out."""
    found = [
        Found(term_id, term, start, end, _negated_inside(steps, tokens[start:end]))
        for start, token in enumerate(tokens)
        for steps, term_id, term in index.get(token.stem, ())
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
    mine, other = _subject(item.term), _subject(longer.term)
    left_out = longer.term.ignore and not longer.term.unit
    if mine != other and not (left_out and mine[0] == "number"):
        return False
    if (longer.start, longer.end) == (item.start, item.end):
        return longer.term_id == item.term_id
    return longer.start <= item.start and item.end <= longer.end


def _subject(term: Term) -> tuple[str, str | None]:
    if term.value:
        return "answer", term.field
    if term.decision or term.option:
        return "subject", None
    if term.domain:
        return "domain", None
    return "number", term.field


def _match(steps: tuple[Step, ...], tokens: Sequence[Token], at: int) -> int | None:
    """Where the phrase ends if it begins at token ``at``; None if it does not."""
    if not steps:
        return at
    step, rest = steps[0], steps[1:]
    if step.words is _ANY:
        return _match_gap(rest, tokens, at)
    if at < len(tokens) and tokens[at].stem in step.words:
        end = _match(rest, tokens, at + 1)
        if end is not None:
            return end
    if at < len(tokens) and tokens[at].text in _PARTING:
        end = _match(steps, tokens, at + 1)
        if end is not None:
            return end
    return _match(rest, tokens, at) if step.optional else None


def _match_gap(rest: tuple[Step, ...], tokens: Sequence[Token], at: int) -> int | None:
    for skipped in range(GAP + 1):
        inside = tokens[at : at + skipped]
        if any(token.clause != tokens[at - 1].clause for token in inside):
            return None
        following = tokens[at + skipped : at + skipped + 1]
        if following and following[0].clause != tokens[at - 1].clause:
            return None
        end = _match(rest, tokens, at + skipped)
        if end is not None:
            return end
    return None
