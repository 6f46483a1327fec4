"""What changed: the guide's own changes and the life cycle of services, newest first."""

from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from checker.knowledge.model import Knowledge
from checker.knowledge.references import fill
from macros.draw.facts import with_facts
from macros.draw.html import Html, el, lines
from macros.pages.urls import relative_url


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated change, with the page to read."""

    id: str
    date: str
    title: str
    what: str
    page: str


def entries(known: Knowledge) -> list[Entry]:
    """Every change of the guide and every dated event of a service, newest first.

    An event may be dated by its year or month alone; it goes below the days of that time.
    """
    found = [
        Entry(f"change-{key}", change.date, change.title, change.what, change.page)
        for key, change in known.changes.items()
    ]
    return sorted([*found, *_events(known)], key=lambda entry: entry.date, reverse=True)


def _events(known: Knowledge) -> Iterator[Entry]:
    for key, service in known.services.items():
        for number, event in enumerate(service.history):
            name = f"service-{key}-{number}"
            yield Entry(name, event.date, service.label, event.what, service.page)


def change_list(known: Knowledge, page: str) -> Html:
    """The feed's address, and all changes as a list."""
    feed = el("a", {"href": relative_url("feed.xml", page)}, "Atom feed")
    months = groupby(entries(known), key=lambda entry: entry.date[:7])
    return lines(el("p", None, feed), *(_month(when, group, known, page) for when, group in months))


def _month(when: str, group: Iterable[Entry], known: Knowledge, page: str) -> Html:
    """The changes of one month, or of a year whose months are not known."""
    year, _, month = when.partition("-")
    title = f"{month_name[int(month)]} {year}" if month else year
    items = lines(*(_item(entry, known, page) for entry in group))
    return lines(el("h2", None, title), el("ul", {"class": "changes"}, items))


def _item(entry: Entry, known: Knowledge, page: str) -> Html:
    title = el("a", {"href": relative_url(entry.page, page)}, entry.title)
    when = el("time", {"datetime": entry.date}, entry.date)
    body = with_facts(entry.what, known, page)
    said = el("span", None, el("strong", None, title), ": ", body)
    return el("li", {"id": entry.id}, when, " ", said)


def plain(entry: Entry, known: Knowledge) -> str:
    """What an entry says, its numbers filled in, without markup."""
    return fill(entry.what, known).replace("`", "")
