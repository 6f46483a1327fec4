"""Trains the ranking with scikit-learn: ``python -m macros train``.

A linear support vector machine, one label against the rest, over stems and pairs of stems. Its
scores are then scaled so that they give probabilities (Platt), on batches that it was not trained
on. The result is a file of rounded weights that ``checker.text.ranking`` applies without a library.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from checker.knowledge.model import Knowledge
from checker.text.ranking import FIRST_LABEL, STATES, ZERO, feature, marks_of
from checker.text.tokens import clean, tokenize
from macros.training.corpus import MODEL, OWN_WORDS, Example, corpus, digest

# Stems, and pairs of them, in fewer texts are not kept.
RARE, RARE_PAIR = 3, 6
# The inverse strength of regularization, and the step to which weights are rounded.
PENALTY, STEP = 0.25, 0.065
FOLDS = 5
MOST = 39

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Rounded weights: ``steps`` has a row for each label and a column for each mark."""

    labels: tuple[str, ...]
    marks: tuple[str, ...]
    bias: Any
    steps: Any

    def scores(self, texts: Sequence[Sequence[str]]) -> Any:
        """The score of each text for each label."""
        at = {mark: i for i, mark in enumerate(self.marks)}
        return _matrix(texts, at) @ (STEP * self.steps.T) + self.bias


def write_model(known: Knowledge, docs: Path) -> str:
    """Train on everything and write the model; returns what was done, as a sentence."""
    texts = corpus(known, docs)
    model = {"trained_on": digest(texts), **train(texts, decisions_of(known))}
    path = docs / MODEL
    path.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return f"{path.name}: {len(texts)} texts, {path.stat().st_size / 1e3:.0f} kB"


def decisions_of(known: Knowledge) -> dict[str, str]:
    """The decision of each option."""
    return {name: option.decision for name, option in known.options.items()}


def train(texts: Sequence[Example], decisions: Mapping[str, str]) -> dict[str, Any]:
    """The model of these texts, as ``checker.text.ranking.Ranker`` reads it.

    Args:
        texts: each with at least one label.
        decisions: the decision of each option.
    """
    marks = [_marks(item.text) for item in texts]
    fitted = _fit(marks, [item.labels[0] for item in texts])
    slope, offsets = _calibrated(texts, marks, fitted.labels)
    columns = [column for column in range(len(fitted.marks)) if fitted.steps[:, column].any()]
    rows = [np.flatnonzero(fitted.steps[:, column]) for column in columns]
    return {
        "labels": [[label, decisions.get(label)] for label in fitted.labels],
        "bias": [round(float(x), 2) for x in slope * fitted.bias + offsets],
        "step": round(slope * STEP, 4),
        "words": "\n".join(fitted.marks[column] for column in columns),
        "where": "\n".join("".join(chr(FIRST_LABEL + i) for i in row) for row in rows),
        "weights": "\n".join(
            "".join(chr(ZERO + int(fitted.steps[i, column])) for i in row)
            for column, row in zip(columns, rows, strict=True)
        ),
    }


# An evaluation trains on the same texts several times.
@cache
def _marks(text: str) -> tuple[str, ...]:
    return tuple(sorted(marks_of(tokenize(clean(text)))))


def _fit(marks: Sequence[Sequence[str]], labels: Sequence[str]) -> _Fitted:
    met = Counter(mark for text in marks for mark in text)
    kept = sorted(mark for mark, n in met.items() if n >= (RARE_PAIR if " " in mark else RARE))
    # Rare marks tell more: the machine may lean on them before it leans on common ones.
    rarity = np.array([(math.log(len(marks) / met[mark]) + 1) / 5 for mark in kept])
    matrix = _matrix(marks, {mark: i for i, mark in enumerate(kept)})
    machine = LinearSVC(C=PENALTY, class_weight="balanced", random_state=0)
    machine.fit(matrix.multiply(rarity).tocsr(), labels)
    steps = np.clip(np.rint(machine.coef_ * rarity / STEP), -MOST, MOST).astype(int)
    return _Fitted(tuple(machine.classes_), tuple(kept), machine.intercept_, steps)


def _matrix(texts: Sequence[Sequence[str]], at: Mapping[str, int]) -> Any:
    places = [(i, at[mark]) for i, text in enumerate(texts) for mark in text if mark in at]
    values = [feature(len(texts[i])) for i, _ in places]
    shape = (len(texts), len(at))
    return csr_matrix((values, tuple(np.array(places).reshape(-1, 2).T)), shape=shape)


def _calibrated(
    texts: Sequence[Example], marks: Sequence[Sequence[str]], labels: Sequence[str]
) -> tuple[float, Any]:
    """The slope and the offset of each label that make the right labels of unseen texts likeliest.

    ``STATES`` have a separate offset: fewer of them are found than there are.
    """
    scores, right = _unseen(texts, marks, labels)
    states = np.isin(labels, STATES)

    def offsets(point: Any) -> Any:
        return point[1] + point[2] * states

    def surprise(point: Any) -> float:
        chances = expit(point[0] * scores + offsets(point))
        chances /= chances.sum(axis=1, keepdims=True)
        return float(-np.log((chances * right).sum(axis=1) + 1e-9).mean())

    best = minimize(surprise, (12.0, 4.0, 1.0), method="Nelder-Mead", options={"maxiter": 90}).x
    return float(best[0]), offsets(best)


def _unseen(
    texts: Sequence[Example], marks: Sequence[Sequence[str]], labels: Sequence[str]
) -> tuple[Any, Any]:
    """The scores of each text by a model trained without its batch, and which labels are right."""
    at = {label: i for i, label in enumerate(labels)}
    scores, right = np.full((len(texts), len(labels)), -9.0), np.zeros((len(texts), len(labels)))
    for known, unseen in GroupKFold(FOLDS).split(marks, groups=[item.batch for item in texts]):
        fitted = _fit([marks[i] for i in known], [texts[i].labels[0] for i in known])
        columns = [at[label] for label in fitted.labels]
        scores[np.ix_(unseen, columns)] = fitted.scores([marks[i] for i in unseen])
    for i, item in enumerate(texts):
        right[i, [at[label] for label in item.labels if label in at]] = 1
    judged = [i for i, item in enumerate(texts) if item.batch != OWN_WORDS]
    return scores[judged], right[judged]
