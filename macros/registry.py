"""Every macro that a page may call, declared once: its name, its arguments, what it draws.

The knowledge is read and checked once a build; a page's place comes from the ``page`` that both
engines put into the template context.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from checker.knowledge.model import Knowledge, Scenario
from macros.build import DOWNLOAD, VERDICT_SCHEMA, Inputs, build_inputs, write_known_verdicts
from macros.draw import (
    accuracy,
    audit,
    capabilities,
    changes,
    checker_form,
    checker_frame,
    checker_hub,
    configuration,
    cost,
    decision_map,
    decision_tree,
    downloads,
    facts,
    home,
    options,
    practise,
    rules,
    scenarios,
    see_also,
    status,
    tables,
    tag_explorer,
)
from macros.draw.edit_links import NOWHERE, SourceLinks, repository_address
from macros.draw.html import Html, el, lines
from macros.files import DOCS, FAULT_TABLE, FIGURES, SOURCE, write_if_changed
from macros.pages import related
from macros.pages.checks import Takes
from macros.pages.sections import Tagged, tagged_sections
from macros.pages.source import Page, read_pages
from macros.pages.urls import for_zensical, relative_url
from macros.practise.write import PUBLISHED
from macros.site.serve import forget_built, last_good


@dataclass(frozen=True)
class Site:
    """What all macros of a build share."""

    inputs: Inputs
    pages: Mapping[str, Page]
    source: SourceLinks = NOWHERE
    verdicts: frozenset[str] = frozenset()

    @property
    def known(self) -> Knowledge:
        """The checked knowledge."""
        return self.inputs.knowledge

    @cached_property
    def tagged(self) -> Tagged:
        """Every tagged section."""
        return tagged_sections(self.pages)

    @cached_property
    def _checker(self) -> checker_frame.Shared:
        return checker_frame.shared(self.known, self.pages)

    def frame(self, page: str) -> checker_frame.Frame:
        """What a page of the checker is drawn from."""
        runtime = self.inputs.runtime
        return checker_frame.Frame(self.known, runtime, page, self._checker, self.verdicts)

    @cached_property
    def connections(self) -> related.Connections:
        """What each page leads to."""
        return related.connect(self.pages, self.tagged)


type Draw = Callable[..., Html]


@dataclass(frozen=True)
class Macro:
    """One macro: ``draw(site, page, *arguments)``, and what its arguments name."""

    draw: Draw
    takes: Takes


MACROS: dict[str, Macro] = {}


def _macro(
    name: str, takes: str = "", second: str = "", *, first_only: bool = False
) -> Callable[[Draw], Draw]:
    """Declare a macro; ``takes`` is the section of the knowledge that its arguments name, and
    ``second`` that of the second one, where it is another."""

    def declare(draw: Draw) -> Draw:
        MACROS[name] = Macro(draw, Takes(takes, first_only, second))
        return draw

    return declare


def macro_arguments() -> dict[str, Takes]:
    """What the arguments of each macro name, for the checks of the pages."""
    return {name: macro.takes for name, macro in MACROS.items()}


@_macro("fact", takes="facts")
def _fact(site: Site, page: str, reference: str) -> Html:
    return facts.fact_value(reference, site.known, page)


@_macro("statement", takes="facts")
def _statement(site: Site, page: str, reference: str) -> Html:
    return facts.statement(reference, site.known, page)


@_macro("exam_view", takes="facts")
def _exam_view(site: Site, page: str, *ids: str) -> Html:
    return facts.exam_view(ids, site.known, page)


@_macro("status", takes="services")
def _status(site: Site, page: str, name: str) -> Html:
    return status.badge(name, site.known, page)


@_macro("status_board")
def _status_board(site: Site, page: str) -> Html:
    return status.status_board(site.known, page)


@_macro("exam_dates")
def _exam_dates(site: Site, page: str) -> Html:
    return status.exam_dates(site.known, page)


@_macro("change_list")
def _change_list(site: Site, page: str) -> Html:
    return changes.change_list(site.known, page)


@_macro("table", takes="tables")
def _table(site: Site, page: str, name: str) -> Html:
    return tables.comparison(name, site.known, page, site.source)


@_macro("capability_table", takes="decisions")
def _capability_table(site: Site, page: str, decision: str) -> Html:
    return capabilities.capability_table(decision, site.known, page, site.source)


@_macro("capability", takes="options", second="capabilities")
def _capability(site: Site, page: str, option: str, name: str) -> Html:
    return capabilities.capability(option, name, site.known, page)


@_macro("limits_table")
def _limits_table(site: Site, page: str) -> Html:
    drawn = tables.limits_list(site.known, site.source)
    script = relative_url("assets/facts.js", page)
    return lines(drawn, el("script", {"type": "module", "src": script}))


@_macro("disputed_facts")
def _disputed_facts(site: Site, page: str) -> Html:
    return tables.disputed_facts(site.known)


@_macro("limits_of", takes="options")
def _limits_of(site: Site, page: str, option: str) -> Html:
    return rules.limits_of(option, site.known, page)


@_macro("rules_of", takes="decisions")
def _rules_of(site: Site, page: str, decision: str) -> Html:
    return rules.rules_table(decision, site.known, page)


@_macro("practice", takes="pages")
def _practice(site: Site, page: str, of: str) -> Html:
    drawn = _scenarios(site, page, lambda scenario: scenario.page.partition("#")[0] == of)
    return practise.with_link(drawn, of, site.inputs.practise, site.known, page)


@_macro("practice_all", takes="decisions")
def _practice_all(site: Site, page: str, decision: str) -> Html:
    return _scenarios(site, page, lambda scenario: scenario.decision == decision)


def _scenarios(site: Site, page: str, wanted: Callable[[Scenario], bool]) -> Html:
    chosen = [(key, found) for key, found in site.known.scenarios.items() if wanted(found)]
    return scenarios.practice(chosen, site.known, page, site.source)


@_macro("practise_page")
def _practise_page(site: Site, page: str) -> Html:
    return practise.practise_page(site.inputs.practise, site.known, site.inputs.runtime, page)


@_macro("practise_coverage")
def _practise_coverage(site: Site, page: str) -> Html:
    return practise.coverage(site.inputs.practise, site.known)


@_macro("see_also", takes="pages")
def _see_also(site: Site, page: str, path: str) -> Html:
    return see_also.see_also(path, site.connections, site.known)


@_macro("checker_link", takes="decisions", first_only=True)
def _checker_link(site: Site, page: str, decision: str, query: str, text: str) -> Html:
    return scenarios.checker_link(decision, query, text, page)


@_macro("tag_vocabulary")
def _tag_vocabulary(site: Site, page: str) -> Html:
    return tag_explorer.vocabulary(site.known, page)


@_macro("tag_explorer")
def _tag_explorer(site: Site, page: str) -> Html:
    return tag_explorer.explorer(site.known, site.tagged, page)


@_macro("decision_map")
def _decision_map(site: Site, page: str) -> Html:
    return decision_map.decision_map(site.known, page)


@_macro("decision_diagram", takes="decisions")
def _decision_diagram(site: Site, page: str, decision: str) -> Html:
    return decision_tree.diagram(decision, site.known, page)


@_macro("reading_accuracy")
def _reading_accuracy(site: Site, page: str) -> Html:
    return accuracy.accuracy_table(json.loads(FIGURES.read_bytes()), site.known)


@_macro("configuration_checker")
def _configuration_checker(site: Site, page: str) -> Html:
    return configuration.configuration_checker(site.inputs.runtime, page)


@_macro("fault_table")
def _fault_table(site: Site, page: str) -> Html:
    return configuration.fault_table(json.loads(FAULT_TABLE.read_bytes()))


@_macro("fault_counts")
def _fault_counts(site: Site, page: str) -> Html:
    return configuration.fault_counts(json.loads(FAULT_TABLE.read_bytes()))


@_macro("home_ask")
def _home_ask(site: Site, page: str, *examples: str) -> Html:
    return home.ask(examples, page)


@_macro("home_verdict", takes="decisions", first_only=True)
def _home_verdict(site: Site, page: str, decision: str, query: str) -> Html:
    return home.verdict_card(decision, query, site.known, page)


@_macro("home_proof")
def _home_proof(site: Site, page: str) -> Html:
    return home.proof(site.known)


@_macro("recent_changes")
def _recent_changes(site: Site, page: str) -> Html:
    return home.recent_changes(site.known, page)


@_macro("audit_table")
def _audit_table(site: Site, page: str) -> Html:
    return audit.audit_table(site.known)


@_macro("cost_comparison")
def _cost_comparison(site: Site, page: str) -> Html:
    return cost.comparison(site.known, site.inputs.runtime, page)


@_macro("cost_formulas")
def _cost_formulas(site: Site, page: str) -> Html:
    return cost.formulas()


@_macro("price_list")
def _price_list(site: Site, page: str) -> Html:
    return cost.price_list(site.known)


@_macro("downloads")
def _downloads(site: Site, page: str) -> Html:
    files = {
        site.inputs.runtime.download: "the checker as a Python package without dependencies, "
        "with the knowledge inside; install it with pip and run python -m checker",
        DOWNLOAD: "everything that this site knows, as JSON",
        "data/knowledge.schema.json": "the JSON Schema of its source",
        VERDICT_SCHEMA: "the JSON Schema of a verdict, as --json prints it",
    }
    return downloads.downloads(files, DOCS, page)


@_macro("checker", takes="decisions")
def _checker(site: Site, page: str, decision: str) -> Html:
    return checker_form.checker(decision, site.frame(page))


@_macro("checker_hub")
def _checker_hub(site: Site, page: str) -> Html:
    return checker_hub.hub(site.frame(page))


def register(env: Any) -> None:
    """Give the template engine every macro."""
    global _last
    changed, address = _newest(SOURCE.parent, "*.*"), repository_address(env.conf)
    pages = _newest(DOCS, "*.md")
    site, problems = last_good(lambda: _site(changed, pages, address), _last)
    if _last is not None and (problems or site.inputs is not _last.inputs):
        forget_built(Path(env.conf["site_dir"]))
    _last = site
    env.conf["extra"]["problems"] = problems
    for name, macro in MACROS.items():
        env.macro(_with_page(partial(macro.draw, site)), name)


_last: Site | None = None


# Zensical registers the macros for each page: what all pages share is made for the first one.
@lru_cache(maxsize=1)
def _inputs(changed: int) -> Inputs:
    return build_inputs()


@lru_cache(maxsize=1)
def _site(changed: int, pages_changed: int, address: str) -> Site:
    inputs, pages = _inputs(changed), read_pages(DOCS)
    write_if_changed(DOCS / tag_explorer.INDEX, tag_explorer.index_json(pages, inputs.knowledge))
    write_if_changed(DOCS / options.STYLES, options.options_css(inputs.knowledge))
    verdicts = write_known_verdicts(inputs, (page.body for page in pages.values()))
    return Site(inputs, pages, SourceLinks(address, inputs.document), verdicts)


def _newest(folder: Path, names: str) -> int:
    """When one of these files was last written; what a build writes does not count."""
    written = (".schema.json", Path(PUBLISHED).name)
    files = (file for file in folder.rglob(names) if not file.name.endswith(written))
    return max((file.stat().st_mtime_ns for file in files), default=0)


def _with_page(draw: Draw) -> Callable[..., str]:
    """Give a macro the page it is on, by its path below ``docs/``, in MkDocs and Zensical."""

    @pass_context
    def call(context: Context, *arguments: str) -> str:
        page = context["page"]
        if file := getattr(page, "file", None):
            return draw(str(file.src_uri), *arguments)
        return for_zensical(draw(page.path, *arguments), page.path)

    return call
