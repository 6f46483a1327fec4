"""Live reload that builds a saved page alone: a hook for ``mkdocs serve --dirty``.

A dirty build leaves out each page that is older than its output. Two things are missing for a
preview that can be trusted: a page is also out of date when the templates are newer or the
knowledge that it shows has changed, and the pages that were left out are not there for the others
to name, link and find.
"""

import gc
import logging
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from macros import explorer, registry
from macros.knowledge import BUNDLED, ROOT, SCHEMA
from macros.reload import Preview
from macros.runtime import ASSETS, DOWNLOADS

_TEMPLATES = ("overrides/*.html", "mkdocs.yml")
# What builds write where MkDocs watches.
_MADE = (
    BUNDLED,
    SCHEMA,
    *(registry.DOCS / made for made in (ASSETS, DOWNLOADS, explorer.INDEX, "assets/vendor")),
)
# Touched to start a build, after so many seconds.
_AGAIN, PAUSE = ROOT / ".cache/preview/again", 1.0
# MkDocs makes its pages anew for each build; these are what they were called in the last one.
_titles: dict[str, str] = {}
# Where each tag leads, and the addresses of this build's pages.
_links: dict[str, Any] = {}
_built: set[str] = set()
LISTING, SEARCH = "<!-- material/tags", "material/search"
_preview: Preview | None = None


class _Kept(BytecodeCache):
    """Compiled templates for the next build, whose template engine is a new one."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_templates = _Kept()


def on_startup(*, command: str, dirty: bool) -> None:  # MkDocs passes it by name
    """Whether what is up to date may be left out."""
    global _preview
    _preview = Preview() if dirty else None
    registry.follow(_preview)
    if dirty:
        # Much lives from build to build, and looking through it for garbage took a seventh.
        gc.set_threshold(100_000, 20, 20)
    # It warns of navigation and links that are mended here, and a warning ends a strict build.
    logging.getLogger("mkdocs.commands.build").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return "'dirty' build" not in str(record.msg)


def on_nav(nav: Any, *, config: Any, files: Any) -> None:
    """Before pages are read: age what has to be built, name what has not."""
    if _preview is None:
        return
    pages = files.documentation_pages()
    newest = max(path.stat().st_mtime for path in _templates_of_all())
    _age(file for file in pages if _built_at(file) < newest or file.src_uri in _preview.outdated)
    if any(file.is_modified() and _lists_pages(file) for file in pages):
        _age(pages)
    for file in pages:
        if not file.is_modified() and file.src_uri in _titles:
            file.page.title = _titles[file.src_uri]


def _built_at(file: Any) -> float:
    output = Path(file.abs_dest_path)
    return output.stat().st_mtime if output.is_file() else 0.0


def _age(files: Iterable[Any]) -> None:
    for file in files:
        if Path(file.abs_dest_path).is_file():
            os.utime(file.abs_dest_path, (0, 0))


def _lists_pages(file: Any) -> bool:
    """Whether the theme lists pages by tag on it, which it does of those that it builds with it."""
    return LISTING in Path(file.abs_src_path).read_text(encoding="utf-8")


def on_pre_page(page: Any, *, config: Any, files: Any) -> None:
    """A page is built."""
    if _preview:
        _preview.forget(page.file.src_uri)


def on_page_content(html: str, *, page: Any, config: Any, files: Any) -> None:
    """Note the title of a page that was read, and that it was."""
    _titles[page.file.src_uri] = page.title
    _built.add(page.url)


def on_page_context(context: Any, *, page: Any, config: Any, nav: Any) -> None:
    """Link the page's tags where they led when the page that lists them was built."""
    for tag in context.get("tags", ()):
        if tag.links:
            _links[tag.name] = tag.links
        else:
            tag.links = _links.get(tag.name, [])


def on_env(env: Environment, *, config: Any, files: Any) -> None:
    """Compiling the theme's templates is a third of what one page takes."""
    if _preview:
        env.bytecode_cache = _templates


@event_priority(100)  # before the theme's search writes its index
def on_post_build(*, config: Any) -> None:
    """Take pages that were built out of the search as it was; start what waits for a next build.

    The theme takes out one page's entries, as if a dirty build never built more.
    """
    before = getattr(config.plugins.get(SEARCH), "search_index_prev", None)
    if before:
        before.entries = [
            e for e in before.entries if e["location"].partition("#")[0] not in _built
        ]
    _built.clear()
    # Readers first load the page that was edited, as MkDocs answers nobody during a build.
    if _preview and _preview.behind:
        Timer(PAUSE, _AGAIN.touch).start()


def on_serve(server: LiveReloadServer, *, config: Any, builder: Any) -> LiveReloadServer:
    """Look for saved files ten times a second, where MkDocs looks twice: they are few."""
    watched = (config.docs_dir, config.config_file_path)
    for path in watched:
        server.unwatch(path)
    server.observer = _Saved(timeout=0.1)
    _AGAIN.parent.mkdir(parents=True, exist_ok=True)
    for path in (*watched, str(_AGAIN.parent)):
        server.watch(path)
    return server


class _Saved(PollingObserver):
    """Tells of what people save, not of what builds write: that would start another build."""

    def schedule(self, event_handler: FileSystemEventHandler, *args: Any, **others: Any) -> Any:
        told = FileSystemEventHandler()
        told.on_any_event = partial(_tell, event_handler)  # type: ignore[method-assign]
        return super().schedule(told, *args, **others)


def _tell(handler: FileSystemEventHandler, event: FileSystemEvent) -> None:
    path = Path(os.fsdecode(event.src_path))
    if not any(path.is_relative_to(made) for made in _MADE):
        handler.dispatch(event)


def _templates_of_all() -> list[Path]:
    return [path for pattern in _TEMPLATES for path in ROOT.glob(pattern)]
