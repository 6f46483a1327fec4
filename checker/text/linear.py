"""A linear model applied in plain Python: named features in, scores by class out.

Trained elsewhere (``macros/training``) and kept as a file: weights are whole numbers, in parts of
``scale``, so that the file stays small and every machine computes the same.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature: for each the classes that it speaks on, and how much."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the weights, class by class; a feature said twice counts once."""
        total = list(self.bias)
        # In their order, so that every machine adds up the same.
        for name in dict.fromkeys(features):
            for at, weight in self.weights.get(name, ()):
                total[at] += weight
        return total


def load_linear(plain: Mapping[str, object]) -> Linear:
    """A model from its file.

    It holds ``classes``, ``bias``, ``scale``, and ``weights``: ``{feature: [class, weight, ...]}``.
    """
    scale = float(plain["scale"])  # type: ignore[arg-type]
    rows: Mapping[str, Sequence[int]] = plain["weights"]  # type: ignore[assignment]
    return Linear(
        tuple(plain["classes"]),  # type: ignore[arg-type]
        tuple(b / scale for b in plain["bias"]),  # type: ignore[attr-defined]
        {
            name: tuple((row[i], row[i + 1] / scale) for i in range(0, len(row), 2))
            for name, row in rows.items()
        },
    )


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as probabilities that sum up to one."""
    top = max(scores.values())
    parts = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def sigmoid(score: float) -> float:
    """One score as a probability."""
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    return math.exp(score) / (1 + math.exp(score))
