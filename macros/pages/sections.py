"""Sections and their tags, read from the pages' sources: what the tag explorer lists."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown.extensions.toc import slugify, unique

from macros.pages.source import Page
from macros.pages.urls import page_url

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_LEAD_IN = re.compile(r"^(?:[-*+]\s+|\d+\.\s+)?\*\*(.+?)\*\*\s*((?:`#[^`]+`\s*)+)")
_TAG = re.compile(r"`#([^`]+)`")
_TRAILING = re.compile(r"(\s*`#[^`]+`)+\s*$")
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_HTML = re.compile(r"</?[a-z][^>]*>|\{ ?\.[^}]*\}")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# The facets of a page hold for its sections too; its plain tags are about the page as a whole.
_FACET = ":"


@dataclass(frozen=True, slots=True)
class Section:
    """A page, a section or a tagged lead-in: where it is, what it is called, what tags it."""

    page: str
    line: int
    level: int
    title: str
    anchor: str
    crumbs: tuple[str, ...]
    own: tuple[str, ...]
    text: str

    @property
    def url(self) -> str:
        """From the site's root."""
        return page_url(self.page) + (f"#{self.anchor}" if self.anchor else "")


type Tagged = Sequence[tuple[Section, tuple[str, ...]]]


def sections_of(page: Page) -> list[Section]:
    """The page itself, then every heading and tagged lead-in below its title, in order."""
    found: list[Section] = [Section(page.path, 1, 0, page.title, "", (), page.tags, "")]
    ids: set[str] = set()
    trail: list[tuple[int, str]] = []
    for line, kind, level, title, tags in _marks(page.body):
        if kind == "heading":
            trail = [item for item in trail if item[0] < level]
            anchor = unique(slugify(title, "-"), ids)
            if level > 1:
                crumbs = (page.title, *(name for depth, name in trail if depth > 1))
                found.append(Section(page.path, line, level, title, anchor, crumbs, tags, ""))
            trail.append((level, title))
        else:
            anchor = unique(f"tagged-{slugify(title, '-')}", ids)
            crumbs = (page.title, *(name for depth, name in trail if depth > 1))
            found.append(Section(page.path, line, 7, title, anchor, crumbs, tags, ""))
    return _with_texts(found, page)


def _marks(body: str) -> Iterator[tuple[int, str, int, str, tuple[str, ...]]]:
    """Headings and tagged lead-ins outside code: line, kind, level, title, tags."""
    fenced = False
    for number, line in enumerate(body.splitlines(), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            continue
        elif match := _HEADING.match(line):
            tags = tuple(_TAG.findall(_tail(match[2])))
            yield number, "heading", len(match[1]), plain(_TRAILING.sub("", match[2])), tags
        elif match := _LEAD_IN.match(line):
            tags = tuple(_TAG.findall(match[2]))
            yield number, "lead-in", 7, plain(match[1]).rstrip(":").strip(), tags


def _tail(title: str) -> str:
    match = _TRAILING.search(title)
    return match[0] if match else ""


def _with_texts(found: list[Section], page: Page) -> list[Section]:
    """Each section with the words under it, up to the next mark."""
    lines = page.body.splitlines()
    ends = [section.line - 1 for section in found[1:]] + [len(lines)]
    starts = [0] + [section.line for section in found[1:]]
    return [
        Section(s.page, s.line, s.level, s.title, s.anchor, s.crumbs, s.own, plain_text(lines[a:b]))
        for s, a, b in zip(found, starts, ends, strict=True)
    ]


def plain_text(lines: list[str]) -> str:
    """The words of Markdown, without its title, macros, marks and code."""
    kept, fenced = [], False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not _HEADING.match(line):
            kept.append(line)
    text = _HTML.sub(" ", _MACRO.sub(" ", _BULLET.sub("", "\n".join(kept))))
    return " ".join(plain(_TAG.sub("", text)).split())


def plain(text: str) -> str:
    """Inline Markdown without its marks."""
    return re.sub(r"[`*|>]|^#+\s", " ", _LINK.sub(r"\1", text)).replace("  ", " ").strip()


def effective_tags(section: Section, page: Page) -> tuple[str, ...]:
    """A section's own tags and the facets of its page."""
    facets = tuple(tag for tag in page.tags if _FACET in tag)
    return tuple(dict.fromkeys((*section.own, *facets)))


def tagged_sections(pages: Mapping[str, Page]) -> Tagged:
    """Everything that the explorer lists: tagged pages, and sections with their own tags."""
    return [
        (section, section.own if section.level == 0 else effective_tags(section, page))
        for page in pages.values()
        for section in sections_of(page)
        if section.own
    ]
