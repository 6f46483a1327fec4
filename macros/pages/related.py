"""What else to read: sections of other pages on the same decision or stage, and why.

A tag on few sections says more than a tag on many, so a shared tag weighs
the more, the rarer it is. Only the carriers of a page's rarest tags are compared, and of a tag
with many carriers only those that follow the page: so the work grows with the number of pages and
not with its square, and on a large site not every page names the same five.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.pages.sections import Section, Tagged
from macros.pages.source import Page

MOST = 5
# How many carriers of one tag are looked at, and how many of all a page's tags are enough.
_OF_ONE_TAG = 100
_ENOUGH = 200
_WEIGHT = 10_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Every tagged section in the order of its pages, and which of them carry a tag."""

    entries: tuple[tuple[Section, frozenset[str]], ...]
    carriers: Mapping[str, list[int]]
    of_page: Mapping[str, list[int]]
    weights: Mapping[str, int]

    def of(
        self, page: str, without: frozenset[str] = frozenset()
    ) -> list[tuple[Section, list[str]]]:
        """The best section of each of the nearest pages, nearest first, never of ``page``.

        With each goes what it shares with the page, the rarest tag first.
        """
        own = self.of_page.get(page, [])
        tags = frozenset(tag for number in own for tag in self.entries[number][1])
        best: dict[str, tuple[int, int]] = {}
        for number in self.compared(tags, own[0] if own else 0):
            section, theirs = self.entries[number]
            if section.page != page and section.page not in without:
                rank = (-sum(self.weights[tag] for tag in tags & theirs), number)
                best[section.page] = min(best.get(section.page, rank), rank)
        chosen = [self.entries[number] for _, number in sorted(best.values())[:MOST]]
        return [
            (section, sorted(tags & theirs, key=lambda tag: (-self.weights[tag], tag)))
            for section, theirs in chosen
        ]

    def compared(self, tags: frozenset[str], start: int) -> set[int]:
        """The carriers of the rarest of ``tags``, as many as are worth comparing."""
        found: set[int] = set()
        for tag in sorted(tags, key=lambda tag: (len(self.carriers[tag]), tag)):
            found.update(_next(self.carriers[tag], start))
            if len(found) >= _ENOUGH:
                break
        return found


def _next(numbers: list[int], start: int) -> Iterator[int]:
    """The carriers from ``start`` on, and then from the beginning again, so many of them."""
    first = bisect_left(numbers, start)
    for step in range(min(len(numbers), _OF_ONE_TAG)):
        yield numbers[(first + step) % len(numbers)]


def _topical(tag: str) -> bool:
    """Whether pages that share a tag are about the same; a status or a kind of page is not."""
    return tag.startswith(("decision:", "stage:"))


def neighbours(tagged: Tagged) -> Neighbours:
    """Who carries which tags, found once for a build."""
    entries = tuple((section, frozenset(filter(_topical, tags))) for section, tags in tagged)
    carriers: dict[str, list[int]] = {}
    of_page: dict[str, list[int]] = {}
    for number, (section, tags) in enumerate(entries):
        of_page.setdefault(section.page, []).append(number)
        for tag in tags:
            carriers.setdefault(tag, []).append(number)
    weights = {tag: _WEIGHT // len(numbers) for tag, numbers in carriers.items()}
    return Neighbours(entries, carriers, of_page, weights)


# How a link reads on the page that holds it, and on the page that it points at.
_READS = {
    "limits": ("Limits", "Its limits apply to"),
    "compare": ("Compare with", "Compare with"),
    "replaces": ("Replaces", "Replaced by"),
    "clashes-with": ("Clashes with", "Clashes with"),
}


@dataclass(frozen=True, slots=True)
class Connections:
    """The links between pages, read once for a build."""

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
