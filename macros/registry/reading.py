"""Macros that lead a reader: the home page, practice, tags and related pages."""

from collections.abc import Callable

from checker.knowledge.model import Scenario
from macros.draw import home, practise, scenarios, see_also, tag_explorer
from macros.draw.html import Html
from macros.registry.declaration import Site, macro


@macro("practice", takes="pages")
def _practice(site: Site, page: str, of: str) -> Html:
    drawn = _scenarios(site, page, lambda scenario: scenario.page.partition("#")[0] == of)
    return practise.with_link(drawn, of, site.inputs.practise, site.known, page)


@macro("practice_all", takes="decisions")
def _practice_all(site: Site, page: str, decision: str) -> Html:
    return _scenarios(site, page, lambda scenario: scenario.decision == decision)


def _scenarios(site: Site, page: str, wanted: Callable[[Scenario], bool]) -> Html:
    chosen = [(key, found) for key, found in site.known.scenarios.items() if wanted(found)]
    return scenarios.practice(chosen, site.known, page, site.source)


@macro("practise_page")
def _practise_page(site: Site, page: str) -> Html:
    return practise.practise_page(site.inputs.practise, site.known, site.inputs.runtime, page)


@macro("practise_coverage")
def _practise_coverage(site: Site, page: str) -> Html:
    return practise.coverage(site.inputs.practise, site.known)


@macro("see_also", takes="pages")
def _see_also(site: Site, page: str, path: str) -> Html:
    return see_also.see_also(path, site.connections, site.known)


@macro("tag_vocabulary")
def _tag_vocabulary(site: Site, page: str) -> Html:
    return tag_explorer.vocabulary(site.known, page)


@macro("tag_explorer")
def _tag_explorer(site: Site, page: str) -> Html:
    return tag_explorer.explorer(site.known, site.tagged, page)


@macro("home_ask")
def _home_ask(site: Site, page: str, *examples: str) -> Html:
    return home.ask(examples, page)


@macro("home_verdict", takes="decisions", first_only=True)
def _home_verdict(site: Site, page: str, decision: str, query: str) -> Html:
    return home.verdict_card(decision, query, site.known, page)


@macro("home_proof")
def _home_proof(site: Site, page: str) -> Html:
    return home.proof(site.known)


@macro("recent_changes")
def _recent_changes(site: Site, page: str) -> Html:
    return home.recent_changes(site.known, page)
