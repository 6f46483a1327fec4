"""What is done to a built site, by whichever engine built it: ``python -m macros finish``.

A MkDocs hook could do the same, but Zensical runs none. Doing it twice changes nothing more.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from checker.session import bundled_knowledge
from macros.site.change_feed import atom_feed
from macros.site.copies import write_copies
from macros.site.fewer_requests import join_styles, set_sections_apart
from macros.site.security_policy import (
    PolicyError,
    headers_file,
    inline_scripts,
    page_policy,
    with_policy,
)

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_LAST_MODIFIED = re.compile(r"\s*<lastmod>[^<]*</lastmod>")


class FinishError(Exception):
    """A site that cannot be finished; the text says why."""


def finish(site: Path) -> None:
    """Give each page its policy and its Markdown copy, hosts their headers, the sitemap no dates.

    Raises:
        FinishError: there is no built site, or a page that the policy does not fit into.
    """
    pages = {file: file.read_text(encoding="utf-8") for file in sorted(site.rglob("*.html"))}
    home = pages.get(site / "index.html")
    if home is None:
        raise FinishError(f"{site}: no index.html. Build the site first: make build")
    pages = join_styles(site, pages)
    set_sections_apart(site)
    _write_policy(pages)
    write_copies(site, pages)
    root = _CANONICAL.search(home)
    path = urlsplit(root[1]).path if root else "/"
    (site / "_headers").write_text(headers_file(path or "/"), encoding="utf-8")
    _undate(site / "sitemap.xml")
    if root:
        feed = atom_feed(bundled_knowledge(), root[1])
        (site / "feed.xml").write_text(feed, encoding="utf-8")


def _write_policy(pages: dict[Path, str]) -> None:
    scripts: list[str] = []
    for file, html in pages.items():
        with _named(file):
            scripts += inline_scripts(html)
    policy = page_policy(scripts)
    for file, html in pages.items():
        with _named(file):
            file.write_text(with_policy(html, policy), encoding="utf-8")


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except PolicyError as error:
        raise FinishError(f"{file}: {error}") from error


def _undate(sitemap: Path) -> None:
    """The engine dates each page by the day of the build, which says nothing of the page."""
    if not sitemap.is_file():
        return
    text = _LAST_MODIFIED.sub("", sitemap.read_text(encoding="utf-8"))
    sitemap.write_text(text, encoding="utf-8")
    packed = gzip.compress(text.encode(), mtime=0)
    sitemap.with_name("sitemap.xml.gz").write_bytes(packed)
