"""In a preview an edit of the YAML shows first, and the checker's data and runtime follow."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from checker.model import Knowledge
from macros import reload
from macros.build import Inputs
from macros.dependencies import Macro
from macros.knowledge import KnowledgeError
from macros.runtime import Runtime
from tests.unit.support import known

RUNTIME = Runtime("core/", "one/", "lock", "wheel", "download", (), 0)
FACT = next(iter(known().facts))


class Disk:
    """The YAML, which is read as ``known``, and what was made of it."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.known: Knowledge | None = known()
        self.made: list[bytes] = []
        self.save(1)

    def save(self, time: int) -> None:
        self.source.touch()
        os.utime(self.source, (time, time))

    def edit(self, time: int, label: str) -> None:
        facts = {**known().facts, FACT: replace(known().facts[FACT], label=label)}
        self.known = replace(known(), facts=facts)
        self.save(time)

    def read(self) -> tuple[Knowledge, dict[tuple[str | int, ...], int]]:
        if self.known is None:
            raise KnowledgeError([])
        return self.known, {}

    def build(self, data: bytes) -> Runtime:
        self.made.append(data)
        return replace(RUNTIME, checker_path=f"{data.decode()}/")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(tmp_path / "knowledge.yml")
    monkeypatch.setattr(reload, "SOURCE", made.source)
    monkeypatch.setattr(reload, "read_with_lines", made.read)
    monkeypatch.setattr(reload, "write_data", lambda k: k.facts[FACT].label.encode())
    monkeypatch.setattr(reload, "build_runtime", made.build)
    return made


def macros(inputs: Inputs) -> dict[str, Macro]:
    return {
        "fact": lambda page: inputs.knowledge.facts[FACT].label,
        "checker": lambda page: inputs.runtime.checker_path,
    }


def build(preview: reload.Preview) -> frozenset[str]:
    made = preview.followed(preview.inputs(), macros)
    for page, name in (("fact.md", "fact"), ("check.md", "checker")):
        preview.forget(page)
        made[name](page=page)
    return preview.outdated


def test_after_an_edit_the_pages_come_first_and_the_runtime_in_the_next_build(disk: Disk) -> None:
    preview = reload.Preview()
    build(preview)
    assert (len(disk.made), preview.behind) == (1, False)
    disk.edit(2, "Another")
    assert build(preview) == {"fact.md"}
    assert (len(disk.made), preview.behind) == (1, True)
    assert build(preview) == {"check.md"}
    assert (disk.made[1:], preview.behind) == ([b"Another"], False)
    assert build(preview) == frozenset()
    assert len(disk.made) == 2


def test_edits_in_a_row_make_the_runtime_once(disk: Disk) -> None:
    preview = reload.Preview()
    build(preview)
    for time, label in enumerate(("One", "Two", "Three"), start=2):
        disk.edit(time, label)
        assert build(preview) == {"fact.md"}
    build(preview)
    assert disk.made[1:] == [b"Three"]


def test_a_yaml_that_is_not_fit_changes_nothing_until_it_is(disk: Disk) -> None:
    preview = reload.Preview()
    build(preview)
    disk.known = None
    disk.save(2)
    with pytest.raises(KnowledgeError):
        build(preview)
    disk.edit(3, "Mended")
    assert build(preview) == {"fact.md"}
