"""What a page waits for before it is drawn: one stylesheet, and no search index.

The theme asks for the index as every page loads, searched or not. It gets an empty one, and our
worker asks for the sections after the page is drawn.
"""

import json
import re
from pathlib import Path

_STYLE = re.compile(
    r'\s*<link rel="stylesheet" href="([^"]*?)(assets/(?:vendor|stylesheets)/[^"]+\.css)">'
)
JOINED = "assets/site.css"
INDEX = "search/search_index.json"
SECTIONS = "search/sections.json"


def join_styles(site: Path, pages: dict[Path, str]) -> dict[Path, str]:
    """The pages with one stylesheet in place of the site's separate ones, which it writes."""
    home = pages[site / "index.html"]
    if names := [name for _, name in _STYLE.findall(home)]:
        joined = "\n".join((site / name).read_text(encoding="utf-8") for name in names)
        (site / JOINED).write_text(joined, encoding="utf-8")
    return {file: _joined(html) for file, html in pages.items()}


def _joined(html: str) -> str:
    first = _STYLE.search(html)
    if not first:
        return html
    link = f'\n  <link rel="stylesheet" href="{first[1]}{JOINED}">'
    return html[: first.start()] + link + _STYLE.sub("", html[first.start() :])


def set_sections_apart(site: Path) -> None:
    """Move the sections of the search index into a file that the worker asks for."""
    index = site / INDEX
    if not index.is_file():
        return
    found = json.loads(index.read_text(encoding="utf-8"))
    if not found["docs"]:
        return
    (site / SECTIONS).write_text(json.dumps(found["docs"], ensure_ascii=False), encoding="utf-8")
    index.write_text(json.dumps({**found, "docs": []}), encoding="utf-8")
