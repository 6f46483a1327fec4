"""HTML from plain values: everything is escaped here and nowhere else."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

_VOID = frozenset({"input", "br", "link", "meta"})


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def el(tag: str, attributes: Mapping[str, object] | None = None, *children: str) -> Html:
    """One element; plain children are escaped, None and False attributes left out.

    A newline separates block children so that search does not glue their words together.
    """
    written = "".join(_attribute(name, value) for name, value in (attributes or {}).items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{join(children)}</{tag}>")


def join(children: Iterable[str], glue: str = "") -> Html:
    """Children side by side, the plain ones escaped."""
    return Html(glue.join(c if isinstance(c, Html) else escape(c, quote=False) for c in children))


def lines(*children: str) -> Html:
    """Children on separate lines, for blocks."""
    return join(children, "\n")


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{escape(str(value))}"'


def head_row(*labels: str) -> Html:
    """The column headers of a table."""
    return el("tr", None, lines(*(el("th", {"scope": "col"}, label) for label in labels)))


def data_row(header: str, *cells: str, row_id: str | None = None) -> Html:
    """One row: its header, then its cells."""
    first = el("th", {"scope": "row"}, header)
    return el("tr", {"id": row_id}, lines(first, *(el("td", None, cell) for cell in cells)))


_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\.)")


def code(name: str) -> Html:
    """Code, in which a long name of the API may break between its words and nowhere else."""
    return el("code", None, join(_PARTS.split(name), Html("<wbr>")))


_LABELS = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
_CELL = re.compile(r"<td(?=[ >])")
# Columns beside the header's from which a tablet has no room for the table.
_WIDE = 5


def _named(row: Html, columns: list[str]) -> Html:
    names = iter(columns)

    def named(cell: re.Match[str]) -> str:
        return f"{cell[0]}{_attribute('data-label', next(names, None))}"

    return Html(_CELL.sub(named, row))


def boxed_table(
    caption: str, head: Html, rows: Iterable[Html], kind: str, table_id: str | None = None
) -> Html:
    """A table with caption and headers, in a box that scrolls by keyboard and says what it is.

    Each cell also names its column, for screens so narrow that a row becomes a card.
    """
    columns = [unescape(_TAGS.sub("", label)) for label in _LABELS.findall(head)][1:]
    rows = [_named(row, columns) for row in rows]
    table = el(
        "table",
        {"class": kind, "id": table_id},
        "\n",
        lines(
            el("caption", None, caption),
            el("thead", None, head),
            el("tbody", None, "\n", lines(*rows), "\n"),
        ),
        "\n",
    )
    wide = " table-box--wide" if kind == "comparison" and len(columns) >= _WIDE else ""
    box = {"class": f"table-box{wide}", "role": "region", "aria-label": caption, "tabindex": "0"}
    return el("div", box, "\n", table, "\n")
