"""What the words of a text lean to among one decision's options, and the answers that this takes.

Which words go along with an option is learned when the site is built (``macros.training``). It
decides nothing: a lean suggests answers, marked as guesses, with which the rules recommend that
option. What a limit or a stated number rules out stays out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Knowledge, State
from checker.rules.evaluation import Ruleset, evaluate
from checker.rules.verdict import as_given
from checker.text.statements import Read, Reading
from checker.text.subjects import STEPS
from checker.text.tokens import Token, clean, tokenize

# How far ahead the words of an option must be before they count against what else was read, as
# the logarithm of the odds: by what the rules say without them.
LEAD: Mapping[State, float] = {
    "narrowed": 2.0, "ask-for-more": 6.0, "decided": 10.0, "nothing-fits": 12.0,
}  # fmt: skip
# So far ahead, they may count against a choice that the lexicon read, but for one by which a limit
# rules the option out.
CLEAR = 12.0
# More answers than these are no suggestion but a story.
MOST_ANSWERS = 3
# A quote is of so many words at most.
_QUOTED = 8


@dataclass(frozen=True, slots=True)
class Lean:
    """The option that the words speak for, how far it is ahead, and the words that say most."""

    option: str
    lead: float
    quote: str


def lean(knowledge: Knowledge, decision: str, text: str) -> Lean | None:
    """What a text leans to; None where its words say nothing known."""
    leaning = knowledge.leanings.get(decision)
    if leaning is None or len(leaning.options) < 2:
        return None
    plain = clean(text)
    words = [token for token in tokenize(plain) if token.text[0].isalpha()]
    found = {mark: leaning.rows[mark] for mark, _ in _marks(words) if mark in leaning.rows}
    if not found:
        return None
    totals = [sum(row[at] for row in found.values()) for at in range(len(leaning.options))]
    first, second = sorted(range(len(totals)), key=lambda at: -totals[at])[:2]
    gains = {mark: row[first] - row[second] for mark, row in found.items()}
    start, end = _most_telling(words, gains)
    lead = (totals[first] - totals[second]) / STEPS
    return Lean(leaning.options[first], lead, plain[start:end])


def _marks(words: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    for word in words:
        yield word.stem, (word,)
    for first, second in pairwise(words):
        yield f"{first.stem} {second.stem}", (first, second)


def _most_telling(words: Sequence[Token], gains: Mapping[str, int]) -> tuple[int, int]:
    """Where the few words stand together that say most."""
    said = dict.fromkeys(words, 0.0)
    for mark, tokens in _marks(words):
        for token in tokens:
            said[token] += gains.get(mark, 0) / len(tokens)
    spans = (
        (sum(said[word] for word in words[a:b]), -(b - a), -a, b)
        for a in range(len(words))
        for b in range(a + 1, min(a + _QUOTED, len(words)) + 1)
        if words[a].sentence == words[b - 1].sentence
    )
    _, _, start, end = max(spans)
    return words[-start].start, words[end - 1].end


def described_by(knowledge: Knowledge, decision: str, stated: Mapping[str, Answer]) -> list[str]:
    """The options whose most telling answer is among the stated ones."""
    leaning = knowledge.leanings.get(decision)
    usual = leaning.usual.items() if leaning else ()
    return [option for option, pairs in usual if pairs and stated.get(pairs[0][0]) == pairs[0][1]]


def suggested(knowledge: Knowledge, rules: Ruleset, reading: Reading, lean: Lean) -> Reading | None:
    """The reading with the answers that the option takes, as guesses; None where none do.

    First beside everything that was read, then in place of what was guessed, then, where the
    option is far ahead, in place of choices as well. Numbers that were stated stay, and so does
    what a limit of the platform rules out.
    """
    usual = knowledge.leanings[rules.decision].usual.get(lean.option, ())
    stated = tuple(read for read in reading.reads if not read.guess)
    numbers = tuple(r for r in stated if knowledge.fields[r.field].kind == "quantity")
    broken = evaluate(rules, _given(stated)).standings[lean.option].broken
    out = any(outcome.strength == "must" for outcome in broken)
    instead = (numbers,) if lean.lead >= CLEAR and not out else ()
    for kept in (reading.reads, stated, *instead):
        base = {read.field: read.answer for read in kept}
        added = _added(rules, base, usual, lean.option)
        if added is not None:
            kept = _with_harmless(rules, reading.reads, kept, added, lean.option)
            guesses = tuple(Read(n, a, lean.quote, guess=True) for n, a in added.items())
            torn = tuple(pair for pair in reading.conflicts if pair[0] not in added)
            return replace(reading, reads=(*kept, *guesses), conflicts=torn)
    return None


def _given(reads: Sequence[Read]) -> Given:
    return as_given({read.field: read.answer for read in reads})


def _added(
    rules: Ruleset,
    base: Mapping[str, Answer],
    pairs: Sequence[tuple[str, Answer]],
    option: str,
) -> dict[str, Answer] | None:
    """The fewest of these answers, the first of them first, that lead to the option."""
    added: dict[str, Answer] = {}
    open_ = [pair for pair in pairs if pair[0] not in base]
    for name, answer in [("", None), *open_]:
        if answer is not None:
            added.setdefault(name, answer)
        if _leads(rules, {**base, **added}, option):
            for extra in list(added):
                fewer = {n: a for n, a in added.items() if n != extra}
                if _leads(rules, {**base, **fewer}, option):
                    added = fewer
            return added
        if len(added) == MOST_ANSWERS:
            break
    return None


def _with_harmless(
    rules: Ruleset,
    reads: Sequence[Read],
    kept: Sequence[Read],
    added: Mapping[str, Answer],
    option: str,
) -> list[Read]:
    """What was read, without what leads elsewhere."""
    result = list(kept)
    for read in reads:
        if read in kept or read.field in added:
            continue
        answers = {**{r.field: r.answer for r in (*result, read)}, **added}
        if _leads(rules, answers, option):
            result.append(read)
    return [read for read in reads if read in result]


def _leads(rules: Ruleset, answers: Mapping[str, Answer], option: str) -> bool:
    found = evaluate(rules, as_given(answers))
    return found.state == "decided" and found.recommend == (option,)
