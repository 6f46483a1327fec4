"""The prose checks with the words of the real style sheet, for pages, data, code and messages."""

from collections.abc import Iterator

from macros.knowledge import prose as checks
from macros.knowledge.prose import Line, plain, prose, reading_ease, words
from tests.support import known

__all__ = ["Line", "findings", "plain", "prose", "reading_ease", "words"]

_AVOID = checks.style_words(known())


def findings(line: Line) -> Iterator[str]:
    """What a reader stumbles over in a line, with the better word."""
    for said, better in checks.findings(line, _AVOID):
        yield f"{said} ({better})"
