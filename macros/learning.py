"""Learns which words speak for which decision, and for which of its options, from known texts.

Naive Bayes over the words that are there: for each word, the logarithm of the odds of meeting it in
a text on the decision against meeting it in any other, in tenths; the same for the options among
the texts on one decision, and for the texts that say too little or ask for too much. The texts are
the scenarios of the bank, the sentences of ``docs/data/sentences.jsonl`` and the knowledge's own
words.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from checker.answers import plain_answer, read_answers
from checker.conditions import Pick, compile_condition, leaves
from checker.demands import LEARNED_STATES
from checker.model import Knowledge, Leaning
from checker.subjects import marks_of
from checker.tokens import clean, tokenize

SENTENCES = "data/sentences.jsonl"
# A word met in one text says more about its writer than about the subject.
LEAST = 2
# An option with fewer texts has not been met often enough to be known by its words.
FEW = 5
# Added to every count, so that no word rules anything out.
SMOOTH = 0.3
# No word says more than this on the decision or the option, nor is less than this worth keeping.
MOST, MOST_OF_OPTION, FAINT = 3.0, 2.0, 0.5
# A word that says how much a text asks for is met in texts on so many decisions.
SPREAD = 4
# How much more often an answer goes along with an option than with the others, at least.
TELLING = 0.05

type Rows = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Taught:
    """A text, the decision that it is about, how that ends, and the option, where one is right."""

    text: str
    decision: str
    option: str | None = None
    state: str = "decided"


def learn(known: Knowledge, texts: Iterable[Taught]) -> Knowledge:
    """The knowledge with ``subjects``, ``leanings`` and ``demands`` as these texts teach them."""
    subjects, words, demands = _learned(tuple(known.decisions), tuple(texts))
    usual = usual_answers(known)
    leanings = {
        decision: Leaning(options, rows, {o: usual[o] for o in options if o in usual})
        for decision, (options, rows) in words.items()
    }
    return replace(known, subjects=subjects, leanings=leanings, demands=demands)


# All are kept for a preview, which reads the knowledge after each edit: most edits change no
# text, the others one.
@lru_cache(maxsize=1)
def _learned(
    order: tuple[str, ...], texts: tuple[Taught, ...]
) -> tuple[Rows, dict[str, tuple[tuple[str, ...], Rows]], Rows]:
    subjects = _rows([(_marks(t.text), t.decision) for t in texts], order, MOST)
    leanings = {}
    for decision in order:
        decided = [t for t in texts if t.decision == decision and t.option]
        counts = Counter(str(t.option) for t in decided)
        options = tuple(sorted(option for option, count in counts.items() if count >= FEW))
        marked = [(_marks(t.text), str(t.option)) for t in decided]
        leanings[decision] = options, _rows(marked, options, MOST_OF_OPTION)
    spread = _spread(texts)
    demands = _rows([(_marks(t.text) & spread, t.state) for t in texts], LEARNED_STATES, MOST)
    return subjects, leanings, demands


def _spread(texts: Iterable[Taught]) -> frozenset[str]:
    """The words that texts on several decisions share: how is said, not what about."""
    decisions: dict[str, set[str]] = {}
    for taught in texts:
        for mark in _marks(taught.text):
            decisions.setdefault(mark, set()).add(taught.decision)
    return frozenset(mark for mark, found in decisions.items() if len(found) >= SPREAD)


@cache
def _marks(text: str) -> frozenset[str]:
    return frozenset(marks_of(tokenize(clean(text))))


def _rows(marked: Sequence[tuple[frozenset[str], str]], order: Sequence[str], most: float) -> Rows:
    """Weights in tenths for each word, one a label in this order."""
    documents = Counter(label for _, label in marked)
    totals = Counter(chain.from_iterable(marks for marks, _ in marked))
    counts = {mark: Counter[str]() for mark in sorted(totals) if totals[mark] >= LEAST}
    for marks, label in marked:
        for mark in marks & counts.keys():
            counts[mark][label] += 1
    weight = _weight(documents, most)
    rows = {mark: tuple(weight(found, label) for label in order) for mark, found in counts.items()}
    return {mark: row for mark, row in rows.items() if any(row)}


def _weight(documents: Mapping[str, int], most: float) -> Callable[[Mapping[str, int], str], int]:
    all_of_them = sum(documents.values())

    def weight(found: Mapping[str, int], label: str) -> int:
        here, size = found.get(label, 0), documents.get(label, 0)
        odds = (here + SMOOTH) / (size + 2 * SMOOTH)
        others = (sum(found.values()) - here + SMOOTH) / (all_of_them - size + 2 * SMOOTH)
        value = max(-most, min(most, math.log(odds / others)))
        return round(10 * value) if abs(value) >= FAINT else 0

    return weight


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
    """What other people wrote on each decision, where the folder has it."""
    path = docs / SENTENCES
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for item in map(json.loads, lines):
        if item["area"] and wanted(item["id"]):
            clear = item["state"] == "decided" and len(item["expect"]) == 1
            option = item["expect"][0] if clear else None
            yield Taught(item["text"], item["area"], option, item["state"])
