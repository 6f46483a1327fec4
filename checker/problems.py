"""Errors as values: what is wrong, where, and what would be right. All of them at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input. ``hint`` says the remedy; it may be empty."""

    code: str
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        end = f" ({self.hint})" if self.hint else ""
        return f"{self.code} {self.where}: {self.message}{end}"

    def plain(self) -> dict[str, str]:
        """The same for JSON."""
        names = ("code", "where", "message", "hint")
        return {name: getattr(self, name) for name in names}


def did_you_mean(word: str, known: Iterable[str], limit: int = 12) -> str:
    """A hint for an unknown word: the nearest known one, or the whole list where it is short."""
    # Imported here: only bad input needs it, and every import counts before the first verdict.
    from difflib import get_close_matches

    names, word = sorted(known), word[:60].lower()
    near = [name for name in get_close_matches(word, names, n=3, cutoff=0.6) if _alike(word, name)]
    if near:
        return f"did you mean {near[0]}?"
    if len(names) > limit:
        # Of many names, those of the same service or folder say more than the first ones of all.
        kin = re.match(r"[a-z0-9-]+/|[a-z0-9]+[._-]", word)
        names = [name for name in names if kin and name.startswith(kin[0])] or names
    if not names:
        return "there is none yet"
    shown = ", ".join(names[:limit])
    return f"known: {shown}" + (f" and {len(names) - limit} more" if len(names) > limit else "")


def _alike(word: str, name: str) -> bool:
    """Whether one is a misspelling of the other: each part of the name, not only the whole.

    ``realtime.max_payload`` is no misspelling of ``serverless.max_payload``.
    """
    mine, theirs = ([part for part in _PARTS.split(text) if part] for text in (word, name.lower()))
    if len(mine) != len(theirs):
        return set(mine) <= set(theirs) or _near("".join(mine), "".join(theirs), 0.9)
    return all(_near(one, other, 0.6) for one, other in zip(mine, theirs, strict=True))


def _near(one: str, other: str, share: float) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= share
