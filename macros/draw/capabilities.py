"""The capability matrix as tables, and one cell of it as words of a sentence."""

from collections.abc import Mapping

from checker.formatting import spell_measure
from checker.knowledge.model import Capability, Cell, Knowledge
from checker.knowledge.references import measure
from macros.draw.edit_links import NOWHERE, SourceLinks
from macros.draw.facts import source_links
from macros.draw.html import Html, boxed_table, code, data_row, el, head_row, join, lines
from macros.pages.urls import relative_url

PAGE = "reference/capabilities.md"
_WORDS = {
    "yes": "Yes",
    "no": "No",
    "limit": "",
    "undocumented": "Not documented",
    "disputed": "Disputed",
}


def capability_table(
    decision: str, known: Knowledge, page: str, source: SourceLinks = NOWHERE
) -> Html:
    """What each option of a decision can do: a row for each capability, with its sources."""
    options = known.decisions[decision].options
    mine = {k: c for k, c in known.capabilities.items() if options[0] in c.cells}
    cells = [capability.cells[o] for capability in mine.values() for o in options]
    notes = {fact: n for n, fact in enumerate(dict.fromkeys(c.fact for c in cells if c.fact), 1)}
    rows = [_row(decision, key, c, options, notes, known, source) for key, c in mine.items()]
    caption = f"What the options can do: {known.decisions[decision].label.lower()}"
    head = head_row("Capability", *(known.options[option].label for option in options))
    table = boxed_table(caption, head, rows, "comparison capabilities", f"capabilities-{decision}")
    return lines(table, _notes(decision, notes, known, page))


def _row(
    decision: str,
    key: str,
    capability: Capability,
    options: tuple[str, ...],
    notes: Mapping[str, int],
    known: Knowledge,
    source: SourceLinks,
) -> Html:
    drawn = [_cell(decision, capability.cells[o], notes, known) for o in options]
    edit = source.edit("capabilities", key, capability.label)
    return data_row(join([capability.label, " ", edit]), *drawn, row_id=f"{decision}-{key}")


def _cell(decision: str, cell: Cell, notes: Mapping[str, int], known: Knowledge) -> Html:
    words = [_WORDS[cell.state], _limit(cell, known), cell.says or ""]
    state = ", ".join(word for word in words if word)
    parts: list[str] = [el("span", {"class": "cell__state"}, state)]
    if cell.fact:
        number = notes[cell.fact]
        target = {"href": f"#{decision}-source-{number}", "aria-label": f"Source {number}"}
        link = el("a", target, str(number))
        parts.append(el("sup", {"class": "note-mark", "data-search-exclude": True}, link))
    for path, mark in ((cell.has, "API has"), (cell.lacks, "API has no")):
        if path:
            parts.append(_member(mark, path.partition("/")[2]))
    return el("span", {"class": f"cell cell--{cell.state}"}, *parts)


def _member(mark: str, name: str) -> Html:
    """A member of the API model."""
    return el("span", {"class": "cell__api"}, f" {mark} ", code(name))


def _limit(cell: Cell, known: Knowledge) -> str:
    return f"up to {spell_measure(*measure(cell.limit, known))}" if cell.limit else ""


def _notes(decision: str, notes: Mapping[str, int], known: Knowledge, page: str) -> Html:
    items = []
    for key, number in notes.items():
        fact = known.facts[key]
        label = el("a", {"href": relative_url(f"limits.md#{key}", page)}, fact.label)
        body = [label, ": ", *source_links(fact, known)]
        items.append(el("li", {"id": f"{decision}-source-{number}"}, *body))
    return el("ol", {"class": "table-notes", "data-search-exclude": True}, lines(*items))


def capability(option: str, key: str, known: Knowledge, page: str) -> Html:
    """One cell as words of a sentence: "does not support GPUs", with a link to the cell."""
    record = known.capabilities[key]
    cell = record.cells[option]
    decision = known.options[option].decision
    target = relative_url(f"{PAGE}#{decision}-{key}", page)
    words = f"{_PHRASES[cell.state]} {record.noun}"
    if cell.limit:
        words = f"{words} {spell_measure(*measure(cell.limit, known))}"
    if cell.state == "disputed":
        words += " (AWS's sources disagree)"
    return el("a", {"class": "capability", "href": target}, words)


_PHRASES = {
    "yes": "supports",
    "no": "does not support",
    "limit": "supports",
    "undocumented": "is not documented to support",
    "disputed": "supports",
}
