"""Scenarios as practice: a situation, its answer behind a click, and a link to the checker."""

from collections.abc import Iterable
from urllib.parse import quote

from checker.knowledge.model import Knowledge, Scenario
from macros.draw.edit_links import NOWHERE, SourceLinks
from macros.draw.facts import with_facts
from macros.draw.html import Html, el, lines
from macros.pages.urls import relative_url

_LIST = "scenarios.md"
# As many situations as a topic's page shows before "more", which hides no fewer than so many.
_SHOWN, _WORTH_A_FOLD = 8, 3
_STATES = {
    "nothing-fits": "No option fits.",
    "ask-for-more": "Not enough information to decide.",
    "out-of-scope": "This is outside what the checker decides.",
}


def practice(
    scenarios: Iterable[tuple[str, Scenario]],
    known: Knowledge,
    page: str,
    source: SourceLinks = NOWHERE,
) -> Html:
    """A list of situations, each with its answer behind a click."""
    items = [_item(key, scenario, known, page, source) for key, scenario in scenarios]
    if page == _LIST:
        return _folded(f"{len(items)} situations", _listed(items, page)) if items else Html("")
    if len(items) < _SHOWN + _WORTH_A_FOLD:
        return _listed(items, page)
    more = _folded(
        f"{len(items) - _SHOWN} more situations", _listed(items[_SHOWN:], page, _SHOWN + 1)
    )
    return lines(_listed(items[:_SHOWN], page), more)


def _listed(items: list[Html], page: str, start: int = 1) -> Html:
    # Situations are no answers to a search; the page that lists all of them is.
    data = {
        "class": "practice",
        "data-search-exclude": page != _LIST,
        "start": start if start > 1 else None,
    }
    return el("ol", data, lines(*items)) if items else Html("")


def _folded(title: str, drawn: Html) -> Html:
    """A long list behind its title, so that a page stays short."""
    return el("details", {"class": "practice-fold"}, el("summary", None, title), drawn)


def _item(key: str, scenario: Scenario, known: Knowledge, page: str, source: SourceLinks) -> Html:
    edit = source.edit("scenarios", key, scenario.text, "Edit this scenario")
    answer = el(
        "details",
        None,
        el("summary", None, "Show the answer"),
        el(
            "p",
            None,
            el("strong", None, _expected(scenario, known)),
            " ",
            with_facts(scenario.why, known, page),
        ),
        el("p", None, _try_it(scenario, page), " ", edit),
    )
    origin = el("span", {"class": "kind"}, "from the notes") if scenario.origin == "seed" else ""
    return el("li", {"id": f"scenario-{key}"}, el("p", None, scenario.text, " ", origin), answer)


def _expected(scenario: Scenario, known: Knowledge) -> str:
    if not scenario.expect:
        return _STATES[scenario.state]
    return " or ".join(known.options[option].label for option in scenario.expect) + "."


def _try_it(scenario: Scenario, page: str) -> Html:
    query = "&".join(f"{name}={quote(text)}" for name, text in sorted(scenario.answers.items()))
    return checker_link(scenario.decision, query, "See the checker's verdict", page)


def checker_link(decision: str, query: str, text: str, page: str) -> Html:
    """A link to the checker with answers filled in; ``query`` as in an address."""
    href = checker_href(decision, query, page)
    return el("a", {"class": "checker-link", "href": href}, text)


def checker_href(decision: str, query: str, page: str) -> str:
    """The one place that knows where the checker has a decision's form."""
    return relative_url(f"check/{decision}.md", page) + (f"?{query}" if query else "")
