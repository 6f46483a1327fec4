"""Live reload builds a saved page alone, and others once what they rest on has changed."""

import gc
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from watchdog.events import FileModifiedEvent, FileSystemEventHandler

from macros import preview, registry
from macros.knowledge import ROOT


@dataclass
class File:
    """What a build knows of a page's file."""

    source: Path
    abs_dest_path: str
    src_uri: str
    abs_src_path: str
    page: SimpleNamespace = field(default_factory=SimpleNamespace)

    def is_modified(self) -> bool:
        output = Path(self.abs_dest_path)
        return not output.is_file() or output.stat().st_mtime < self.source.stat().st_mtime


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[File]:
    """Three pages built after everything they are made of, but for the last, which was saved."""
    shared = tmp_path / "main.html"
    monkeypatch.setattr(preview, "_templates_of_all", lambda: [shared])
    # What starting sets, for the tests after this one.
    monkeypatch.setattr(registry, "_preview", None)
    monkeypatch.setattr(preview, "_preview", None)
    thresholds = gc.get_threshold()
    monkeypatch.setattr(preview, "_titles", {"a.md": "A", "b.md": "B", "c.md": "C"})
    files = []
    for number, name in enumerate(("a", "b", "c")):
        source, output = tmp_path / f"{name}.md", tmp_path / f"{name}.html"
        for path, time in ((shared, 10), (source, 30 if name == "c" else 10), (output, 20)):
            path.write_text(str(number), encoding="utf-8")
            os.utime(path, (time, time))
        files.append(
            File(source, str(output), source.name, str(source), SimpleNamespace(title=None))
        )
    preview.on_startup(command="serve", dirty=True)
    gc.set_threshold(*thresholds)
    return files


def modified(files: list[File]) -> list[str]:
    listed = SimpleNamespace(documentation_pages=lambda: files)
    preview.on_nav(None, config=None, files=listed)
    return [file.src_uri for file in files if file.is_modified()]


def test_a_saved_page_is_built_alone_and_the_others_keep_their_names(pages: list[File]) -> None:
    assert modified(pages) == ["c.md"]
    assert [file.page.title for file in pages] == ["A", "B", None]


def test_newer_templates_make_every_page_new(pages: list[File]) -> None:
    os.utime(preview._templates_of_all()[0], (25, 25))
    assert modified(pages) == ["a.md", "b.md", "c.md"]


def test_a_page_that_an_edit_of_the_knowledge_reached_is_built_too(pages: list[File]) -> None:
    assert preview._preview is not None
    preview._preview.outdated = frozenset({"a.md"})
    assert modified(pages) == ["a.md", "c.md"]


def test_a_page_that_lists_pages_is_built_with_all_of_them(pages: list[File]) -> None:
    pages[2].source.write_text("<!-- material/tags -->", encoding="utf-8")
    assert modified(pages) == ["a.md", "b.md", "c.md"]


def test_a_page_that_was_never_built_is_left_to_the_build(pages: list[File]) -> None:
    Path(pages[0].abs_dest_path).unlink()
    assert modified(pages) == ["a.md", "c.md"]
    assert pages[0].page.title is None


def test_a_whole_build_is_left_alone(pages: list[File]) -> None:
    preview.on_startup(command="build", dirty=False)
    os.utime(preview._templates_of_all()[0], (25, 25))
    assert modified(pages) == ["c.md"]


def test_the_title_of_a_page_that_was_read_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_titles", {})
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), title="Title", url="a/")
    preview.on_page_content("", page=page, config=None, files=None)
    assert preview._titles == {"a.md": "Title"}


def test_the_warning_of_a_dirty_build_does_not_end_a_strict_one(
    caplog: pytest.LogCaptureFixture,
) -> None:
    preview.on_startup(command="serve", dirty=True)
    log = logging.getLogger("mkdocs.commands.build")
    log.warning("A 'dirty' build is being performed, this will likely lead to ...")
    log.warning("a real one")
    assert [record.message for record in caplog.records] == ["a real one"]


def test_tags_lead_where_they_led_when_the_page_that_lists_them_was_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(preview, "_links", {})
    linked = SimpleNamespace(name="core", links=["tags/#core"])
    later, new = SimpleNamespace(name="core", links=[]), SimpleNamespace(name="new", links=[])
    for tags in ([linked], [later, new]):
        preview.on_page_context({"tags": tags}, page=None, config=None, nav=None)
    assert (later.links, new.links) == (["tags/#core"], [])


def test_a_page_built_again_stands_once_in_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_built", {"a/"})
    places = ("a/", "a/#one", "ab/", "b/#a/")
    before = SimpleNamespace(entries=[{"location": place} for place in places])
    plugins = {preview.SEARCH: SimpleNamespace(search_index_prev=before)}
    preview.on_post_build(config=SimpleNamespace(plugins=plugins))
    assert [entry["location"] for entry in before.entries] == ["ab/", "b/#a/"]
    assert preview._built == set()


def test_what_a_build_writes_starts_no_other_build(tmp_path: Path) -> None:
    told: list[str] = []
    handler = FileSystemEventHandler()
    handler.on_any_event = lambda event: told.append(str(event.src_path))  # type: ignore[method-assign]
    saved = (ROOT / "docs/index.md", ROOT / "docs/data/knowledge.yml", ROOT / "checker/model.py")
    made = (
        ROOT / "docs/assets/runtime/checker-1/x.whl",
        ROOT / "docs/assets/tags/sections.json",
        ROOT / "docs/assets/download/knowledge.json",
        ROOT / "docs/data/knowledge.schema.json",
        ROOT / "checker/knowledge.json",
    )
    for path in (*saved, *made):
        preview._tell(handler, FileModifiedEvent(str(path)))
    assert told == [str(path) for path in saved]


def test_the_templates_are_those_of_this_checkout() -> None:
    names = {path.name for path in preview._templates_of_all()}
    assert {"main.html", "mkdocs.yml"} <= names
