"""Errors as values: what is wrong, where, and what would be right. All of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass


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

    names = sorted(known)
    near = get_close_matches(word[:60].lower(), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    shown = ", ".join(names[:limit])
    return f"known: {shown}" + (f" and {len(names) - limit} more" if len(names) > limit else "")
