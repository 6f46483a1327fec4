"""The files that the site offers for download, with their sizes."""

from pathlib import Path

from macros.draw.html import Html, el, lines
from macros.pages.urls import relative_url


def downloads(files: dict[str, str], docs: Path, page: str) -> Html:
    """A list of files with their sizes; ``files`` maps a path below docs to what it is."""
    items = [
        el(
            "li",
            None,
            el("a", {"href": relative_url(path, page), "download": True}, Path(path).name),
            f" ({(docs / path).stat().st_size / 1000:,.0f} KB): {words}",
        )
        for path, words in files.items()
    ]
    return el("ul", None, "\n", lines(*items), "\n")
