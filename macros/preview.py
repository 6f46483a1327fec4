"""Live reload that builds a saved page alone: a hook for ``mkdocs serve --dirty``.

A dirty build leaves out each page that is older than its output. Two things are missing for a
preview that can be trusted: a page is also out of date when the knowledge or the templates are
newer, and the pages that were left out have no title to stand under in the navigation.
"""

import logging
import os
from pathlib import Path
from typing import Any

from macros.knowledge import ROOT, SOURCE

_TEMPLATES = ("overrides/*.html", "mkdocs.yml")
# MkDocs makes its pages anew for each build; these are what they were called in the last one.
_titles: dict[str, str] = {}
_dirty = False


def on_startup(*, command: str, dirty: bool) -> None:  # MkDocs passes it by name
    """Whether what is up to date may be left out."""
    global _dirty
    _dirty = dirty
    # It warns of navigation and links that are mended here, and a warning ends a strict build.
    logging.getLogger("mkdocs.commands.build").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return "'dirty' build" not in str(record.msg)


def on_nav(nav: Any, *, config: Any, files: Any) -> None:
    """Before pages are read: age what has to be built, name what has not."""
    if not _dirty:
        return
    newest = max(path.stat().st_mtime for path in _shared_sources())
    for file in files.documentation_pages():
        output = Path(file.abs_dest_path)
        if output.is_file() and output.stat().st_mtime < newest:
            os.utime(output, (0, 0))
        if not file.is_modified() and file.src_uri in _titles:
            file.page.title = _titles[file.src_uri]


def on_page_content(html: str, *, page: Any, config: Any, files: Any) -> None:
    """Note the title of a page that was read."""
    _titles[page.file.src_uri] = page.title


def _shared_sources() -> list[Path]:
    return [SOURCE, *(path for pattern in _TEMPLATES for path in ROOT.glob(pattern))]
