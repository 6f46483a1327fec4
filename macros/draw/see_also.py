"""What a page leads to: typed links from both of their ends, and sections that are near."""

from macros.draw.html import Html, el, lines
from macros.pages.related import Connections, typed_links
from macros.pages.sections import Section
from macros.pages.urls import relative_url


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
