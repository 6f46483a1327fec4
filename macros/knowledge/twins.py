"""Entries that say the same under two ids: a person corrects one, and the other one stays."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from macros.knowledge.lookups import Finding

# What makes two entries of a section the same: these of its keys, or all that it has.
_SAYS: Mapping[str, tuple[str, ...]] = {
    "sources": ("url",),
    "facts": ("text",),
    "options": ("label", "decision"),
    "fields": ("question",),
    "decisions": ("question",),
    "rules": ("options", "strength", "when", "era"),
    "clashes": ("one", "other"),
    "settings": ("at", "when", "then"),
    "capabilities": ("label",),
    "tables": ("caption",),
    "scenarios": ("text",),
    "changes": ("what",),
    "tags": ("label",),
    "lexicon": ("field", "option", "value", "only", "phrases"),
    "nearby": ("phrases",),
}
_UNORDERED = frozenset({"options", "one", "other", "phrases", "expect"})


def check_twins(known: Knowledge) -> Iterator[Finding]:
    """No two entries of a section say the same; both places are named."""
    for section, keys in _SAYS.items():
        same: dict[str, list[str]] = defaultdict(list)
        for name, entry in getattr(known, section).items():
            same[_said(to_plain(entry), keys)].append(name)
        for said, names in same.items():
            for name in names if said and len(names) > 1 else ():
                others = ", ".join(f"'{other}'" for other in names if other != name)
                hint = "keep one of them, or write what is different"
                yield (section, name), "K009", f"says the same as {others}", hint


def _said(entry: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    # Prices share a sentence, and differ in their figures.
    keys = (*keys, "value", "parts") if "price" in entry else keys
    said = {key: _alike(key, entry[key]) for key in keys if key in entry}
    return json.dumps(said, sort_keys=True) if said else ""


def _alike(key: str, value: Any) -> Any:
    """A value without what does not matter: spaces, capitals, the order of a set."""
    if isinstance(value, str):
        return " ".join(value.lower().split()).rstrip(".")
    if isinstance(value, list | tuple):
        items = [_alike("", item) for item in value]
        return sorted(items) if key in _UNORDERED else items
    if isinstance(value, dict):
        return {name: _alike(name, one) for name, one in value.items()}
    return value
