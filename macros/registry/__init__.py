"""Every macro that a page may call, declared once: its name, its arguments, what it draws.

The knowledge is read and checked once a build; a page's place comes from the ``page`` that both
engines put into the template context.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from macros.build import Inputs, build_inputs, write_known_verdicts
from macros.draw import options, tag_explorer
from macros.draw.edit_links import SourceLinks, repository_address
from macros.files import DOCS, SOURCE, write_if_changed
from macros.pages.source import Page, read_pages
from macros.pages.urls import for_zensical
from macros.practise.write import PUBLISHED
from macros.registry import data, decisions, reading
from macros.registry.declaration import MACROS, Draw, Site, macro_arguments
from macros.site.serve import editing, forget_built, last_good

__all__ = ["data", "decisions", "macro_arguments", "reading", "register"]


def register(env: Any) -> None:
    """Give the template engine every macro."""
    global _last
    changed, address = _newest(SOURCE.parent, "*.*"), repository_address(env.conf)
    pages = _newest(DOCS, "*.md")
    site, problems = last_good(lambda: _site(changed, pages, address), _last)
    if _last is not None and (problems or site.inputs is not _last.inputs):
        forget_built(Path(env.conf["site_dir"]))
    _last = site
    env.conf["extra"]["problems"] = problems
    for name, macro in MACROS.items():
        env.macro(_with_page(partial(macro.draw, site)), name)


_last: Site | None = None


# Zensical registers the macros for each page: what all pages share is made for the first one.
@lru_cache(maxsize=1)
def _inputs(changed: int) -> Inputs:
    return build_inputs()


@lru_cache(maxsize=1)
def _site(changed: int, pages_changed: int, address: str) -> Site:
    inputs, pages = _inputs(changed), read_pages(DOCS)
    write_if_changed(DOCS / tag_explorer.INDEX, tag_explorer.index_json(pages, inputs.knowledge))
    write_if_changed(DOCS / options.STYLES, options.options_css(inputs.knowledge))
    return Site(inputs, pages, SourceLinks(address, inputs.document), _verdicts(inputs, pages))


def _verdicts(inputs: Inputs, pages: Mapping[str, Page]) -> frozenset[str]:
    """The links that are answered by a file; in a preview none, so that it shows an edit sooner."""
    bodies = (page.body for page in pages.values())
    return frozenset() if editing() else write_known_verdicts(inputs, bodies)


def _newest(folder: Path, names: str) -> int:
    """When one of these files was last written; what a build writes does not count."""
    written = (".schema.json", Path(PUBLISHED).name)
    files = (file for file in folder.rglob(names) if not file.name.endswith(written))
    return max((file.stat().st_mtime_ns for file in files), default=0)


def _with_page(draw: Draw) -> Callable[..., str]:
    """Give a macro the page it is on, by its path below ``docs/``, in MkDocs and Zensical."""

    @pass_context
    def call(context: Context, *arguments: str) -> str:
        page = context["page"]
        if file := getattr(page, "file", None):
            return draw(str(file.src_uri), *arguments)
        return for_zensical(draw(page.path, *arguments), page.path)

    return call
