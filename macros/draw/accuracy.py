"""How well texts are read, as ``python -m macros accuracy`` measured it last."""

from collections.abc import Mapping
from typing import Any

from checker.knowledge.model import Knowledge
from macros.draw.html import Html, boxed_table, data_row, head_row

# Figures of the file, each with what a column calls it.
_COLUMNS = {
    "right": "Right",
    "recommends": "Names an option",
    "right when it recommends": "Of these right",
    "decides": "Decides",
    "right when it decides": "Of these right",
    "one more": "Right after one question",
    "honest": "Readings right",
    "numbers": "Numbers placed",
    "lost": "Numbers lost",
}
_ROWS = {"none": "Another subject", "all": "All"}


def accuracy_table(figures: Mapping[str, Any], known: Knowledge) -> Html:
    """One row for each decision, one for texts on other subjects, and one for all."""
    names = [*(name for name in known.decisions if name in figures), *_ROWS]
    labels = {name: decision.label for name, decision in known.decisions.items()} | _ROWS
    rows = [data_row(labels[name], *_cells(figures[name])) for name in names if name in figures]
    head = head_row("Decision", "Texts", *_COLUMNS.values(), "Limits broken")
    return boxed_table("How well texts are read", head, rows, "comparison")


def _cells(row: Mapping[str, Any]) -> list[str]:
    shares = [f"{row[name]['percent']} %" if name in row else "–" for name in _COLUMNS]
    return [f"{row['right']['of']:,}", *shares, str(row["hard"]["count"])]
