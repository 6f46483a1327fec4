"""The tag explorer: its index for the browser, and the plain listing that works without."""

import json
from collections.abc import Iterable, Mapping

from checker.model import Knowledge
from macros.html import Html, el, join, lines
from macros.pages import Page, relative_url
from macros.sections import Section, tagged_sections

INDEX = "assets/tags/sections.json"
_FACETS = ("", "stage", "decision", "status", "kind", "exam")
_FACET_LABELS = {
    "": "From the notes",
    "stage": "Stage",
    "decision": "Decision",
    "status": "Status",
    "kind": "Kind",
    "exam": "Exam domain",
}


def index_json(pages: Mapping[str, Page]) -> bytes:
    """Every tagged page and section with its tags and words, for the search in the browser."""
    entries = [
        {
            "id": number,
            "url": section.url,
            "title": section.title,
            "crumbs": list(section.crumbs),
            "tags": list(tags),
            "text": section.text,
        }
        for number, (section, tags) in enumerate(tagged_sections(pages))
    ]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


def facet_of(tag: str) -> str:
    """``stage`` of ``stage:deploy``; empty for the notes' own tags."""
    return tag.partition(":")[0] if ":" in tag else ""


def explorer(known: Knowledge, pages: Mapping[str, Page], page: str) -> Html:
    """The explorer's form, and below it every tagged section as a plain list."""
    entries = tagged_sections(pages)
    used = {tag for _, tags in entries for tag in tags}
    facets = [_facet(facet, known, used) for facet in _FACETS]
    attributes = {
        "data-index": relative_url(INDEX, page),
        "data-search": relative_url("assets/vendor/minisearch/index.js", page),
        "data-root": relative_url("index.md", page),
    }
    form = el(
        "form",
        {"class": "explorer__form", "role": "search", "hidden": True},
        lines(
            el("label", {"for": "explorer-words"}, "Words"),
            el("input", {"id": "explorer-words", "type": "search", "autocomplete": "off"}),
            el(
                "label",
                None,
                el("input", {"type": "checkbox", "id": "explorer-any"}),
                " any of the tags is enough",
            ),
            el("button", {"type": "reset", "class": "md-button"}, "Clear"),
            *facets,
        ),
    )
    # The theme's search has the sections themselves; a list of them would drown them out.
    shown = {"class": "explorer__result", "data-search-exclude": True}
    result = el("div", shown, _plain_list(entries, known, page))
    host = el("tag-explorer", attributes, "\n", form, "\n", result, "\n")
    script = relative_url("assets/tags/explorer.js", page)
    return lines(el("div", None, host), el("script", {"type": "module", "src": script}))


def _facet(facet: str, known: Knowledge, used: Iterable[str]) -> Html:
    tags = [tag for tag in known.tags if facet_of(tag) == facet and tag in used]
    if not tags:
        return Html("")
    boxes = [_box(tag, known.tags[tag].description) for tag in tags]
    legend = el("legend", None, _FACET_LABELS[facet])
    return el("fieldset", {"class": "explorer__facet"}, "\n", legend, "\n", lines(*boxes), "\n")


def _box(tag: str, description: str) -> Html:
    box = el("input", {"type": "checkbox", "name": "tag", "value": tag})
    count = el("span", {"class": "explorer__count"})
    name = tag.partition(":")[2] or f"#{tag}"
    return el("label", {"class": "explorer__tag", "title": description}, box, f" {name} ", count)


def _plain_list(
    entries: list[tuple[Section, tuple[str, ...]]], known: Knowledge, page: str
) -> Html:
    """Sections by tag, for readers without JavaScript and for search engines."""
    groups = []
    for tag, record in known.tags.items():
        found = [section for section, tags in entries if tag in section.own]
        if found:
            items = [el("li", None, _link(section, page)) for section in found]
            title = el("strong", None, f"#{tag}")
            groups.append(el("p", None, title, f": {record.description}"))
            groups.append(el("ul", None, "\n", lines(*items), "\n"))
    return lines(*groups)


def _link(section: Section, page: str) -> Html:
    target = section.page + (f"#{section.anchor}" if section.anchor else "")
    link = el("a", {"href": relative_url(target, page)}, section.title)
    crumbs = " › ".join(section.crumbs)
    return join([f"{crumbs} › " if crumbs else "", link])
