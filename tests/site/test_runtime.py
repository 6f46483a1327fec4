"""The browser runtime: whole, small, the same from the same input, and enough for the checker."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyodide_build import _py_compile

from checker.config import DECISIONS, check
from checker.knowledge.loading import add_sections, load_knowledge, with_entries
from checker.session import Session
from macros.files import DOCS, ROOT
from macros.knowledge.reading import knowledge_json, read_knowledge
from macros.runtime import bundle, compiling, contents, split
from macros.runtime.bundle import Runtime, ensure_runtime
from macros.runtime.contents import RuntimeBuildError
from macros.runtime.wheels import COMMAND_LINE, ROOMS, room_of, unpacked
from tests import fault_table, support

STOCK = ROOT / "node_modules/pyodide"
COPIED = ("pyproject.toml", "LICENSE", "README.md", "package-lock.json", "requirements.txt")


@pytest.fixture(scope="module")
def knowledge() -> bytes:
    """What the checker carries."""
    return knowledge_json(read_knowledge())


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another checkout of the same sources, with nothing built."""
    shutil.copytree(
        ROOT / "checker",
        tmp_path / "checker",
        ignore=shutil.ignore_patterns("__pycache__", "knowledge.json"),
    )
    for name in COPIED:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def _contents(docs: Path, runtime: Runtime) -> dict[str, str]:
    return {n: hashlib.sha256((docs / n).read_bytes()).hexdigest() for n, _ in runtime.files}


# --- Whole --------------------------------------------------------------------------------------


def test_each_file_is_there_with_the_size_that_the_page_announces(made: Runtime) -> None:
    sizes = {name: (DOCS / name).stat().st_size for name, _ in made.files}
    assert sizes == dict(made.files)
    parts = {
        n: s for n, s in sizes.items() if n.endswith(".json") and not n.endswith(contents.LOCK)
    }
    later = [sizes[f"{made.checker_path}{name}"] for name in contents.LATER]
    parts = {name: size for name, size in parts.items() if not name.endswith(contents.LATER)}
    always = sum(sizes.values()) - sum(parts.values()) - sum(later)
    assert made.total_bytes == always + max(parts.values())


def test_the_folders_hold_these_files_and_no_others(made: Runtime) -> None:
    kept = {str(p.relative_to(DOCS)) for p in (DOCS / bundle.ASSETS).rglob("*") if p.is_file()}
    assert kept == {name for name, _ in made.files}
    names = {Path(name).name for name, _ in made.files}
    ours = {contents.SERVED_STDLIB, made.lock, made.wheel, *contents.LATER}
    parts = {f"{decision}.json" for decision in support.known().decisions}
    assert names == {*contents.CORE, *ours, *parts}


def test_the_folders_are_named_by_version_and_content(made: Runtime) -> None:
    version = json.loads((STOCK / "package.json").read_bytes())["version"]
    assert re.fullmatch(rf"assets/runtime/pyodide-{re.escape(version)}-[0-9a-f]{{8}}/", made.path)
    assert re.fullmatch(r"assets/runtime/checker-[0-9a-f]{8}/", made.checker_path)


def test_pyodide_itself_is_what_the_lock_vendored(made: Runtime) -> None:
    for name in contents.CORE:
        assert (DOCS / made.path / name).read_bytes() == (STOCK / name).read_bytes()


def test_the_lock_names_the_checker_alone_and_its_wheel_by_hash(made: Runtime) -> None:
    lock = json.loads((DOCS / made.checker_path / made.lock).read_bytes())
    entry = lock["packages"].pop("sagemaker-checker")
    assert lock["packages"] == {}
    content = (DOCS / made.checker_path / entry["file_name"]).read_bytes()
    assert entry["file_name"] == made.wheel
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert (entry["imports"], entry["depends"]) == (["checker"], [])
    assert lock["info"] == json.loads((STOCK / "pyodide-lock.json").read_bytes())["info"]


def test_the_wheel_holds_this_knowledge_and_the_bytecode_of_each_module(
    made: Runtime, wheel: dict[str, bytes], knowledge: bytes
) -> None:
    sources = (ROOT / "checker").rglob("*.py")
    modules = {p.relative_to(ROOT).with_suffix(".pyc").as_posix() for p in sources}
    of_pages = {name for name in modules if not name.startswith(COMMAND_LINE)}
    later = {name for name in of_pages if room_of(name)}
    assert {n for n in wheel if n.endswith((".py", ".pyc"))} == of_pages - later
    archives = [unpacked((DOCS / made.checker_path / room).read_bytes()) for room in ROOMS]
    assert {name for archive in archives for name in archive} == later != set()
    assert wheel[contents.CARRIED] == split.split_knowledge(knowledge)[0]


def test_the_data_of_the_text_reader_is_in_a_separate_file(made: Runtime, knowledge: bytes) -> None:
    whole = json.loads(knowledge)
    words = json.loads((DOCS / made.checker_path / contents.WORDS).read_bytes())
    assert words == {section: whole[section] for section in split.WORD_SECTIONS}


def test_configurations_are_checked_with_a_file_of_their_own_and_the_decisions(
    made: Runtime, knowledge: bytes
) -> None:
    common, parts = split.split_knowledge(knowledge)
    added = json.loads((DOCS / made.checker_path / contents.CONFIGURATION).read_bytes())
    sections = json.dumps({name: added.pop(name) for name in split.CONFIGURATION_SECTIONS})
    known = load_knowledge(common)
    for part in (json.dumps(added), *(parts[decision] for decision in DECISIONS)):
        known = with_entries(known, part)
    known = add_sections(known, sections)
    for name in fault_table.FAULTS:
        files = {name: fault_table.fault_file(name).read_bytes()}
        assert check(files, known).plain() == check(files, support.known()).plain()


def test_the_yaml_reader_is_the_installed_one_without_its_part_in_c(made: Runtime) -> None:
    files = unpacked((DOCS / made.checker_path / contents.YAML).read_bytes())
    place = Path(yaml.__file__).parent
    assert files == {f"yaml/{path.name}": path.read_bytes() for path in place.glob("*.py")}


@pytest.mark.parametrize("decision", list(support.known().decisions))
def test_a_decision_has_its_rules_and_facts_only_and_they_are_enough(
    made: Runtime, knowledge: bytes, decision: str
) -> None:
    common, parts = split.split_knowledge(knowledge)
    part = json.loads(parts[decision])
    known = support.known()
    mine = set(known.decisions[decision].options)
    assert part["rules"].keys() == {k for k, r in known.rules.items() if mine & set(r.options)}
    assert (DOCS / made.checker_path / f"{decision}.json").read_bytes() == parts[decision]
    session = Session(with_entries(load_knowledge(common), parts[decision]))
    for scenario in known.scenarios.values():
        if scenario.decision == decision:
            asked = [decision], dict(scenario.answers)
            assert session.decide(*asked) == support.session().decide(*asked)


def test_the_wheels_record_is_true_of_each_file(wheel: dict[str, bytes]) -> None:
    record = next(name for name in wheel if name.endswith(".dist-info/RECORD"))
    lines = [line.rsplit(",", 2) for line in wheel[record].decode().splitlines()]
    assert {name for name, _, _ in lines} == set(wheel)
    for name, digest, size in lines:
        if name != record:
            true = base64.urlsafe_b64encode(hashlib.sha256(wheel[name]).digest()).rstrip(b"=")
            assert (digest, int(size)) == (f"sha256={true.decode()}", len(wheel[name]))


def test_the_compiled_wheel_is_named_as_pyodide_build_names_one(made: Runtime) -> None:
    source = Path(made.download).name
    theirs = _py_compile._py_compile_wheel_name(source)
    assert re.sub("cp[0-9]+", "cp314", theirs) == made.wheel


def test_the_wheel_for_download_has_the_sources_and_installs(
    made: Runtime, knowledge: bytes, tmp_path: Path
) -> None:
    files = unpacked((DOCS / made.download).read_bytes())
    assert files["checker/knowledge.json"] == knowledge
    assert (
        files["checker/rules/evaluation.py"] == (ROOT / "checker/rules/evaluation.py").read_bytes()
    )
    assert any(name.endswith("licenses/LICENSE") for name in files)
    assert "checker/py.typed" in files


def test_the_library_does_not_grow_unseen(made: Runtime, library: zipfile.ZipFile) -> None:
    """Machine-independent sizes; when one grows on purpose, write the new one here."""
    assert len(library.namelist()) <= 150
    content = (DOCS / made.path / contents.SERVED_STDLIB).read_bytes()
    assert len(gzip.compress(content, 9, mtime=0)) < 900_000
    assert dict(made.files)[f"{made.checker_path}{made.wheel}"] < 425_000


# --- The same from the same ---------------------------------------------------------------------


def test_another_checkout_of_the_same_sources_makes_the_same_bytes(
    made: Runtime, elsewhere: Path, knowledge: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    again = ensure_runtime(elsewhere, knowledge)
    assert again == made
    assert _contents(elsewhere / "docs", again) == _contents(DOCS, made)
    _a_knowledge_edit_changes_only_the_checkers_folder(elsewhere, again, knowledge, monkeypatch)


def _a_knowledge_edit_changes_only_the_checkers_folder(
    root: Path, before: Runtime, knowledge: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "run_pyodide", _forbidden("an edit of the knowledge"))
    changed = knowledge.replace(b'"digest":"', b'"digest":"x', 1)
    edited = ensure_runtime(root, changed)
    assert edited.path == before.path
    assert edited.checker_path != before.checker_path
    kept = {f"{bundle.ASSETS}/{p.name}/" for p in (root / "docs" / bundle.ASSETS).iterdir()}
    assert kept == {edited.path, edited.checker_path}
    files = unpacked((root / "docs" / edited.checker_path / edited.wheel).read_bytes())
    assert files[contents.CARRIED] == split.split_knowledge(changed)[0]


def _forbidden(what: str) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError(f"{what} must not start this")

    return refuse


def test_a_second_build_makes_nothing_again(
    made: Runtime, knowledge: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "build_wheel", _forbidden("a second run"))
    assert ensure_runtime(ROOT, knowledge) == made


# --- Errors -------------------------------------------------------------------------------------


def test_without_the_vendored_code_the_error_says_what_to_run(
    elsewhere: Path, knowledge: bytes
) -> None:
    (elsewhere / "node_modules").unlink()
    with pytest.raises(RuntimeBuildError, match=r"node_modules/pyodide.*make setup"):
        ensure_runtime(elsewhere, knowledge)


def test_a_source_that_does_not_compile_is_named_with_its_line(
    elsewhere: Path, knowledge: bytes
) -> None:
    (elsewhere / "checker/units.py").write_text("x = 1\ny = = 2\n", encoding="utf-8")
    with pytest.raises(RuntimeBuildError, match=r'(?s)"checker/units\.py", line 2.*SyntaxError'):
        ensure_runtime(elsewhere, knowledge)
    assert not (elsewhere / "docs" / bundle.ASSETS).exists()
