"""The tag explorer: its index for the browser, and the plain listing that works without."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from checker.formatting import spell_measure
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text, measure
from macros.draw.html import Html, el, join, lines
from macros.pages.sections import Section, Tagged, tagged_sections
from macros.pages.source import Page
from macros.pages.urls import relative_url

_FACT = re.compile(r"""\{\{\s*(fact|statement)\(["']([^"']+)["']\)\s*\}\}""")
INDEX = "assets/tags/sections.json"
_FACETS = ("", "stage", "decision", "status", "kind", "exam")
# What somebody with a verdict may want to read next.
_FACET_LABELS = {
    "": "Study notes",
    "stage": "Stage",
    "decision": "Decision",
    "status": "Status",
    "kind": "Kind",
    "exam": "Exam domain",
}


def index_json(pages: Mapping[str, Page], known: Knowledge) -> bytes:
    """Every tagged page and section with its tags and words, for the search in the browser."""
    spoken = {
        path: replace(page, body=_with_numbers(page.body, known)) for path, page in pages.items()
    }
    entries = [
        {
            "id": number,
            "url": section.url,
            "title": section.title,
            "crumbs": list(section.crumbs),
            "tags": list(tags),
            "text": section.text,
        }
        for number, (section, tags) in enumerate(tagged_sections(spoken))
    ]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


def _with_numbers(body: str, known: Knowledge) -> str:
    """A page's source with what its facts say in place of the calls.

    A call that names no fact stays: it is an example in code, or the checks of the pages tell it.
    """

    def spoken(call: re.Match[str]) -> str:
        macro, reference = call[1], call[2]
        if reference in known.facts and macro == "statement":
            return fact_text(known.facts[reference], known)
        if {reference, reference.rpartition(".")[0]} & known.facts.keys():
            return spell_measure(*measure(reference, known))
        return call[0]

    return _FACT.sub(spoken, body)


def facet_of(tag: str) -> str:
    """``stage`` of ``stage:deploy``; empty for the notes' own tags."""
    return tag.partition(":")[0] if ":" in tag else ""


def explorer(known: Knowledge, tagged: Tagged, page: str) -> Html:
    """The explorer's form, and below it every tagged section as a plain list."""
    used = {tag for _, tags in tagged for tag in tags}
    attributes = {
        "data-index": relative_url(INDEX, page),
        "data-search": relative_url("assets/vendor/minisearch/index.js", page),
        "data-root": relative_url("index.md", page),
    }
    # The theme's search has the sections themselves; a list of them would drown them out.
    shown = {"class": "explorer__result", "data-search-exclude": True}
    result = el("div", shown, _plain_list(tagged, known, page))
    host = el("tag-explorer", attributes, "\n", _form(known, used), "\n", result, "\n")
    script = relative_url("assets/tags/explorer.js", page)
    return lines(el("div", None, host), el("script", {"type": "module", "src": script}))


def _form(known: Knowledge, used: Iterable[str]) -> Html:
    words = {"id": "explorer-words", "type": "search", "autocomplete": "off"}
    any_of = el("input", {"type": "checkbox", "id": "explorer-any"})
    bar = el(
        "div",
        {"class": "explorer__bar"},
        lines(
            el("label", {"for": "explorer-words", "class": "explorer__words"}, "Search within"),
            el("input", {**words, "placeholder": "serverless limits"}),
            el("label", {"class": "explorer__any"}, any_of, " Match any tag"),
            el("button", {"type": "reset", "class": "explorer__clear"}, "Reset"),
        ),
    )
    facets = [_facet(facet, known, used) for facet in _FACETS]
    form = {"class": "explorer__form", "role": "search", "aria-label": "Tags", "hidden": True}
    form["data-search-exclude"] = True
    tags = el("details", {"open": True}, lines(el("summary", None, "Tags"), *facets))
    return el("form", form, lines(bar, tags))


def _facet(facet: str, known: Knowledge, used: Iterable[str]) -> Html:
    tags = [tag for tag in known.tags if facet_of(tag) == facet and tag in used]
    if not tags:
        return Html("")
    boxes = el("div", {"class": "explorer__boxes"}, lines(*(_box(tag, known) for tag in tags)))
    legend = el("legend", None, _FACET_LABELS[facet])
    return el("fieldset", {"class": "explorer__facet"}, "\n", legend, "\n", boxes, "\n")


def _box(tag: str, known: Knowledge) -> Html:
    record = known.tags[tag]
    box = el("input", {"type": "checkbox", "name": "tag", "value": tag})
    count = el("span", {"class": "explorer__count"})
    title = {"class": "explorer__tag", "title": record.description}
    return el("label", title, box, f" {record.label} ", count)


def _plain_list(entries: Tagged, known: Knowledge, page: str) -> Html:
    """Sections by tag, for readers without JavaScript and for search engines."""
    groups = []
    for tag, record in known.tags.items():
        # As the filter counts: a page's facets hold for its sections too.
        found = [section for section, tags in entries if tag in tags]
        if found:
            items = [el("li", None, _link(section, page)) for section in found]
            title = [el("strong", None, record.label), f" ({len(found)}): {record.description}"]
            groups.append(el("details", None, el("summary", None, *title), _list(items)))
    return lines(*groups)


def _list(items: list[Html]) -> Html:
    return el("ul", None, "\n", lines(*items), "\n")


def _link(section: Section, page: str) -> Html:
    target = section.page + (f"#{section.anchor}" if section.anchor else "")
    link = el("a", {"href": relative_url(target, page)}, section.title)
    crumbs = " › ".join(section.crumbs)
    return join([f"{crumbs} › " if crumbs else "", link])


def vocabulary(known: Knowledge, page: str) -> Html:
    """Every tag by its title and what it means; each opens the explorer on it.

    Headings, so that the search has each tag as an entry, and with the anchor that the explorer
    reads as a filter.
    """
    entries = []
    for tag, record in known.tags.items():
        link = el("a", {"href": tag_address(tag, page)}, record.label)
        heading = el("h3", {"id": f"tag:{tag}"}, link)
        entries.append(el("div", None, heading, el("p", None, record.description)))
    return el("div", {"class": "vocabulary"}, lines(*entries))


def tag_address(tag: str, page: str) -> str:
    """The explorer with one tag picked."""
    return f"{relative_url('tags.md', page)}?tag={quote(tag, safe=':')}"
