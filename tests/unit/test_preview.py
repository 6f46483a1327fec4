"""Live reload builds a saved page alone, and all of them once what they share has changed."""

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros import preview


@dataclass
class File:
    """What a build knows of a page's file."""

    source: Path
    abs_dest_path: str
    src_uri: str
    page: SimpleNamespace = field(default_factory=SimpleNamespace)

    def is_modified(self) -> bool:
        output = Path(self.abs_dest_path)
        return not output.is_file() or output.stat().st_mtime < self.source.stat().st_mtime


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[File]:
    """Three pages built after everything they are made of, but for the last, which was saved."""
    shared = tmp_path / "knowledge.yml"
    monkeypatch.setattr(preview, "_shared_sources", lambda: [shared])
    monkeypatch.setattr(preview, "_titles", {"a.md": "A", "b.md": "B", "c.md": "C"})
    files = []
    for number, name in enumerate(("a", "b", "c")):
        source, output = tmp_path / f"{name}.md", tmp_path / f"{name}.html"
        for path, time in ((shared, 10), (source, 30 if name == "c" else 10), (output, 20)):
            path.write_text(str(number), encoding="utf-8")
            os.utime(path, (time, time))
        files.append(File(source, str(output), source.name, SimpleNamespace(title=None)))
    preview.on_startup(command="serve", dirty=True)
    return files


def modified(files: list[File]) -> list[str]:
    listed = SimpleNamespace(documentation_pages=lambda: files)
    preview.on_nav(None, config=None, files=listed)
    return [file.src_uri for file in files if file.is_modified()]


def test_a_saved_page_is_built_alone_and_the_others_keep_their_names(pages: list[File]) -> None:
    assert modified(pages) == ["c.md"]
    assert [file.page.title for file in pages] == ["A", "B", None]


def test_newer_knowledge_makes_every_page_new(pages: list[File]) -> None:
    os.utime(preview._shared_sources()[0], (25, 25))
    assert modified(pages) == ["a.md", "b.md", "c.md"]


def test_a_page_that_was_never_built_is_left_to_the_build(pages: list[File]) -> None:
    Path(pages[0].abs_dest_path).unlink()
    assert modified(pages) == ["a.md", "c.md"]
    assert pages[0].page.title is None


def test_a_whole_build_is_left_alone(pages: list[File]) -> None:
    preview.on_startup(command="build", dirty=False)
    os.utime(preview._shared_sources()[0], (25, 25))
    assert modified(pages) == ["c.md"]


def test_the_title_of_a_page_that_was_read_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_titles", {})
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), title="Title")
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


def test_the_shared_sources_are_those_of_this_checkout() -> None:
    names = {path.name for path in preview._shared_sources()}
    assert {"knowledge.yml", "main.html", "mkdocs.yml"} <= names
