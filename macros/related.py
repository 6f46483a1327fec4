"""Typed links between pages: written once in front matter, shown on both ends."""

from collections.abc import Iterator, Mapping

from macros.html import Html, el, lines
from macros.pages import Page, relative_url

# How a link reads on the page that holds it, and on the page that it points at.
_READS = {
    "limits": ("Limits", "Its limits apply to"),
    "compare": ("Compare with", "Compare with"),
    "replaces": ("Takes the place of", "Replaced by"),
    "clashes-with": ("Clashes with", "Clashes with"),
}


def typed_links(path: str, pages: Mapping[str, Page]) -> dict[str, list[str]]:
    """``{wording: [page, ...]}`` for one page, from both directions, without repeats."""
    found: dict[str, list[str]] = {}
    for wording, target in _links(path, pages):
        if target not in found.setdefault(wording, []):
            found[wording].append(target)
    return found


def _links(path: str, pages: Mapping[str, Page]) -> Iterator[tuple[str, str]]:
    for kind, (forward, _) in _READS.items():
        for target in pages[path].links.get(kind, ()):
            yield forward, target
    for other, page in pages.items():
        for kind, (_, backward) in _READS.items():
            if path in page.links.get(kind, ()):
                yield backward, other


def see_also(path: str, pages: Mapping[str, Page]) -> Html:
    """The typed links of a page as a short list."""
    groups = []
    for wording, targets in typed_links(path, pages).items():
        links = [
            el("li", None, el("a", {"href": relative_url(t, path)}, pages[t].title))
            for t in targets
        ]
        groups.append(el("dt", None, wording))
        groups.append(el("dd", None, el("ul", None, lines(*links))))
    if not groups:
        return Html("")
    label = {"class": "see-also", "aria-label": "See also"}
    return el("nav", label, el("dl", None, lines(*groups)))
