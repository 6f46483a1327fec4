"""The pages under ``docs/``: their front matter, titles, and how one links to another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.knowledge.yaml_lines import read_yaml

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^# (.+?)(?:\s*`#[^`]+`)*\s*$", re.MULTILINE)
LINK_TYPES = ("limits", "compare", "replaces", "clashes-with")


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page; ``path`` is relative to ``docs/``."""

    path: str
    title: str
    description: str
    tags: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str = ""
    offset: int = 0
    """Lines of front matter above the body."""


def read_pages(docs: Path) -> dict[str, Page]:
    """Every page by its path, in sorted order."""
    return {
        (path := str(file.relative_to(docs))): read_page(path, file.read_text(encoding="utf-8"))
        for file in sorted(docs.rglob("*.md"))
    }


def read_page(path: str, text: str) -> Page:
    """Read a page's front matter and title; a page without them gets empty ones."""
    match = _FRONT.match(text)
    meta: Mapping[str, Any] = (read_yaml(match[1], path).data or {}) if match else {}
    body = text[match.end() :] if match else text
    title = _TITLE.search(body)
    links = meta.get("links") or {}
    return Page(
        path,
        title[1] if title else path,
        meta.get("description", ""),
        tuple(meta.get("tags") or ()),
        {kind: tuple(targets) for kind, targets in links.items()},
        body,
        text[: match.end()].count("\n") if match else 0,
    )
