"""Set-up: what is said where something lacks, and that a second run does nothing again."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from macros.files import ROOT
from tests import browser


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_setup", ROOT / ".ci/setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


setup = _load()


def test_a_second_run_changes_nothing_and_takes_seconds() -> None:
    stamp = ROOT / "node_modules/.stamp"
    before = stamp.stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, ".ci/setup.py"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert [line.split("] ")[1] for line in done.stdout.splitlines()] == ["set up"]
    assert stamp.stat().st_mtime_ns == before


def test_a_command_that_fails_shows_the_end_of_what_it_said_and_the_remedy() -> None:
    with pytest.raises(setup.SetupError, match=r"(?s)broken.*failed \(3\)\. Do this\.") as caught:
        setup.run([sys.executable, "-c", "print('broken'); raise SystemExit(3)"], "Do this.")
    assert "Traceback" not in str(caught.value)


def test_without_root_a_missing_package_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(setup.SetupError, match=r"^Install it by hand\.$"):
        setup.apt_install("chromium", "Install it by hand.")


def test_uv_sees_the_pythons_of_pyenv_and_the_index_that_pip_is_set_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "versions/3.13.0/bin").mkdir(parents=True)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")
    found = setup.uv_environment()
    assert found["PATH"].split(os.pathsep)[-1] == str(tmp_path / "versions/3.13.0/bin")
    assert found.get("UV_DEFAULT_INDEX") in ("https://mirror.example/simple", None)


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def test_a_hook_is_put_in_place_and_a_second_run_leaves_it(tmp_path: Path) -> None:
    _git("init", "-q", str(tmp_path))
    hook = tmp_path / ".git/hooks/pre-commit"
    setup.ensure_hook(tmp_path)
    assert os.access(hook, os.X_OK)
    # Without the tree's own script, as in an older commit, the hook lets a commit pass.
    assert subprocess.run([hook], cwd=tmp_path, check=False).returncode == 0
    hook.write_text("mine")
    setup.ensure_hook(tmp_path)
    assert hook.read_text() == "mine"


def test_a_folder_of_hooks_that_a_person_set_is_left_alone(tmp_path: Path) -> None:
    _git("init", "-q", str(tmp_path))
    _git("-C", str(tmp_path), "config", "core.hooksPath", "own")
    setup.ensure_hook(tmp_path)
    assert not (tmp_path / "own").exists()
    assert not (tmp_path / ".git/hooks/pre-commit").exists()


def test_an_export_without_git_gets_no_hook_and_no_error(tmp_path: Path) -> None:
    setup.ensure_hook(tmp_path)
    assert list(tmp_path.iterdir()) == []
    _git("init", "-q", str(tmp_path))
    (tmp_path / "inside").mkdir()
    setup.ensure_hook(tmp_path / "inside")
    assert not (tmp_path / ".git/hooks/pre-commit").exists()


def test_the_hook_stops_a_commit_that_the_checks_refuse(tmp_path: Path) -> None:
    _git("init", "-q", str(tmp_path))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/x.md").write_text("# X\n")
    tool = tmp_path / ".venv/bin/python"
    tool.parent.mkdir(parents=True)
    _git("-C", str(tmp_path), "add", "docs")
    for status in (0, 1):
        tool.write_text(f"#!/bin/sh\nexit {status}\n")
        tool.chmod(0o755)
        done = subprocess.run([ROOT / ".ci/pre-commit"], cwd=tmp_path, capture_output=True)
        assert done.returncode == status
        assert (b"--no-verify" in done.stderr) is bool(status)


def test_uv_is_locked_with_hashes() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "\nuv==" in lock
    assert lock.partition("\nuv==")[2].splitlines()[1].startswith("    --hash=sha256:")


@pytest.mark.parametrize("variable", ["", "no-such-browser"])
def test_a_browser_that_does_not_run_is_passed_by(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", variable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    assert browser.find_browser() is None
