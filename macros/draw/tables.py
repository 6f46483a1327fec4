"""Tables from the YAML: comparisons, limits, disputed facts."""

from collections.abc import Iterable, Mapping

from checker.formatting import spell_measure
from checker.knowledge.model import Dispute, Fact, Knowledge, Row, Table
from checker.knowledge.references import REFERENCE, measure
from macros.draw.edit_links import NOWHERE, SourceLinks
from macros.draw.facts import owner, sentence, source_links, with_code
from macros.draw.html import Html, boxed_table, data_row, el, head_row, join, lines
from macros.pages.urls import relative_url


def comparison(table_id: str, known: Knowledge, page: str, source: SourceLinks = NOWHERE) -> Html:
    """A comparison table with its sources as notes below."""
    table = known.tables[table_id]
    notes = _notes(table, known)
    rows = [_row(table_id, row, notes, known) for row in table.rows]
    head = head_row(table.corner, *table.columns)
    drawn = boxed_table(table.caption, head, rows, "comparison", f"table-{table_id}")
    edit = source.edit("tables", table_id, table.caption, "Edit this table")
    under = el("p", {"class": "table-edit"}, edit) if edit else Html("")
    return lines(drawn, _note_list(table_id, notes, known, page), under)


def _notes(table: Table, known: Knowledge) -> Mapping[str, int]:
    """The facts that the cells cite, numbered in reading order."""
    cited = (ref for row in table.rows for cell in row.cells for ref in REFERENCE.findall(cell))
    keys = dict.fromkeys(owner(reference, known)[0] for reference in cited)
    return {key: number for number, key in enumerate(keys, start=1)}


def _row(table_id: str, row: Row, notes: Mapping[str, int], known: Knowledge) -> Html:
    cells = [_cell(table_id, cell, notes, known) for cell in row.cells]
    return data_row(with_code(row.label), *cells)


def _cell(table_id: str, text: str, notes: Mapping[str, int], known: Knowledge) -> Html:
    parts = REFERENCE.split(text)
    return join(
        [_cited(table_id, p, notes, known) if i % 2 else with_code(p) for i, p in enumerate(parts)]
    )


def _cited(table_id: str, reference: str, notes: Mapping[str, int], known: Knowledge) -> Html:
    number = notes[owner(reference, known)[0]]
    shown = spell_measure(*measure(reference, known)).replace(" ", "\u00a0")
    link = el(
        "a", {"href": f"#{table_id}-note-{number}", "aria-label": f"Source {number}"}, str(number)
    )
    return join([shown, el("sup", {"class": "note-mark", "data-search-exclude": True}, link)])


def _note_list(table_id: str, notes: Mapping[str, int], known: Knowledge, page: str) -> Html:
    if not notes:
        return Html("")
    items = []
    for key, number in notes.items():
        fact = known.facts[key]
        label = el("a", {"href": relative_url(f"limits.md#{key}", page)}, fact.label)
        body = [label, ": ", *source_links(fact, known)]
        items.append(el("li", {"id": f"{table_id}-note-{number}"}, *body))
    return el("ol", {"class": "table-notes", "data-search-exclude": True}, lines(*items))


def limits_list(known: Knowledge, source: SourceLinks = NOWHERE) -> Html:
    """Every fact in folds by topic, with values, sources, the day it was checked, and a filter."""
    topics = dict.fromkeys(fact.topic for fact in known.facts.values())
    sections = [_topic(topic, known, source) for topic in topics]
    kinds = dict.fromkeys(fact.kind for fact in known.facts.values())
    body = el("fact-filter", None, "\n", _filter(kinds), "\n", lines(*sections), "\n")
    # Markdown knows no custom elements: inside a div it leaves them as they are.
    return el("div", None, body)


def _filter(kinds: Iterable[str]) -> Html:
    """Words and kinds to narrow the list; shown once the page's script is there."""
    words = {"id": "fact-words", "type": "search", "autocomplete": "off"}
    boxes = [
        el(
            "label",
            {"class": "explorer__tag"},
            el("input", {"type": "checkbox", "name": "kind", "value": kind}),
            f" {kind.replace('-', ' ')}",
        )
        for kind in kinds
    ]
    form = {"class": "fact-filter", "role": "search", "aria-label": "Limits and facts"}
    return el(
        "form",
        {**form, "hidden": True, "data-search-exclude": True},
        lines(
            el("label", {"for": "fact-words"}, "Filter by words"),
            el("input", {**words, "placeholder": "serverless payload"}),
            el("div", {"class": "explorer__boxes"}, lines(*boxes)),
            el("p", {"class": "fact-filter__count", "role": "status"}),
        ),
    )


_TOPICS = {
    "deployment-options": "Inference options and endpoints",
    "autoscaling": "Auto scaling",
    "experiments": "Experiments and MLflow",
    "tensorboard": "TensorBoard and Debugger",
    "registry": "Model Registry",
    "cicd": "Pipelines and CI/CD",
    "iac": "Infrastructure as code",
    "exam": "Exams and naming",
}


def _topic(topic: str, known: Knowledge, source: SourceLinks) -> Html:
    """The facts of a topic behind a fold, which a link to one of them opens."""
    name = _TOPICS.get(topic) or topic.capitalize()
    rows = [_fact_row(k, f, known, source) for k, f in known.facts.items() if f.topic == topic]
    count = el("span", {"class": "fact-topic__count", "data-search-exclude": True}, str(len(rows)))
    summary = el("summary", None, el("h2", {"id": topic}, name), " ", count)
    return el("details", {"class": "fact-topic"}, lines(summary, *rows))


def _fact_row(key: str, fact: Fact, known: Knowledge, source: SourceLinks) -> Html:
    """One fact; its name is a heading, so that the search lists it as a separate entry."""
    kind = el("p", {"class": f"kind kind--{fact.kind}"}, fact.kind.replace("-", " "))
    means = el("p", {"class": "fact-row__means"}, join([sentence(fact, known), *_extras(fact)]))
    edit = source.edit("facts", key, fact.label)
    # The id has the words that the field's own name may lack: a payload is a "largest request".
    named = el("code", None, key)
    sources = el(
        "p", {"class": "fact-row__source"}, *source_links(fact, known), " ", named, " ", edit
    )
    value = el("div", {"class": "fact-row__value"}, _values(fact))
    heading = el("h3", {"id": key}, fact.label)
    data = {"class": "fact-row", "data-kind": fact.kind}
    return el("div", data, lines(heading, value, means, kind, sources))


def _values(fact: Fact) -> Html:
    shown = [spell_measure(fact.value, fact.unit)] if fact.value is not None else []
    for name, part in fact.parts.items():
        label = part.label or name.replace("_", " ")
        shown.append(f"{label}: {spell_measure(part.value, part.unit)}")
    return lines(*(el("div", None, item.replace(" ", "\u00a0", 1)) for item in shown))


def _extras(fact: Fact) -> Iterable[Html]:
    if fact.note:
        yield join([" ", with_code(fact.note)])
    if fact.disputed:
        yield el("span", {"class": "fact__mark"}, " Sources disagree.")


def disputed_facts(known: Knowledge) -> Html:
    """Every fact on which published sources disagree: winner, loser, who says what."""
    rows = [_disputed_row(k, f, known) for k, f in known.facts.items() if f.disputed]
    head = head_row("Fact", "We use", "Also published", "Checked")
    return boxed_table("Facts on which AWS's own sources disagree", head, rows, "facts")


def _disputed_row(key: str, fact: Fact, known: Knowledge) -> Html:
    ours = join([_values(fact) or sentence(fact, known), "\n", *source_links(fact, known)[:1]])
    others = lines(*(_dispute(dispute, known) for dispute in fact.disputed))
    checked = el("time", {"datetime": fact.checked}, fact.checked)
    return data_row(fact.label, ours, others, checked, row_id=key)


def _dispute(dispute: Dispute, known: Knowledge) -> Html:
    links = []
    for citation in dispute.sources:
        source = known.sources[citation.source]
        links.append(el("a", {"href": source.url}, source.title) if source.url else source.title)
    value = el("strong", None, spell_measure(dispute.value, dispute.unit))
    return el("div", None, value, ": ", with_code(dispute.says), " (", join(links, "; "), ")")
