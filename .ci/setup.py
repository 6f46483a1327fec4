"""Set up everything that building and testing need: ``python3 .ci/setup.py [--browser]``.

Any Python from 3.9 runs this; it uses the standard library only. It finds the newest Python from
3.12 that really runs, makes ``.venv`` with it, installs what ``requirements.txt`` locks, and
vendors the browser code that ``package-lock.json`` locks, with the Node that came from PyPI. Each
step is redone only when its lock or its interpreter changed, so a second run takes a fraction of a
second.
``--browser`` makes sure of a Chromium for the tests as well.

Exit status: 0 all is set up, 1 something is missing and the message says what to install.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 12)
# What uv installs where no interpreter is found: the newest that all locked wheels are built for.
FALLBACK = "3.13"
STARTED = time.monotonic()

# Prints the version where this is a released CPython, whether it can make a venv with pip (Debian
# splits that off into python3-venv), and its own path: of a venv or a shim, what is behind it.
PROBE = """
import sys, importlib.util as u
assert sys.implementation.name == "cpython" and sys.version_info.releaselevel == "final"
parts = ("venv", "ensurepip")
print(*sys.version_info[:3], int(all(map(u.find_spec, parts))))
print(getattr(sys, "_base_executable", sys.executable))
"""


class SetupError(Exception):
    """Something that this script cannot cure; the text says what to install."""


class Interpreter(NamedTuple):
    """A Python that ran: its version first, so that the newest is the greatest."""

    version: tuple[int, int, int]
    makes_venv: bool
    path: str


def say(text: str) -> None:
    """Print one line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def run(command: Sequence[str | Path], hint: str, **options: object) -> None:
    """Run a command quietly; where it fails, show the end of what it said and the hint.

    Raises:
        SetupError: the command failed or is not there.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
        )
    except OSError as error:
        raise SetupError(f"{words[0]}: {error}\n{hint}") from error
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-25:])
        raise SetupError(f"{said}\n{' '.join(words[:4])} ... failed ({done.returncode}). {hint}")


# --- The interpreter ---------------------------------------------------------------------------


def probe(path: str) -> Interpreter | None:
    """The interpreter at ``path``, or None: a pyenv shim, for one, may exist and fail."""
    try:
        done = subprocess.run(
            [path, "-I", "-c", PROBE], capture_output=True, text=True, timeout=20, check=True
        )
        numbers, base = done.stdout.splitlines()
        *version, makes_venv = map(int, numbers.split())
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(tuple(version), bool(makes_venv), base)  # type: ignore[arg-type]


def candidates(environment: dict[str, str]) -> Iterator[str]:
    """Paths that may be a Python from 3.12: this one, PATH, pyenv's and uv's versions."""
    yield sys.executable
    for folder in map(Path, filter(None, environment.get("PATH", "").split(os.pathsep))):
        yield from map(str, sorted(p for p in _listed(folder) if _may_do(p.name)))
    home = Path(environment.get("HOME", "~")).expanduser()
    pyenv = Path(environment.get("PYENV_ROOT") or home / ".pyenv")
    for versions in (pyenv / "versions", home / ".local/share/uv/python"):
        yield from (str(folder / "bin/python3") for folder in _listed(versions))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # a PATH may name folders that are not there
        return []


def _may_do(name: str) -> bool:
    """Whether a file of this name may be a Python from 3.12: python, python3, python3.13."""
    match = re.fullmatch(r"python(?:3(?:\.(\d+))?)?", name)
    return bool(match) and (match[1] is None or (3, int(match[1])) >= OLDEST)


def interpreters(paths: Iterable[str]) -> list[Interpreter]:
    """All that run and are new enough, newest first, each real file probed once."""
    real = dict.fromkeys(map(os.path.realpath, paths))
    found = filter(None, map(probe, real))
    return sorted((one for one in found if one.version[:2] >= OLDEST), reverse=True)


def choose_interpreter(environment: dict[str, str]) -> str:
    """The newest Python that can make a venv; where there is none, one is installed.

    Raises:
        SetupError: none runs and none could be installed.
    """
    found = interpreters(candidates(environment))
    if not any(one.makes_venv for one in found) and _lacks_venv(found):
        apt_install("python3-venv")
        found = interpreters(candidates(environment))
    complete = [one for one in found if one.makes_venv]
    return complete[0].path if complete else uv_interpreter()


def _lacks_venv(found: Sequence[Interpreter]) -> bool:
    """Whether Debian's python3-venv would help, and can be had."""
    return can_apt() and (bool(found) or importlib.util.find_spec("ensurepip") is None)


def uv_interpreter() -> str:
    """A Python that uv, fetched with pip into a folder of its own, installs for this user."""
    say(f"no Python from {OLDEST[0]}.{OLDEST[1]} runs here: fetching uv to install {FALLBACK}")
    hint = (
        "Install Python 3.12 or later and run this again: 'apt-get install python3.13 "
        "python3.13-venv' where your system has it, or 'pyenv install 3.13'."
    )
    with tempfile.TemporaryDirectory() as folder:
        run([sys.executable, "-m", "venv", folder], hint)
        install_uv(Path(folder), hint)
        uv = Path(folder, "bin/uv")
        run([uv, "python", "install", FALLBACK], hint)
        found = subprocess.run(
            [uv, "python", "find", "--managed-python", FALLBACK], capture_output=True, text=True
        )
    path = found.stdout.strip()
    if not probe(path):
        raise SetupError(f"The Python that uv installed does not run. {hint}")
    return path


# --- The virtual environment -------------------------------------------------------------------


def digest(*parts: Path | str) -> str:
    """One sha256 over files' bytes and texts."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def is_current(stamp: Path, expected: str) -> bool:
    """Whether a step was finished from just these inputs."""
    try:
        return stamp.read_text(encoding="utf-8") == expected
    except OSError:
        return False


def venv_digest(root: Path) -> str:
    """What ``.venv`` is made from: the lock, its own place, as scripts name it, and the Python."""
    python = root / ".venv/bin/python"
    interpreter = os.path.realpath(python) if probe(str(python)) else ""
    return digest(root / "requirements.txt", str(root), interpreter)


def ensure_venv(root: Path) -> None:
    """Make ``.venv`` and install what ``requirements.txt`` locks, unless that is done already."""
    venv, lock = root / ".venv", root / "requirements.txt"
    stamp = venv / ".stamp"
    if is_current(stamp, venv_digest(root)):
        return
    if not probe(str(venv / "bin/python")) or not is_own_venv(venv):
        python = choose_interpreter(dict(os.environ))
        say(f"making .venv with {python}")
        run([python, "-m", "venv", "--clear", venv], "Is the disk full, or the folder read-only?")
    stamp.unlink(missing_ok=True)
    install_locked(venv, lock)
    stamp.write_text(venv_digest(root), encoding="utf-8")


def is_own_venv(venv: Path) -> bool:
    """Whether the venv was made at this place: a copied one has scripts that run the other's."""
    try:
        return f"#!{venv}/bin/python" in (venv / "bin/pip").read_text(encoding="utf-8")
    except OSError:
        return False


def install_locked(venv: Path, lock: Path) -> None:
    """Install exactly the locked packages, each checked against its hashes."""
    say("installing the Python packages that requirements.txt locks")
    hint = (
        "Is the package index reachable? pip and uv know a proxy or mirror by their own settings."
    )
    install_uv(venv, hint)
    python = venv / "bin/python"
    try:
        run([venv / "bin/uv", "pip", "sync", "--require-hashes", "--python", python, lock], hint)
    except SetupError:  # uv reads no pip.conf: where only pip knows the way, pip takes longer
        say("uv could not install them: trying pip")
        run([python, "-m", "pip", "install", "--require-hashes", "-r", lock], hint)


def install_uv(venv: Path, hint: str) -> None:
    """Put the locked uv into a venv, with the venv's pip."""
    wanted = requirement((ROOT / "requirements.txt").read_text(encoding="utf-8"), "uv")
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder, "uv.txt")
        lock.write_text(wanted, encoding="utf-8")
        run([venv / "bin/python", "-m", "pip", "install", "--require-hashes", "-r", lock], hint)


def requirement(lock: str, name: str) -> str:
    """One package's lines of a lock: its version and hashes, without the comments."""
    match = re.search(rf"^{re.escape(name)}==.*(?:\n +--hash=.*)*", lock, re.MULTILINE)
    if not match:
        raise SetupError(f"requirements.txt: no '{name}'. Write the lock again: make lock")
    return match[0] + "\n"


# --- The browser code --------------------------------------------------------------------------


def ensure_node_modules(root: Path) -> None:
    """Vendor the locked browser code, unless that is done already. No package's script is run."""
    stamp = root / "node_modules/.stamp"
    expected = digest(root / "package-lock.json", root / ".npmrc")
    if is_current(stamp, expected):
        return
    say("vendoring the browser code that package-lock.json locks")
    hint = "Is the npm registry reachable? npm knows a proxy or mirror by its own settings."
    tools = {**os.environ, "PATH": f"{root / '.venv/bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    run([root / ".venv/bin/npm", "ci", "--ignore-scripts"], hint, cwd=root, env=tools)
    stamp.write_text(expected, encoding="utf-8")


# --- The browser -------------------------------------------------------------------------------


def find_browser(root: Path) -> str | None:
    """The Chromium that the tests will use, found by the tests' own rule."""
    spec = importlib.util.spec_from_file_location("browser", root / "tests/browser.py")
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module.find_browser()


def ensure_browser(root: Path) -> None:
    """Make sure of a Chromium: the system's, else Debian's, else Playwright's own download.

    Raises:
        SetupError: none is there and none could be installed.
    """
    if find_browser(root):
        return
    failures = []
    for install in (_apt_chromium, _playwright_chromium):
        try:
            install(root)
        except SetupError as error:
            failures.append(str(error))
        if find_browser(root):
            return
    failures.append(
        "The browser tests need Chromium or Chrome. Install one and run this again: "
        "'apt-get install chromium' as root, or any Google Chrome or Chromium on the PATH; "
        "the variable CHROMIUM may name one elsewhere."
    )
    raise SetupError("\n".join(failures))


def _apt_chromium(root: Path) -> None:
    if can_apt():
        apt_install("chromium")


def _playwright_chromium(root: Path) -> None:
    say("downloading Playwright's Chromium")
    run([root / ".venv/bin/python", "-m", "playwright", "install", "chromium"], "")


def can_apt() -> bool:
    """Whether packages can be installed: apt-get is there and this is root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(package: str) -> None:
    """Install a Debian package; a fresh machine has no package list yet, so that comes first."""
    say(f"installing {package} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], "Is the Debian mirror reachable?", env=quiet)
    run(
        ["apt-get", "install", "--yes", "--no-install-recommends", package],
        f"Install {package} by hand.",
        env=quiet,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--browser", action="store_true", help="make sure of a Chromium as well")
    options = parser.parse_args(arguments)
    try:
        ensure_venv(ROOT)
        ensure_node_modules(ROOT)
        if options.browser:
            ensure_browser(ROOT)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    if time.monotonic() - STARTED > 1:
        say("set up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
