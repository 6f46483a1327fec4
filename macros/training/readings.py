"""Trains how words answer questions and what numbers mean, from texts with a gold reading.

A gold reading names, for each answer that a text gives, the words that say it. Two models come of
it: one says how likely a number answers a question, the other how likely a sentence answers a
choice. Both are written as plain JSON and applied by ``checker.text`` without any library.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from checker.knowledge.model import Knowledge
from checker.quantities import Quantity
from checker.text.clauses import (
    choices_of,
    hit_features,
    said_value,
    split_sentences,
    word_features,
)
from checker.text.linear import sigmoid
from checker.text.number_context import candidate_features
from checker.text.numbers import Number
from checker.text.placing import candidates
from checker.text.statements import Parsed, Reader
from checker.text.together import Judged, features_together
from checker.text.tokens import clean
from macros.training.corpus import Example, digest, lesson

# Weights are written in parts of this, and fainter ones than a part are left out.
SCALE = 4
NUMBERS_C, TOGETHER_C, CHOICES_C = 1.0, 0.1, 2.0
# A word, or a pair of words, has to be met in so many sentences that give an answer.
MET, MET_PAIR = 3, 4

# Words count less than cues and phrases, which are few and were chosen.
WORDS_COUNT = 0.6

FOLDS = 5

type Row = tuple[list[str], bool]


@dataclass(frozen=True, slots=True)
class Rows:
    """A number of a text, with its features and whether it answers, by question."""

    number: Number
    rows: Mapping[str, Row]


READINGS = "data/reading/readings.json"


def write_readings(known: Knowledge, docs: Path) -> str:
    """Train on all examples and write the file; returns what was done as a sentence."""
    texts = lesson(known, docs)
    made = {"trained_on": digest(texts), **train_readings(texts, known)}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (docs / READINGS).write_text(text + "\n", encoding="utf-8")
    gold = sum("answers" in item.record for item in texts)
    return f"{READINGS}: trained on {gold} texts and clauses, {len(text) / 1000:.0f} kB"


def train_readings(examples: Sequence[Example], knowledge: Knowledge) -> dict[str, Any]:
    """Both models as plain JSON.

    Args:
        examples: those whose record holds ``answers`` (by question ``value`` and ``quote``) teach.
        knowledge: the questions, and the phrases that serve as features.
    """
    reader = Reader(replace(knowledge, readings={}))
    labelled = [e for e in examples if "answers" in e.record and e.decision in knowledge.decisions]
    parsed = [(e, p) for e in labelled if isinstance(p := reader.parse(e.text), Parsed)]
    stated = _stated(labelled)
    numbers = [list(number_rows(knowledge, e, p, stated)) for e, p in parsed]
    choices = [row for e, p in parsed for row in choice_rows(knowledge, e, p)]
    bias, weights = _fitted(_flat(numbers), NUMBERS_C)
    both, more = _fitted(_rows_together(numbers, [e.batch for e, _ in parsed]), TOGETHER_C)
    first, second = _split(*_fitted(choices, CHOICES_C))
    return {
        "stated": stated,
        "numbers": _plain(["yes"], [bias], _single(weights)),
        "together": _plain(["yes"], [both], _single(more)),
        **first,
        **second,
    }


def _stated(labelled: Sequence[Example]) -> dict[str, dict[str, float]]:
    """How often a text on a decision answers each question: by decision and question.

    A clause is no text: it was written for its question.
    """
    whole = [example for example in labelled if example.labels]
    texts = Counter(example.decision for example in whole)
    said = Counter((e.decision, name) for e in whole for name in e.record["answers"])
    found: dict[str, dict[str, float]] = {}
    for (decision, name), count in sorted(said.items(), key=str):
        found.setdefault(str(decision), {})[name] = round(count / texts[decision], 2)
    return found


def _flat(texts: Iterable[Sequence[Rows]]) -> list[Row]:
    return [row for numbers in texts for number in numbers for row in number.rows.values()]


def _rows_together(texts: Sequence[Sequence[Rows]], batches: Sequence[str]) -> list[Row]:
    """What the numbers of each text show together, judged alone by a model without its batch."""
    found: list[Row] = []
    for taught, unseen in GroupKFold(FOLDS).split(texts, groups=batches):
        bias, weights = _fitted(_flat(texts[i] for i in taught), NUMBERS_C)
        for numbers in (texts[i] for i in unseen):
            judged = [
                Judged(
                    number.number,
                    {
                        name: sigmoid(bias + sum(weights.get(f, 0.0) for f in {*features}))
                        for name, (features, _) in number.rows.items()
                    },
                )
                for number in numbers
            ]
            for at, number in enumerate(numbers):
                rows = features_together(judged, at)
                found += [(rows[name], number.rows[name][1]) for name in rows]
    return found


def number_rows(
    knowledge: Knowledge,
    example: Example,
    parsed: Parsed,
    stated: Mapping[str, Mapping[str, float]],
) -> Iterator[Rows]:
    """For each number and each question that accepts its unit: features, and whether it answers."""
    decision = example.decision or ""
    for number in parsed.numbers:
        names = [
            name
            for name in candidates(knowledge, decision, parsed.text, parsed.tokens, number)
            if name in stated.get(decision, {})
        ]
        if not names:
            continue
        quantity = number.quantity
        meant = next(
            (
                name
                for name, answer in example.record["answers"].items()
                if name in names and _inside(parsed.text, answer["quote"], quantity)
            ),
            None,
        )  # fmt: skip
        rows = candidate_features(
            parsed.text, parsed.tokens, parsed.numbers, number, names, decision
        )
        yield Rows(number, {name: (row, name == meant) for name, row in rows.items()})


def choice_rows(knowledge: Knowledge, example: Example, parsed: Parsed) -> Iterator[Row]:
    """For each sentence and each value of each choice: features, and whether it says the value."""
    pairs = choices_of(knowledge, example.decision or "")
    fields = {name for name, _ in pairs}
    hits = [h for h in parsed.hits if h.term.field in fields]
    everywhere = Counter(
        (h.term.field, value) for h in hits if h.term.field and (value := said_value(h))
    )
    said: dict[tuple[str, str], list[tuple[int, int]]] = {
        (name, answer["value"]): list(_spans(parsed.text, answer["quote"]))
        for name, answer in example.record.get("answers", {}).items()
    }
    for sentence in split_sentences(parsed.tokens, hits, parsed.numbers):
        start, end = parsed.tokens[sentence.first].start, parsed.tokens[sentence.last].end
        text = f" {parsed.cut(sentence.first, sentence.last).lower()} "
        rows = hit_features(sentence, pairs, everywhere, text)
        words = list(dict.fromkeys(word_features(sentence.words, sentence.kinds)))
        for pair in pairs:
            name = f"{pair[0]}={pair[1]}"
            own = [f"hit:{name}"] if pair in rows else []
            features = [*rows.get(pair, ()), *own, f"{name}|", *(f"{name}|{w}" for w in words)]
            yield features, any(min(end, b) - max(start, a) > 3 for a, b in said.get(pair, ()))


def _spans(text: str, quote: str) -> Iterator[tuple[int, int]]:
    for part in quote.split("..."):
        at = text.find(words := clean(part.strip()))
        if words and at >= 0:
            # A one-word quote such as "GPU" is enough to be in a sentence.
            yield at, max(at + len(words), at + 4)


def _inside(text: str, quote: str, quantity: Quantity) -> bool:
    start, end = quantity.start, quantity.end
    return any(a <= start + 2 and end <= b + 2 for a, b in _spans(text, quote))


def _fitted(rows: Sequence[Row], c: float) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression over named features."""
    met = Counter(name for features, _ in rows for name in set(features))
    right = Counter(name for features, hit in rows if hit for name in set(features))
    known = sorted(name for name, n in met.items() if n >= MET and _enough(name, right))
    column = {name: at for at, name in enumerate(known)}
    columns = [sorted({column[n] for n in features if n in column}) for features, _ in rows]
    ends: Any = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    flat = np.array([at for row in columns for at in row], dtype=np.int32)
    share = np.array([WORDS_COUNT if "|" in name else 1.0 for name in known])
    matrix = csr_matrix((share[flat], flat, ends), shape=(len(rows), len(known)))
    model = LogisticRegression(C=c, solver="liblinear", max_iter=400, random_state=0)
    model.fit(matrix, [hit for _, hit in rows])
    weights = model.coef_[0] * share
    return float(model.intercept_[0]), dict(zip(known, weights.tolist(), strict=True))


def _enough(name: str, right: Mapping[str, int]) -> bool:
    _, bar, words = name.partition("|")
    return not bar or right[name] >= (MET_PAIR if " " in words else MET)


def _split(bias: float, weights: Mapping[str, float]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Weights of words, by value, and weights of phrases, which all values share."""
    names = sorted({name.partition("|")[0] for name in weights if "|" in name})
    at = {name: number for number, name in enumerate(names)}
    own: dict[str, list[tuple[int, float]]] = {}
    biases = [bias + weights.get(f"{name}|", 0.0) for name in names]
    shared: dict[str, float] = {}
    for feature, weight in weights.items():
        name, bar, word = feature.partition("|")
        if not bar:
            shared[feature] = weight
        elif word:
            own.setdefault(word, []).append((at[name], weight))
    return {"choices": _plain(names, biases, own)}, {
        "phrases": _plain(["yes"], [0.0], _single(shared))
    }


def _single(weights: Mapping[str, float]) -> dict[str, list[tuple[int, float]]]:
    return {name: [(0, weight)] for name, weight in weights.items()}


def _plain(
    classes: Sequence[str],
    bias: Iterable[float],
    weights: Mapping[str, Sequence[tuple[int, float]]],
) -> dict[str, Any]:
    """A model as ``checker.text.linear.load_linear`` reads it; faint weights are left out."""
    rows = {
        name: [part for at, weight in row if (w := round(weight * SCALE)) for part in (at, w)]
        for name, row in sorted(weights.items())
    }
    return {
        "classes": list(classes),
        "bias": [round(b * SCALE) for b in bias],
        "scale": SCALE,
        "weights": {name: row for name, row in rows.items() if row},
    }
