"""The end of a page: related pages with the reason, its tags, and when its facts were checked."""

import re
from collections.abc import Iterator

from checker.knowledge.model import Knowledge
from macros.draw.facts import owner
from macros.draw.html import Html, el, join, lines
from macros.draw.tag_explorer import tag_address
from macros.pages.related import Connections, typed_links
from macros.pages.sections import Section
from macros.pages.source import Page
from macros.pages.urls import relative_url

_CALL = re.compile(r"""\{\{\s*(?:fact|statement|exam_view)\(([^)]*)\)""")
_NAME = re.compile(r"""["']([^"']+)["']""")


def see_also(path: str, found: Connections, known: Knowledge) -> Html:
    """The typed links of a page, sections on the same subject, its tags and its facts' dates."""
    typed = typed_links(path, found)
    groups = [
        _group(wording, [_page_link(wording, t, path, found, known) for t in typed[wording]])
        for wording in typed
    ]
    named = frozenset(target for targets in typed.values() for target in targets)
    if near := found.near.of(path, named):
        groups.append(_group("Related", [_section_link(s, why, path, known) for s, why in near]))
    page = found.pages[path]
    if page.tags:
        groups.append(_group("Tags", [tag_link(tag, known, path) for tag in page.tags]))
    parts = [el("dl", None, lines(*groups))] if groups else []
    parts += _checked(page, known)
    if not parts:
        return Html("")
    data = {"class": "see-also", "aria-label": "See also", "data-search-exclude": True}
    return el("nav", data, lines(*parts))


def tag_link(tag: str, known: Knowledge, page: str) -> Html:
    """A tag by its name for readers, which opens the explorer on it."""
    data = {"class": "md-tag section-tag", "href": tag_address(tag, page), "data-tag": tag}
    return el("a", data, known.tags[tag].label)


def _group(title: str, links: list[Html]) -> Html:
    items = lines(*(el("li", None, link) for link in links))
    return lines(el("dt", None, title), el("dd", None, el("ul", None, items)))


def _page_link(wording: str, target: str, path: str, found: Connections, known: Knowledge) -> Html:
    link = el("a", {"href": relative_url(target, path)}, found.pages[target].title)
    why = "; ".join(_clashes(path, target, known)) if wording == "Clashes with" else ""
    return join([link, _reason(why)])


def _clashes(one: str, other: str, known: Knowledge) -> Iterator[str]:
    """What the clashes between the options of two pages say."""

    def on(page: str, options: tuple[str, ...]) -> bool:
        return any(page in _pages(name, known) for name in options)

    for clash in known.clashes.values():
        sides = (clash.one, clash.other)
        if any(on(one, a) and on(other, b) for a, b in (sides, sides[::-1])):
            yield clash.says.rstrip(".")


def _pages(option: str, known: Knowledge) -> set[str]:
    """The page of an option and that of its decision."""
    record = known.options[option]
    both = (record.page, known.decisions[record.decision].page)
    return {page.partition("#")[0] for page in both}


def _section_link(section: Section, why: list[str], path: str, known: Knowledge) -> Html:
    target = section.page + (f"#{section.anchor}" if section.anchor else "")
    words = ": ".join((*section.crumbs[:1], section.title))
    link = el("a", {"href": relative_url(target, path)}, words)
    return join([link, _reason(f"also about {known.tags[why[0]].label}" if why else "")])


def _reason(words: str) -> Html:
    return el("span", {"class": "see-also__why"}, f" ({words})") if words else Html("")


def _checked(page: Page, known: Knowledge) -> Iterator[Html]:
    """Between which days the facts on a page were last checked."""
    names = {name for call in _CALL.findall(page.body) for name in _NAME.findall(call)}
    dates = sorted(
        owner(name, known)[1].checked
        for name in names
        if {name, name.rpartition(".")[0]} & known.facts.keys()
    )
    if dates:
        first, last = (el("time", {"datetime": day}, day) for day in (dates[0], dates[-1]))
        span = [first] if dates[0] == dates[-1] else [first, " to ", last]
        words = ["Facts on this page last checked: ", *span, "."]
        yield el("p", {"class": "see-also__checked"}, *words)
