"""What changed: a list on a page and an Atom feed, both from the data."""

from xml.etree import ElementTree

from bs4 import BeautifulSoup

from checker.knowledge.model import Knowledge
from macros.draw.changes import change_list, entries
from macros.site.change_feed import atom_feed

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOME = "https://guide.example/notes/"


def test_changes_and_events_of_services_are_listed_newest_first(knowledge: Knowledge) -> None:
    found = entries(knowledge)
    events = sum(len(service.history) for service in knowledge.services.values())
    assert len(found) == len(knowledge.changes) + events
    assert [entry.date for entry in found] == sorted((e.date for e in found), reverse=True)
    items = BeautifulSoup(change_list(knowledge, "changes.md"), "html.parser").select("li")
    assert [item["id"] for item in items] == [entry.id for entry in found]


def test_the_feed_is_atom_with_an_absolute_address_and_a_stable_id_each(
    knowledge: Knowledge,
) -> None:
    feed = ElementTree.fromstring(atom_feed(knowledge, HOME))  # noqa: S314 - written by the line itself
    read = feed.findall("a:entry", ATOM)
    ids = [str(entry.findtext("a:id", namespaces=ATOM)) for entry in read]
    assert len(ids) == len(set(ids)) > 10
    assert all(name.startswith(f"{HOME}changes/#") for name in ids)
    for entry in read:
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert link.get("href", "").startswith(HOME)
        assert "{" not in str(entry.findtext("a:summary", namespaces=ATOM))
    assert feed.findtext("a:updated", namespaces=ATOM) == f"{entries(knowledge)[0].date}T00:00:00Z"
