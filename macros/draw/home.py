"""The home page: a box for a situation, a real verdict as picture, proof and news."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote

from checker.knowledge.model import Event, Knowledge, Service
from checker.session import Session
from macros.draw.facts import with_facts
from macros.draw.html import Html, el, join, lines
from macros.draw.options import option_link
from macros.draw.scenarios import checker_href
from macros.draw.status import WORDS
from macros.pages.urls import relative_url

_REASONS, _REJECTED, _NEWS = 3, 2, 5
_SURE = {
    "certain": "Certain",
    "judged": "By judgement",
    "provided": "If the open conditions hold",
    "likely": "Likely",
}


def ask(examples: tuple[str, ...], page: str) -> Html:
    """A box whose text the page's script sends to the checker, and examples that do the same.

    The text goes behind the "#" of the address, which a browser keeps to itself.
    """
    check = relative_url("check/index.md", page)
    label = el("label", {"for": "home-text"}, "Describe your situation")
    box = {"id": "home-text", "rows": "3", "required": True, "placeholder": examples[0]}
    button = el("button", {"class": "md-button md-button--primary"}, "Check my scenario")
    note = el("span", {"class": "home-note"}, "Processed in your browser; nothing is sent.")
    under = el("p", None, button, " ", note)
    form = el(
        "form",
        {"class": "home-ask", "data-check": check, "data-search-exclude": True},
        lines(label, el("textarea", box), under),
    )
    links = [el("a", {"href": f"{check}#text={quote(text)}"}, text) for text in examples]
    shown = el("ul", {"class": "home-examples"}, lines(*(el("li", None, link) for link in links)))
    return lines(form, el("p", {"class": "home-label"}, "Or try one of these:"), shown)


def verdict_card(decision: str, query: str, known: Knowledge, page: str) -> Html:
    """What the checker says of one situation, decided while the site is built."""
    answers = dict(parse_qsl(query))
    verdict = Session(known).decide([decision], answers)["verdicts"][decision]
    said = " · ".join(item["answer"] for item in verdict["situation"])
    sure = _SURE.get(verdict["confidence"], "")
    headline = join([option_link(name, known, page) for name in verdict["recommend"]], " or ")
    parts = [
        el("p", {"class": "home-label"}, f"{known.decisions[decision].label}: {said}"),
        el("p", {"class": "home-headline"}, "Use ", headline),
        el("p", {"class": "home-sure"}, sure),
        el("ul", None, lines(*_reasons(verdict))),
        el("p", {"class": "home-label"}, "Rejected"),
        el("ul", None, lines(*_rejected(verdict, known, page))),
        el("p", None, _open(decision, query, page)),
    ]
    data = {"class": "home-verdict", "aria-label": "A verdict, as an example"}
    return el("section", {**data, "data-search-exclude": True}, lines(*parts))


def _open(decision: str, query: str, page: str) -> Html:
    text = quote(query, safe="=&/")
    href = checker_href(decision, text, page)
    return el("a", {"class": "checker-link", "href": href}, "Open this verdict")


def _reasons(verdict: dict[str, Any]) -> Iterator[Html]:
    sentences = dict.fromkeys(reason["sentence"] for reason in verdict["reasons"])
    for sentence in list(sentences)[:_REASONS]:
        yield el("li", None, sentence)


def _rejected(verdict: dict[str, Any], known: Knowledge, page: str) -> Iterator[Html]:
    for item in verdict["rejected"][:_REJECTED]:
        why = item["reasons"][0]["sentence"]
        yield el("li", None, option_link(item["option"], known, page), f": {why}")


def proof(known: Knowledge) -> Html:
    """The numbers of facts, rules and scenarios in this build."""
    last = max(fact.checked for fact in known.facts.values())
    items = [
        f"{len(known.rules)} rules",
        f"{len(known.scenarios)} tested scenarios",
        f"{len(known.facts)} facts, each with its source",
        f"last checked {_day(last)}",
        "runs in your browser",
    ]
    return el("ul", {"class": "home-proof"}, lines(*(el("li", None, item) for item in items)))


def recent_changes(known: Knowledge, page: str) -> Html:
    """The newest dated changes of services, newest first; announced ones say so."""
    last = max(fact.checked for fact in known.facts.values())
    events = [
        (event, key, service)
        for key, service in known.services.items()
        for event in service.history
        if event.date <= last
    ]
    events.sort(key=lambda found: (found[0].date, found[1]), reverse=True)
    items = [_news(*found, known, page) for found in events[:_NEWS]]
    return el("ul", {"class": "home-news"}, lines(*items))


def _news(event: Event, key: str, service: Service, known: Knowledge, page: str) -> Html:
    when = el("time", {"datetime": event.date}, _day(event.date))
    link = el("a", {"href": relative_url(f"status.md#service-{key}", page)}, service.label)
    mark = {"class": f"status__mark status__mark--{service.status}"}
    status = el("span", mark, WORDS[service.status])
    # The status is said once: an event often starts with the same words.
    what = event.what.removeprefix(f"{WORDS[service.status]}. ")
    return el("li", None, when, " ", link, " ", status, " ", with_facts(what, known, page))


def _day(text: str) -> str:
    """``2026-11-22`` as "22 Nov 2026"; a month or a year as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%b %Y}"
