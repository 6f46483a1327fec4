"""Set-up: which Python is taken, what is redone when, and what is said where something lacks."""

import importlib.util
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests import browser

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_setup", ROOT / ".ci/setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["ci_setup"] = module
    spec.loader.exec_module(module)
    return module


setup = _load()


def program(path: Path, script: str) -> Path:
    """A shell script that stands in for a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def fake_python(path: Path, version: str, makes_venv: bool = True) -> Path:
    """A stand-in for a Python of this version that answers the probe."""
    return program(path, f"echo {version.replace('.', ' ')} {int(makes_venv)}; echo {path}")


def forbidden(*_: object, **__: object) -> None:
    raise AssertionError("this step must not run")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine with an empty PATH, no pyenv and an old default Python, without root."""
    old = fake_python(tmp_path / "usr/bin/python3", "3.11.2")
    monkeypatch.setattr(sys, "executable", str(old))
    monkeypatch.setattr(setup, "can_apt", lambda: False)
    monkeypatch.setattr(setup, "uv_interpreter", lambda: "from uv")
    return {"PATH": str(tmp_path / "usr/bin"), "HOME": str(tmp_path)}


# --- Which Python -------------------------------------------------------------------------------


def test_the_python_that_runs_this_test_is_taken_for_one_that_runs() -> None:
    found = setup.probe(sys.executable)
    assert found.version == sys.version_info[:3]
    assert Path(found.path).is_file()


@pytest.mark.parametrize(
    "script",
    ["echo 'python3.13: command not found' >&2; exit 127", "exit 0", "echo nonsense", "echo 3 13"],
    ids=["a shim that fails", "says nothing", "says nonsense", "stops half way"],
)
def test_a_python_that_does_not_really_run_is_passed_by(tmp_path: Path, script: str) -> None:
    assert setup.probe(str(program(tmp_path / "python3.13", script))) is None


def test_a_python_that_is_not_there_is_passed_by(tmp_path: Path) -> None:
    assert setup.probe(str(tmp_path / "python3.13")) is None


def test_the_newest_on_the_path_wins_and_versions_compare_as_numbers(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    fake_python(tmp_path / "usr/bin/python3.12", "3.12.9")
    newest = fake_python(tmp_path / "opt/python3.13", "3.13.10")
    fake_python(tmp_path / "more/python3.13", "3.13.9")
    machine["PATH"] += f"{os.pathsep}{tmp_path / 'opt'}{os.pathsep}{tmp_path / 'more'}"
    assert setup.choose_interpreter(machine) == str(newest)


def test_behind_a_failing_pyenv_shim_the_version_itself_is_found(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    program(tmp_path / "usr/bin/python3.13", "exit 127")
    real = fake_python(tmp_path / ".pyenv/versions/3.13.0/bin/python3", "3.13.0")
    assert setup.choose_interpreter(machine) == str(real)


def test_a_python_that_uv_installed_before_is_found_again(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    real = fake_python(tmp_path / ".local/share/uv/python/cpython-3.13/bin/python3", "3.13.5")
    assert setup.choose_interpreter(machine) == str(real)


def test_an_older_python_is_never_taken(machine: dict[str, str]) -> None:
    assert setup.choose_interpreter(machine) == "from uv"


def test_names_that_are_no_python_are_not_run(tmp_path: Path, machine: dict[str, str]) -> None:
    for name in ("python3-config", "python3.13t", "python2.7", "pythonw", "python3.11"):
        fake_python(tmp_path / "usr/bin" / name, "3.14.0")
    assert setup.choose_interpreter(machine) == "from uv"


def test_where_only_venv_lacks_debians_package_is_installed(
    tmp_path: Path, machine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = fake_python(tmp_path / "usr/bin/python3.13", "3.13.5", makes_venv=False)
    monkeypatch.setattr(setup, "can_apt", lambda: True)
    installed: list[str] = []

    def install(package: str) -> None:
        installed.append(package)
        fake_python(bare, "3.13.5")

    monkeypatch.setattr(setup, "apt_install", install)
    assert setup.choose_interpreter(machine) == str(bare)
    assert installed == ["python3-venv"]


def test_without_any_python_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "executable", str(program(tmp_path / "python3", "echo broken; exit 1"))
    )
    with pytest.raises(setup.SetupError, match=r"(?s)broken.*Install Python 3\.12 or later"):
        setup.uv_interpreter()


# --- What is redone when ------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with locks in which steps only leave their traces: done.txt names them."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in ("requirements.txt", "package-lock.json", ".npmrc"):
        (root / name).write_text("one", encoding="utf-8")

    def run(command: list[object], hint: str, **_: object) -> None:
        words = [str(word) for word in command]
        if "venv" in words:
            python = root / ".venv/bin/python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.unlink(missing_ok=True)
            python.symlink_to(words[0])
            (python.parent / "pip").write_text(f"#!{python}\n", encoding="utf-8")
        (root / "node_modules").mkdir(exist_ok=True)
        _note(root, "venv" if "venv" in words else "npm")

    monkeypatch.setattr(setup, "run", run)
    monkeypatch.setattr(setup, "choose_interpreter", lambda _: os.path.realpath(sys.executable))
    monkeypatch.setattr(setup, "install_locked", lambda *_: _note(root, "packages"))
    return root


def _note(root: Path, step: str) -> None:
    with (root / "done.txt").open("a", encoding="utf-8") as file:
        file.write(f"{step}\n")


def steps(root: Path) -> list[str]:
    """Set up; the steps that it took."""
    (root / "done.txt").write_text("", encoding="utf-8")
    setup.ensure_venv(root)
    setup.ensure_node_modules(root)
    return (root / "done.txt").read_text(encoding="utf-8").split()


def test_a_second_run_redoes_nothing(checkout: Path) -> None:
    assert steps(checkout) == ["venv", "packages", "npm"]
    assert steps(checkout) == []


@pytest.mark.parametrize(
    ("name", "redone"),
    [("requirements.txt", ["packages"]), ("package-lock.json", ["npm"]), (".npmrc", ["npm"])],
)
def test_a_changed_lock_redoes_its_own_step_only(
    checkout: Path, name: str, redone: list[str]
) -> None:
    steps(checkout)
    (checkout / name).write_text("two", encoding="utf-8")
    assert steps(checkout) == redone
    assert steps(checkout) == []


def test_an_interpreter_that_is_gone_makes_a_new_venv(checkout: Path) -> None:
    steps(checkout)
    python = checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to(checkout / "gone")
    assert steps(checkout) == ["venv", "packages"]


def test_a_venv_that_was_copied_from_elsewhere_is_made_anew(checkout: Path) -> None:
    steps(checkout)
    (checkout / ".venv/bin/pip").write_text("#!/other/.venv/bin/python\n", encoding="utf-8")
    (checkout / ".venv/.stamp").write_text("of the other", encoding="utf-8")
    assert steps(checkout) == ["venv", "packages"]


def test_a_step_that_failed_is_taken_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise setup.SetupError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install_locked", fail)
        with pytest.raises(setup.SetupError):
            steps(checkout)
    assert steps(checkout) == ["packages", "npm"]


def test_where_uv_cannot_install_pip_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def run(command: list[object], hint: str, **_: object) -> None:
        tried.append(Path(str(command[0])).name)
        if tried[-1] == "uv":
            raise setup.SetupError("no index")

    monkeypatch.setattr(setup, "run", run)
    monkeypatch.setattr(setup, "install_uv", lambda *_: None)
    setup.install_locked(tmp_path / ".venv", tmp_path / "requirements.txt")
    assert tried == ["uv", "python"]


def test_uv_itself_is_installed_with_its_hashes() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = setup.requirement(lock, "uv").splitlines()
    assert re.fullmatch(r"uv==[\d.]+ \\", lines[0])
    assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}(?: \\)?", line) for line in lines[1:])
    with pytest.raises(setup.SetupError, match="make lock"):
        setup.requirement(lock, "no-such-package")


def test_a_command_that_fails_shows_its_last_words_and_the_remedy() -> None:
    with pytest.raises(setup.SetupError, match=r"(?s)oh no.*failed \(3\)\. Do this\."):
        setup.run(["sh", "-c", "echo oh no; exit 3"], "Do this.")
    with pytest.raises(setup.SetupError, match=r"(?s)no-such-program.*Do this\."):
        setup.run(["no-such-program"], "Do this.")


# --- The browser --------------------------------------------------------------------------------


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with one empty folder, and no browser named or downloaded."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    return tmp_path


def test_without_a_browser_none_is_found(empty_path: Path) -> None:
    assert browser.find_browser() is None


def test_a_browser_that_only_asks_for_a_snap_is_passed_by(empty_path: Path) -> None:
    program(empty_path / "bin/chromium-browser", "exit 1")
    chrome = program(empty_path / "bin/google-chrome", "exit 0")
    assert browser.find_browser() == str(chrome)


def test_the_browser_that_is_named_comes_first(
    empty_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(empty_path / "bin/chromium", "exit 0")
    named = program(empty_path / "elsewhere/chrome", "exit 0")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert browser.find_browser() == str(named)


def test_playwrights_own_download_is_found(empty_path: Path) -> None:
    store = empty_path / ".cache/ms-playwright"
    chrome = program(store / "chromium-1200/chrome-linux64/chrome", "exit 0")
    assert browser.find_browser() == str(chrome)


def _browser_steps(
    monkeypatch: pytest.MonkeyPatch, apt: bool, cures: str
) -> tuple[list[str], Callable[[], None]]:
    taken: list[str] = []

    def step(name: str) -> Callable[..., None]:
        return lambda *_, **__: taken.append(name)

    monkeypatch.setattr(setup, "find_browser", lambda _: "chromium" if cures in taken else None)
    monkeypatch.setattr(setup, "can_apt", lambda: apt)
    monkeypatch.setattr(setup, "apt_install", step("apt"))
    monkeypatch.setattr(setup, "run", step("playwright"))
    return taken, lambda: setup.ensure_browser(ROOT)


def test_where_apt_can_give_a_browser_nothing_is_downloaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken, ensure = _browser_steps(monkeypatch, apt=True, cures="apt")
    ensure()
    assert taken == ["apt"]


def test_without_root_playwrights_download_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, ensure = _browser_steps(monkeypatch, apt=False, cures="playwright")
    ensure()
    assert taken == ["playwright"]


def test_where_no_browser_can_be_had_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _browser_steps(monkeypatch, apt=True, cures="nothing")
    monkeypatch.setattr(setup, "ensure_venv", lambda _: None)
    monkeypatch.setattr(setup, "ensure_node_modules", lambda _: None)
    assert setup.main(["--browser"]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err


def test_a_browser_that_is_there_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "find_browser", lambda _: "chromium")
    monkeypatch.setattr(setup, "apt_install", forbidden)
    monkeypatch.setattr(setup, "run", forbidden)
    setup.ensure_browser(ROOT)


# --- What is typed ------------------------------------------------------------------------------


def _targets() -> dict[str, list[str]]:
    """The Makefile's targets with the lines of their recipes."""
    targets: dict[str, list[str]] = {}
    for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z-]+):", line):
            targets[match[1]] = []
        elif line.startswith("\t"):
            targets[list(targets)[-1]].append(line)
    return targets


@pytest.mark.parametrize("target", sorted(_targets()))
def test_each_make_target_is_short_enough_to_be_typed(target: str) -> None:
    assert 1 <= len(_targets()[target]) <= 2


def test_the_pipeline_runs_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
