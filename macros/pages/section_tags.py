"""Section tags: a heading, or a bold lead-in, that ends in `` `#exam-tip` ``.

A Python-Markdown extension, so that MkDocs and Zensical both run it. The tags become chips that
open the tag explorer, and stay out of heading ids, table of contents and page title.
"""

import json
import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor

from macros.files import BUNDLED

TAG = re.compile(r"#[a-z0-9-]+(:[a-z0-9-]+)?")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Behind the inline patterns (20), which make the code spans, and before toc (5), which makes ids.
_PRIORITY = 12


def label_of(tag: str) -> str:
    """A tag's name for readers, from the knowledge that the build wrote; else the tag."""
    changed = BUNDLED.stat().st_mtime_ns if BUNDLED.is_file() else 0
    return _labels(changed).get(tag, tag)


@lru_cache(maxsize=1)
def _labels(changed: int) -> dict[str, str]:
    tags = json.loads(BUNDLED.read_bytes())["tags"] if changed else {}
    return {name: record["label"] for name, record in tags.items()}


class SectionTags(Treeprocessor):
    """Replaces trailing tags of headings and bold lead-ins by chips."""

    def run(self, root: Element) -> None:
        """Walk the blocks; a heading's chips follow it as a separate paragraph."""
        ids: set[str] = set()
        for parent in list(root.iter()):
            for block in list(parent):
                if block.tag in _HEADINGS and (tags := list(_trailing(block))):
                    chips = self._chips("p", tags[::-1])
                    parent.insert(list(parent).index(block) + 1, chips)
                elif block.tag in ("p", "li"):
                    self._lead_in(block, ids)

    def _lead_in(self, paragraph: Element, ids: set[str]) -> None:
        """`` **Pricing:** `#exam-tip` ... ``: the code spans right behind a first bold part."""
        if not len(paragraph) or paragraph[0].tag != "strong" or (paragraph.text or "").strip():
            return
        tags, tail = [], paragraph[0].tail or ""
        while not tail.strip() and len(paragraph) > 1 and (tag := _tag_of(paragraph[1])):
            tags.append(tag)
            tail = paragraph[1].tail or ""
            paragraph.remove(paragraph[1])
        if tags:
            title = "".join(paragraph[0].itertext()).rstrip(":")
            # The tag explorer links to it: see macros.sections.
            paragraph.set("id", unique(f"tagged-{slugify(title, '-')}", ids))
            paragraph[0].tail = " "
            chips = self._chips("span", tags)
            chips.tail = tail
            paragraph.insert(1, chips)

    def _chips(self, kind: str, tags: list[str]) -> Element:
        box = Element(kind, {"class": "section-tags", "data-search-exclude": ""})
        for tag in tags:
            href = f"{self._explorer()}?tag={quote(tag, safe=':')}"
            named = {"class": "md-tag section-tag", "href": href, "data-tag": tag}
            chip = SubElement(box, "a", named)
            chip.text = label_of(tag)
            chip.tail = " "
        return box

    def _explorer(self) -> str:
        """MkDocs makes a link relative to docs into one as seen from the page.

        Zensical does so with a link as seen from the page's file, and tells that file's path.
        """
        if "rendering_context" not in self.md.preprocessors:
            return "/tags.md"
        folder = posixpath.dirname(self.md.preprocessors["rendering_context"].page.path)
        return posixpath.relpath("tags.md", folder or ".")


def _trailing(heading: Element) -> Iterator[str]:
    """Remove and yield the tags at the end of a heading, last first."""
    while len(heading) and _tag_of(heading[-1]) and not (heading[-1].tail or "").strip():
        last = heading[-1]
        yield str(_tag_of(last))
        heading.remove(last)
        _strip_end(heading)


def _strip_end(heading: Element) -> None:
    if len(heading):
        heading[-1].tail = (heading[-1].tail or "").rstrip() or None
    elif heading.text:
        heading.text = heading.text.rstrip()


def _tag_of(node: Element) -> str | None:
    text = "".join(node.itertext()) if node.tag == "code" else ""
    return text[1:] if TAG.fullmatch(text) else None


class SectionTagsExtension(Extension):
    """Registers the treeprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """See the module."""
        md.treeprocessors.register(SectionTags(md), "section_tags", _PRIORITY)


def makeExtension(**options: Any) -> SectionTagsExtension:  # noqa: N802 - Python-Markdown's name
    """Python-Markdown's entry."""
    return SectionTagsExtension(**options)
