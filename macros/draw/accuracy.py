"""How well texts are read, as ``python -m macros accuracy`` measured it last."""

from collections.abc import Mapping
from typing import Any

from checker.knowledge.model import Knowledge
from macros.draw.html import Html, boxed_table, data_row, head_row, lines

# Figures of the file, each with what a column calls it.
_VERDICTS = {
    "right": "Right",
    "recommends": "Names an option",
    "right when it recommends": "Of these right",
    "decides": "Decides",
    "right when it decides": "Of these right",
    "one more": "Right after one question",
}
_READINGS = {
    "honest": "Readings right",
    "numbers": "Numbers placed",
    "lost": "Numbers lost",
}
_ROWS = {"none": "Another subject", "unseen": "Texts that teach nothing", "all": "All"}


def accuracy_table(figures: Mapping[str, Any], known: Knowledge) -> Html:
    """One row for each decision, and for other subjects, texts kept for measuring, and all.

    Two tables, because one with all columns fits on no screen.
    """
    names = [name for name in (*known.decisions, *_ROWS) if name in figures]
    labels = {name: decision.label for name, decision in known.decisions.items()} | _ROWS
    verdicts = [
        data_row(labels[n], f"{figures[n]['right']['of']:,}", *_shares(figures[n], _VERDICTS))
        for n in names
    ]
    readings = [
        data_row(labels[n], *_shares(figures[n], _READINGS), str(figures[n]["hard"]["count"]))
        for n in names
    ]
    return lines(
        _table("How often the verdict is right", ("Texts", *_VERDICTS.values()), verdicts),
        _table("How well the words are read", (*_READINGS.values(), "Limits broken"), readings),
    )


def _table(caption: str, columns: tuple[str, ...], rows: list[Html]) -> Html:
    return boxed_table(caption, head_row("Decision", *columns), rows, "figures")


def _shares(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[str]:
    return [f"{row[name]['percent']}\u00a0%" if name in row else "–" for name in columns]
