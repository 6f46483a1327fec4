"""Entries that say something, once: no empty text, no unseen character, no name listed twice."""

import re
from collections.abc import Iterator
from typing import Any

from macros.knowledge.lookups import Finding

# Lists of ids or names; in other lists, such as the words of a phrase, one may come again.
_NAMES = frozenset({
    "options", "unmet_by", "expect", "accept", "fields", "together", "goals", "columns", "one",
    "other", "tags", "about", "flags",
})  # fmt: skip
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_TEXTS = frozenset({"label", "text", "says", "question", "hint", "summary", "reason", "why"})

type Path = tuple[str | int, ...]


def check_plain(data: Any, path: Path = ()) -> Iterator[Finding]:
    """Every text and list of the document as it is written."""
    if isinstance(data, str):
        yield from _text(path, data)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from check_plain(value, (*path, key))
    elif isinstance(data, list | tuple):
        if path[-1] in _NAMES:
            yield from _twice(path, data)
        for index, value in enumerate(data):
            yield from check_plain(value, (*path, index))


def _text(path: Path, text: str) -> Iterator[Finding]:
    if path[-1] in _TEXTS and not text.strip():
        yield path, "K008", f"'{path[-1]}' is empty", "write it, or remove the entry"
    if match := _UNSEEN.search(text):
        said = f"the unseen character U+{ord(match[0]):04X} in '{text[:40]}'"
        yield path, "K055", said, "remove it"


def _twice(path: Path, names: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if isinstance(name, str):
            if name in seen:
                yield (*path, index), "K054", f"'{name}' is listed twice", "list it once"
            seen.add(name)
