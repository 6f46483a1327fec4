"""Cells of a table by column name: the same as by position, and each fault on its line."""

import json
from pathlib import Path

import pytest
from jsonschema import ValidationError, validate

from macros.knowledge.reading import KnowledgeError, read_knowledge
from macros.knowledge.schema import json_schemas
from macros.knowledge.table_cells import by_position
from macros.knowledge.yaml_lines import read_yaml
from tests import excerpt, support

KEY = excerpt.table()
ROW = """    - label: By name
      cells:
        Serverless: Four {serverless.max_payload}
        Asynchronous: Two
        Batch transform: Three
        Real-time endpoint: One
"""


def written(root: Path, row: str) -> Path:
    """The excerpt with this row first in its table."""
    rows = "    rows:\n"
    before, found, after = excerpt.text().partition(rows)
    assert found
    return excerpt.write(root, f"{before}{rows}{row}{after}")


def told(root: Path, row: str) -> list[tuple[str, str, str, str]]:
    """Each problem: its code, the text of its line, message and hint."""
    source = written(root, row)
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, root)
    lines = source.read_text(encoding="utf-8").splitlines()
    return [
        (p.code, lines[int(p.where.rpartition(":")[2]) - 1].strip(), p.message, p.hint)
        for p in caught.value.problems
    ]


def test_cells_by_name_are_in_the_order_of_the_columns(tmp_path: Path) -> None:
    table = read_knowledge(written(tmp_path, ROW), tmp_path).tables[KEY]
    expected = {"Real-time endpoint": "One", "Asynchronous": "Two", "Batch transform": "Three"}
    expected["Serverless"] = "Four {serverless.max_payload}"
    assert table.rows[0].cells == tuple(expected[column] for column in table.columns)


def test_an_unknown_column_is_reported_once_with_the_nearest_one(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, ROW.replace("Asynchronous:", "Asynchronos:"))
    where = f"tables/{KEY}/rows/0/cells"
    assert problem == (
        "K005", "Asynchronos: Two", f"{where}: unknown column 'Asynchronos'",
        "did you mean Asynchronous?",
    )  # fmt: skip


def test_each_missing_column_is_reported_with_its_row(tmp_path: Path) -> None:
    short = ROW.replace("        Asynchronous: Two\n        Batch transform: Three\n", "")
    found = told(tmp_path, short)
    assert {(code, hint) for code, _, _, hint in found} == {("K050", "one cell for each column")}
    assert [message.partition(": ")[2] for _, _, message, _ in found] == [
        "row 'By name': no cell for column 'Asynchronous'",
        "row 'By name': no cell for column 'Batch transform'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("max_payload", "max_paylod", "K021"), ("Four {serverless.max_payload}", "[4]", "K007")],
)
def test_a_fault_in_a_cell_is_on_the_line_of_the_cell(
    old: str, new: str, code: str, tmp_path: Path
) -> None:
    row = ROW.replace(old, new)
    (line,) = [line.strip() for line in row.splitlines() if "Serverless" in line]
    assert {(code_, at) for code_, at, _, _ in told(tmp_path, row)} == {(code, line)}


def test_editors_accept_both_forms() -> None:
    schema = json.loads(json_schemas()["knowledge.schema.json"])
    cells = {**schema["$defs"]["Row"]["properties"]["cells"], "$defs": schema["$defs"]}
    for accepted in (["a", "b"], {"A": "a", "B": "b"}):
        validate(accepted, cells)
    for refused in ("a", {"A": 1}, [["a"]]):
        with pytest.raises(ValidationError):
            validate(refused, cells)


@pytest.mark.parametrize(
    "text",
    ["x", "tables: x", "tables: {t: x}", "tables: {t: {columns: x, rows: [{cells: {}}]}}",
     "tables: {t: {columns: [A], rows: x}}", "tables: {t: {columns: [A], rows: [x]}}"],
)  # fmt: skip
def test_what_is_no_table_is_left_to_the_schema(text: str) -> None:
    document = read_yaml(text, "file")
    assert by_position(document) is document


def test_every_table_is_read_as_lists() -> None:
    tables = support.document().data["tables"].values()
    assert all(isinstance(row["cells"], list) for table in tables for row in table["rows"])
