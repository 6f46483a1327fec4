"""Cells of a table row by column name: ``cells`` as a mapping, read as the list that it means.

After this a row has its cells in the order of the columns, however it is written, and each cell
has the line on which it is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.problems import Problem, did_you_mean
from macros.knowledge.yaml_lines import Path_, YamlSource

# The text of a cell that is told as missing, so that it is not told as empty too.
_ABSENT = "(missing)"


def by_position(document: YamlSource) -> YamlSource:
    """The document with each row's cells as a list; unknown and missing columns are problems."""
    rows = list(_named_rows(document.data))
    if not rows:
        return document
    lines, problems = dict(document.lines), list(document.problems)
    tables = dict(document.data["tables"])
    for key, number, columns in rows:
        table = tables[key]
        row = table["rows"][number]
        path: Path_ = ("tables", key, "rows", number)
        problems += _column_problems(document, path, row, columns)
        cells = row["cells"]
        for index, column in enumerate(columns):
            lines[(*path, "cells", index)] = lines.get((*path, "cells", column), lines[path])
        listed = {**row, "cells": [cells.get(column, _ABSENT) for column in columns]}
        changed = [*table["rows"][:number], listed, *table["rows"][number + 1 :]]
        tables[key] = {**table, "rows": changed}
    data = {**document.data, "tables": tables}
    return replace(document, data=data, lines=lines, problems=tuple(problems))


def _named_rows(data: Any) -> Iterator[tuple[str, int, Sequence[str]]]:
    """The table, the number and the columns of each row whose cells are a mapping."""
    tables = data.get("tables") if isinstance(data, dict) else None
    for key, table in tables.items() if isinstance(tables, dict) else ():
        columns = table.get("columns") if isinstance(table, dict) else None
        rows = table.get("rows") if isinstance(table, dict) else None
        if isinstance(columns, list) and isinstance(rows, list):
            for number, row in enumerate(rows):
                if isinstance(row, dict) and isinstance(row.get("cells"), dict):
                    yield key, number, [str(column) for column in columns]


def _column_problems(
    document: YamlSource, path: Path_, row: Mapping[str, Any], columns: Sequence[str]
) -> Iterator[Problem]:
    where, label = "/".join(map(str, path)), row.get("label")
    hints = {name: did_you_mean(name, columns) for name in row["cells"] if name not in columns}
    for name, hint in hints.items():
        place = document.place((*path, "cells", name))
        yield Problem("K005", place, f"{where}/cells: unknown column '{name}'", hint)
    for column in columns:
        # A misspelled column is reported once, as the unknown one.
        if column not in row["cells"] and not any(column in hint for hint in hints.values()):
            message = f"{where}: row '{label}': no cell for column '{column}'"
            yield Problem("K050", document.place(path), message, "one cell for each column")
