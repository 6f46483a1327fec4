"""Macros that show data: facts, life cycles, changes, tables, prices and downloads."""

from macros.build import DOWNLOAD, VERDICT_SCHEMA
from macros.draw import capabilities, changes, cost, downloads, facts, status, tables
from macros.draw.html import Html, el, join, lines
from macros.files import DOCS
from macros.pages.urls import relative_url
from macros.registry.declaration import Site, macro


@macro("fact", takes="facts")
def _fact(site: Site, page: str, reference: str) -> Html:
    return facts.fact_value(reference, site.known, page)


@macro("statement", takes="facts")
def _statement(site: Site, page: str, reference: str) -> Html:
    return facts.statement(reference, site.known, page)


@macro("exam_view", takes="facts")
def _exam_view(site: Site, page: str, *ids: str) -> Html:
    return facts.exam_view(ids, site.known, page)


@macro("status", takes="services")
def _status(site: Site, page: str, name: str) -> Html:
    return status.badge(name, site.known, page)


@macro("status_board")
def _status_board(site: Site, page: str) -> Html:
    return status.status_board(site.known, page)


@macro("exam_dates")
def _exam_dates(site: Site, page: str) -> Html:
    return status.exam_dates(site.known, page)


@macro("change_list")
def _change_list(site: Site, page: str) -> Html:
    return changes.change_list(site.known, page)


@macro("table", takes="tables")
def _table(site: Site, page: str, name: str) -> Html:
    return tables.comparison(name, site.known, page, site.source)


@macro("capability_table", takes="decisions")
def _capability_table(site: Site, page: str, decision: str) -> Html:
    return capabilities.capability_table(decision, site.known, page, site.source)


@macro("capability", takes="options", second="capabilities")
def _capability(site: Site, page: str, option: str, name: str) -> Html:
    return capabilities.capability(option, name, site.known, page)


@macro("limits_table")
def _limits_table(site: Site, page: str) -> Html:
    drawn = tables.limits_list(site.known, site.source)
    script = relative_url("assets/facts.js", page)
    return lines(drawn, el("script", {"type": "module", "src": script}))


@macro("disputed_facts")
def _disputed_facts(site: Site, page: str) -> Html:
    return tables.disputed_facts(site.known)


@macro("literal")
def _literal(site: Site, page: str, text: str) -> Html:
    return join([text])


@macro("price_list")
def _price_list(site: Site, page: str) -> Html:
    return cost.price_list(site.known)


@macro("downloads")
def _downloads(site: Site, page: str) -> Html:
    files = {
        site.inputs.runtime.download: "the checker as a Python package without dependencies, "
        "with the knowledge inside; install it with pip and run python -m checker",
        DOWNLOAD: "everything that this site knows, as JSON",
        "data/knowledge.schema.json": "the JSON Schema of its source",
        VERDICT_SCHEMA: "the JSON Schema of a verdict, as --json prints it",
    }
    return downloads.downloads(files, DOCS, page)
