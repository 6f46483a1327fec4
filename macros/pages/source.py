"""The pages under ``docs/``: their front matter, titles, and how one links to another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.knowledge.yaml_lines import read_yaml

FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
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
    """Every page by its path, in sorted order; what cannot be read is told by ``shape``."""
    return {
        (path := str(file.relative_to(docs))): read_page(
            path, file.read_text(encoding="utf-8", errors="replace")
        )
        for file in sorted(docs.rglob("*.md"))
    }


def read_page(path: str, text: str) -> Page:
    """Read a page's front matter and title; a page without them gets empty ones."""
    match = FRONT.match(text)
    front = read_yaml(match[1], path).data if match else None
    meta: Mapping[str, Any] = front if isinstance(front, dict) else {}
    body = text[match.end() :] if match else text
    title = _TITLE.search(body)
    links = _formed(meta, "links", dict)
    return Page(
        path,
        title[1] if title else path,
        _formed(meta, "description", str),
        tuple(map(str, _formed(meta, "tags", list))),
        {kind: tuple(targets) for kind, targets in links.items() if isinstance(targets, list)},
        body,
        text[: match.end()].count("\n") if match else 0,
    )


def _formed[Form](meta: Mapping[str, Any], key: str, form: type[Form]) -> Form:
    """A value of the front matter, or an empty one where it has another form."""
    value = meta.get(key)
    return value if isinstance(value, form) else form()
