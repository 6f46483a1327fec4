"""The runtime in Node: it holds enough for the checker, and says what CPython says."""

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.browser import handle
from checker.starting import FORMS
from macros.files import DOCS, ROOT
from macros.runtime import compiling
from macros.runtime.bundle import Runtime
from macros.runtime.wheels import ROOMS, unpacked
from tests import support

STOCK = ROOT / "node_modules/pyodide"


@pytest.fixture(scope="module")
def requests() -> list[dict[str, Any]]:
    """Each scenario as the page asks it, and what no page should ask."""
    scenarios = checker.load_knowledge((ROOT / "checker/knowledge.json").read_bytes()).scenarios
    wanted = {"type": "decide", "full": True}
    asked = [
        {**wanted, "decisions": [s.decision], "answers": dict(s.answers)}
        for s in scenarios.values()
    ]
    start = {"type": "start", "decisions": ["rollout"], "answers": {}, "option": "canary"}
    asked += [{**start, "form": form} for form in FORMS]
    return [*asked, {**wanted, "decisions": ["none"], "answers": {"none": "-1 parsecs"}}]


@pytest.fixture(scope="module")
def probe(made: Runtime, requests: list[dict[str, Any]]) -> dict[str, Any]:
    """What the runtime did in Node."""
    job = {
        "loader": (STOCK / "pyodide.mjs").as_uri(),
        "core": f"{DOCS / made.path}/",
        "checker": f"{DOCS / made.checker_path}/",
        "decisions": [*support.known().decisions, "starting"],
        "rooms": list(ROOMS),
        "requests": requests,
    }
    command = [
        compiling.node(),
        str(Path(__file__).with_name("runtime_probe.mjs")),
        json.dumps(job),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_every_module_of_the_checker_can_be_imported(
    made: Runtime, probe: dict[str, Any], wheel: dict[str, bytes]
) -> None:
    archives = [unpacked((DOCS / made.checker_path / room).read_bytes()) for room in ROOMS]
    files = [*wheel, *(name for archive in archives for name in archive)]
    paths = [Path(name).with_suffix("").parts for name in files if name.endswith(".pyc")]
    there = {".".join(part for part in parts if part != "__init__") for parts in paths}
    assert set(probe["modules"]) == there


def test_the_shipped_wheel_says_what_cpython_says(
    probe: dict[str, Any], requests: list[dict[str, Any]]
) -> None:
    for asked, answered in zip(requests, probe["answers"], strict=True):
        assert answered == json.loads(handle(json.dumps(asked)))


def test_a_text_waits_for_the_words(probe: dict[str, Any]) -> None:
    assert "RuntimeError: a text before add_words" in probe["early"]


def test_an_import_outside_the_bundle_fails_as_it_always_does(probe: dict[str, Any]) -> None:
    assert "ModuleNotFoundError: No module named 'sqlite3'" in probe["outside"]
    assert "ModuleNotFoundError: No module named 'no_such_module'" in probe["unknown"]


def test_errors_are_reported_in_full_with_the_small_library(probe: dict[str, Any]) -> None:
    assert "AttributeError: module 'checker' has no attribute 'decid'" in probe["misspelt"]
    assert "SyntaxError: invalid syntax" in probe["syntax"]




def test_the_library_is_bytecode_without_docstrings_and_stored(
    library: zipfile.ZipFile, probe: dict[str, Any]
) -> None:
    entries = library.infolist()
    assert {Path(entry.filename).suffix for entry in entries} == {".pyc"}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert probe["docstring"] is True
