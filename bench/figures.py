"""Samples of a noisy machine, and tables of them: ratios first, then minimum, median, maximum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One measured thing: its samples, and the ratio to the control that it may have at most."""

    name: str
    samples: tuple[float, ...]
    at_most: float | None = None


def table(title: str, unit: str, rows: Iterable[Row], control: str) -> str:
    """Rows as text; each ratio is of medians, to the row named ``control``."""
    rows = list(rows)
    base = median(next(row.samples for row in rows if row.name == control))
    head = ("ratio", "at most", f"median {unit}", "min", "max", "n", "")
    cells = [head, *(_cells(row, base) for row in rows)]
    return f"\n{title}\n{aligned(cells)}"


def _cells(row: Row, base: float) -> tuple[str, ...]:
    middle = median(row.samples)
    ratio = middle / base if base else 0.0
    bound = "" if row.at_most is None else f"{row.at_most:g} {_word(ratio <= row.at_most)}"
    numbers = (middle, min(row.samples), max(row.samples))
    shown = tuple(number(value) for value in numbers)
    return (f"{ratio:.2f}", bound, *shown, str(len(row.samples)), row.name)


def _word(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def number(value: float) -> str:
    """Three significant digits below a thousand, separators above."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def bound(title: str, unit: str, samples: Sequence[float], at_most: float) -> str:
    """One line for a measurement that has its own bound and no control."""
    middle = median(samples)
    span = f"{number(min(samples))} to {number(max(samples))}"
    kept = _word(middle <= at_most)
    return (
        f"{title}: {number(middle)} {unit} ({span}, n={len(samples)}), at most {at_most:g}: {kept}"
    )


def aligned(cells: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the last one is left as it is."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]) - 1)]
    lines = (
        "  ".join(
            [*(cell.rjust(width) for cell, width in zip(row[:-1], widths, strict=True)), row[-1]]
        )
        for row in cells
    )
    return "\n".join(f"  {line}".rstrip() for line in lines)
