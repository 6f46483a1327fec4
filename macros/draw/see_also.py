"""Typed links between pages, written once and shown on both ends; and sections that are near."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.draw.html import Html, el, lines
from macros.pages.related import Neighbours, neighbours
from macros.pages.sections import Section, Tagged
from macros.pages.source import Page, relative_url

# How a link reads on the page that holds it, and on the page that it points at.
_READS = {
    "limits": ("Limits", "Its limits apply to"),
    "compare": ("Compare with", "Compare with"),
    "replaces": ("Takes the place of", "Replaced by"),
    "clashes-with": ("Clashes with", "Clashes with"),
}


@dataclass(frozen=True, slots=True)
class Connections:
    """How the pages hang together, read once for a build."""

    pages: Mapping[str, Page]
    backward: Mapping[str, list[tuple[str, str]]]
    near: Neighbours


def connect(pages: Mapping[str, Page], tagged: Tagged) -> Connections:
    """Turn every link around, and find who shares which tags."""
    backward: dict[str, list[tuple[str, str]]] = {}
    for other, page in pages.items():
        for kind, (_, wording) in _READS.items():
            for target in page.links.get(kind, ()):
                backward.setdefault(target, []).append((wording, other))
    return Connections(pages, backward, neighbours(tagged))


def typed_links(path: str, found: Connections) -> dict[str, list[str]]:
    """``{wording: [page, ...]}`` for one page, from both directions, without repeats."""
    links: dict[str, list[str]] = {}
    for wording, target in (*_forward(found.pages[path]), *found.backward.get(path, ())):
        if target not in links.setdefault(wording, []):
            links[wording].append(target)
    return links


def _forward(page: Page) -> Iterator[tuple[str, str]]:
    for kind, (wording, _) in _READS.items():
        for target in page.links.get(kind, ()):
            yield wording, target


def see_also(path: str, found: Connections) -> Html:
    """The typed links of a page, and below them the sections that are near it by their tags."""
    typed = typed_links(path, found)
    groups = [
        _group(wording, [_page_link(t, path, found) for t in typed[wording]]) for wording in typed
    ]
    named = frozenset(target for targets in typed.values() for target in targets)
    if near := found.near.of(path, named):
        groups.append(_group("Related", [_section_link(section, path) for section in near]))
    if not groups:
        return Html("")
    label = {"class": "see-also", "aria-label": "See also"}
    return el("nav", label, el("dl", None, lines(*groups)))


def _group(title: str, links: list[Html]) -> Html:
    items = lines(*(el("li", None, link) for link in links))
    return lines(el("dt", None, title), el("dd", None, el("ul", None, items)))


def _page_link(target: str, path: str, found: Connections) -> Html:
    return el("a", {"href": relative_url(target, path)}, found.pages[target].title)


def _section_link(section: Section, path: str) -> Html:
    target = section.page + (f"#{section.anchor}" if section.anchor else "")
    words = ": ".join((*section.crumbs[:1], section.title))
    return el("a", {"href": relative_url(target, path)}, words)
