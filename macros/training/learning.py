"""Learns which words speak for which decision, and for which of its options, from known texts.

Naive Bayes over the words that are there: for each word, the logarithm of the odds of meeting it in
a text on the decision against meeting it in any other, in fifths; the same for the options among
the texts on one decision. Texts that say too little, ask for too much or are about something else
are rarer and have no words of their own, so weights are fitted for those (``margins``). The
texts are the scenarios of the bank, the sentences of ``docs/data/sentences.jsonl`` and the
knowledge's own words.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from checker.knowledge.answers import plain_answer, read_answers
from checker.knowledge.model import Knowledge, Leaning
from checker.rules.conditions import Pick, compile_condition, leaves
from checker.text.demands import ELSEWHERE_STATE, LEARNED_STATES, PARTS
from checker.text.subjects import STEPS, marks_of
from checker.text.tokens import clean, tokenize
from macros.training.corpus import examples
from macros.training.margins import margins

# An option with fewer texts has not been met often enough to be known by its words.
FEW = 5
# Added to every count, so that no word rules anything out. Little of it lets rare words count: of
# 374 new texts 82 of 100 were right with this, and 73 with 0.3 and without words met only once.
SMOOTH = 0.12
# No word says more than this, nor is less than this worth keeping.
MOST, FAINT = 4.0, 0.5
# Fiftieths of a margin: no word that weighs less is kept. With a third of this two more
# of 4,667 sentences come out right, for 20 kB more.
LIGHT = 3
# How much more often an answer goes along with an option than with the others, at least.
TELLING = 0.05

type Rows = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Taught:
    """A text, the decision that it is about, how that ends, and the option, where one is right.

    Without a decision it is about something else.
    """

    text: str
    decision: str | None
    option: str | None = None
    state: str = "decided"


def learn(known: Knowledge, texts: Iterable[Taught]) -> Knowledge:
    """The knowledge with ``LEARNED`` sections as these texts teach them."""
    usual = usual_answers(known)
    learned = _learned(tuple(known.decisions), tuple(texts))
    leanings = {
        name: replace(leaning, usual={o: usual[o] for o in leaning.options if o in usual})
        for name, leaning in learned["leanings"].items()
    }
    return replace(known, **{**learned, "leanings": leanings})


# All are kept for a preview, which reads the knowledge after each edit: most edits change no
# text, the others one.
@lru_cache(maxsize=1)
def _learned(order: tuple[str, ...], texts: tuple[Taught, ...]) -> dict[str, dict[str, Any]]:
    about = [(_marks(t.text), t.decision) for t in texts if t.decision]
    subjects = _Weights(about, order, SMOOTH)
    return {
        "subjects": subjects.rows(),
        "alone": subjects.alone(),
        "leanings": {name: _leaning([t for t in texts if t.decision == name]) for name in order},
        "demands": _demands(texts),
    }


def _leaning(texts: Sequence[Taught]) -> Leaning:
    """What the texts on one decision teach on its options."""
    decided = [(_marks(t.text), t.option) for t in texts if t.option]
    counts = Counter(option for _, option in decided)
    options = tuple(sorted(option for option, count in counts.items() if count >= FEW))
    weights = _Weights(decided, options, SMOOTH)
    others = Counter(chain.from_iterable(_marks(t.text) for t in texts if not t.option))
    once = {
        **weights.once(),
        "": tuple(m for m, n in sorted(others.items()) if n == 1 and m not in weights.totals),
    }
    return Leaning(options, weights.rows(), {}, once, weights.alone())


def _demands(texts: Sequence[Taught]) -> Rows:
    """How words speak for each of ``LEARNED_STATES``, in fiftieths of a margin."""
    columns = [_margins(texts, state) for state in LEARNED_STATES]
    marks = sorted(set(chain.from_iterable(columns)))
    rows = {m: tuple(round(PARTS * c.get(m, 0.0)) for c in columns) for m in marks}
    return {mark: row for mark, row in rows.items() if max(map(abs, row)) >= LIGHT}


def _margins(texts: Sequence[Taught], state: str) -> Mapping[str, float]:
    # Texts about something else say nothing on how those sound that ask for too little.
    fit = (t for t in texts if t.decision or state == ELSEWHERE_STATE)
    return margins([(_marks(t.text), t.state == state) for t in fit])


@cache
def _marks(text: str) -> frozenset[str]:
    return frozenset(marks_of(tokenize(clean(text))))


class _Weights:
    """How words speak for labels, in fifths of a logarithm of odds, from texts with a label."""

    def __init__(
        self,
        marked: Sequence[tuple[frozenset[str], str]],
        order: Sequence[str],
        smooth: float,
    ) -> None:
        self.marked, self.order, self.smooth = marked, order, smooth
        self.documents = Counter(label for _, label in marked)
        self.totals = Counter(chain.from_iterable(marks for marks, _ in marked))

    def rows(self) -> Rows:
        """The words that were met several times, each with a weight for each label in order."""
        counts = {mark: Counter[str]() for mark in sorted(self.totals) if self.totals[mark] > 1}
        for marks, label in self.marked:
            for mark in marks & counts.keys():
                counts[mark][label] += 1
        rows = {mark: self._row(found) for mark, found in counts.items()}
        return {mark: row for mark, row in rows.items() if any(row)}

    def once(self) -> dict[str, tuple[str, ...]]:
        """By label the words that were met once."""
        found: dict[str, list[str]] = {}
        for marks, label in self.marked:
            found.setdefault(label, []).extend(m for m in marks if self.totals[m] == 1)
        return {label: tuple(sorted(marks)) for label, marks in found.items()}

    def alone(self) -> Rows:
        """By label the weights of such a word."""
        return {label: self._row({label: 1}) for label in self.order}

    def _row(self, found: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(self._weight(found, label) for label in self.order)

    def _weight(self, found: Mapping[str, int], label: str) -> int:
        here, size = found.get(label, 0), self.documents.get(label, 0)
        others, rest = sum(found.values()) - here, self.documents.total() - size
        odds = (here + self.smooth) / (size + 2 * self.smooth)
        against = (others + self.smooth) / (rest + 2 * self.smooth)
        value = max(-MOST, min(MOST, math.log(odds / against)))
        return round(STEPS * value) if abs(value) >= FAINT else 0


def usual_answers(known: Knowledge) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each option the choices that speak for it, each a field and its value.

    Those first that the bank's scenarios make for it and not for others, the most telling before
    the rest; then those that its rules prefer it for.
    """
    met: dict[str, Counter[tuple[str, str]]] = {}
    sizes: Counter[str] = Counter()
    for scenario in known.scenarios.values():
        if scenario.state != "decided":
            continue
        option = scenario.expect[0]
        sizes[option] += 1
        met.setdefault(option, Counter()).update(_choices(known, scenario.answers))
    preferred = _preferred(known)
    return {
        option: tuple(
            dict.fromkeys([*_telling(option, met, sizes, known), *preferred.get(option, ())])
        )
        for option in met
    }


def _preferred(known: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """The choices in the conditions of the rules that speak for an option, the heaviest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for rule in sorted(known.rules.values(), key=lambda rule: -rule.weight):
        if rule.strength != "prefer":
            continue
        tests = leaves(compile_condition(rule.when, known))
        picks = (x for x in tests if isinstance(x, Pick) and x.op != "is_not")
        pairs = [(x.field, value) for x in picks for value in sorted(x.values)]
        for option in rule.options:
            found.setdefault(option, []).extend(pairs)
    return found


def _choices(known: Knowledge, answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, answer in read_answers(known, answers)[0].items():
        if known.fields[name].kind == "choice":
            yield name, plain_answer(known.fields[name], answer)


def _telling(
    option: str,
    met: Mapping[str, Counter[tuple[str, str]]],
    sizes: Mapping[str, int],
    known: Knowledge,
) -> tuple[tuple[str, str], ...]:
    decision = known.decisions[known.options[option].decision]
    others = [o for o in decision.options if o != option and o in met]
    of_others = sum(sizes[o] for o in others) or 1
    lifts = {
        pair: count / sizes[option] - sum(met[o][pair] for o in others) / of_others
        for pair, count in met[option].items()
        if pair[0] in decision.fields
    }
    kept = (pair for pair, lift in lifts.items() if lift > TELLING)
    return tuple(sorted(kept, key=lambda pair: (-lifts[pair], pair)))


def all_texts(known: Knowledge, docs: Path) -> Iterator[Taught]:
    """Everything there is to learn from."""
    yield from own_words(known)
    yield from bank(known)
    yield from sentences(docs)


def bank(known: Knowledge, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Taught]:
    """The scenarios, those whose id is wanted."""
    for name, item in known.scenarios.items():
        if wanted(name):
            option = item.expect[0] if item.state == "decided" else None
            yield Taught(item.text, item.decision, option, item.state)


def own_words(known: Knowledge) -> Iterator[Taught]:
    """How the knowledge itself speaks of each decision and its options."""
    for name, decision in known.decisions.items():
        yield Taught(f"{decision.question} {decision.label}", name)
        for option in decision.options:
            record = known.options[option]
            yield Taught(f"{record.label} {record.summary}", name, option)


def sentences(docs: Path, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Taught]:
    """The synthetic examples on each decision, where the folder has them."""
    for item in examples(docs):
        if wanted(item.id):
            option = item.record.get("option")
            yield Taught(item.text, item.decision, option, item.record.get("state", "decided"))
