"""The Atom feed of what changed (RFC 4287), made from the data, so that it needs no git."""

from xml.etree import ElementTree as xml  # noqa: S405 - writes only, parses nothing

from checker.knowledge.model import Knowledge
from macros.draw.changes import Entry, entries, plain
from macros.pages.urls import page_url

_ATOM = "http://www.w3.org/2005/Atom"
MOST = 50


def atom_feed(known: Knowledge, address: str) -> str:
    """The newest changes as Atom; ``address`` is the site's root, ``https://host/path/``."""
    found = entries(known)[:MOST]
    xml.register_namespace("", _ATOM)
    feed = xml.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", "What changed: MLOps field guide for Amazon SageMaker AI")
    _add(feed, "id", f"{address}changes/")
    _add(feed, "updated", _moment(found[0].date if found else "1970-01-01"))
    _add(feed, "link", rel="self", href=f"{address}feed.xml")
    _add(feed, "link", href=f"{address}changes/")
    _add(_add(feed, "author"), "name", "The maintainers of the guide")
    for entry in found:
        _entry(feed, entry, known, address)
    xml.indent(feed)
    body = xml.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _entry(feed: xml.Element, entry: Entry, known: Knowledge, address: str) -> None:
    item = _add(feed, "entry")
    _add(item, "title", entry.title)
    _add(item, "id", f"{address}changes/#{entry.id}")
    _add(item, "updated", _moment(entry.date))
    _add(item, "link", href=address + page_url(entry.page))
    _add(item, "summary", plain(entry, known))


def _add(parent: xml.Element, name: str, text: str = "", **attributes: str) -> xml.Element:
    child = xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text or None
    return child


def _moment(date: str) -> str:
    """A day, month or year as the moment at which it begins."""
    parts = [*date.split("-"), "01", "01"][:3]
    return f"{'-'.join(parts)}T00:00:00Z"
