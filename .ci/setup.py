"""Set up what building and testing need: ``python3 .ci/setup.py [--browser]``.

Any Python from 3.9 runs this, with the standard library only. uv finds or fetches a Python, makes
``.venv`` and installs what ``requirements.txt`` locks; npm, which comes with it, installs what
``package-lock.json`` locks. A hook runs the quick checks before each commit, unless there is
another one. ``--browser`` makes sure of a Chromium for the tests as well.

Exit status: 0 all is set up, 1 something is missing and the message says what to install.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
# All locked wheels are built for these.
PYTHON = ">=3.12,<3.14"
INDEX = "Is the package index reachable? A proxy or mirror is set as for pip and uv elsewhere."
# What the hook does is in the tree, so that it is always the one of the commit that is checked out.
HOOK = """#!/bin/sh
[ ! -x .ci/pre-commit ] || exec .ci/pre-commit
"""
STARTED = time.monotonic()


class SetupError(Exception):
    """Something that this script cannot cure; the text says what to install."""


def say(text):
    """Print one line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def run(command, hint, **environment):
    """Run a command quietly; where it fails, raise with the end of what it said and the hint."""
    words = [str(word) for word in command]
    env = {**os.environ, **environment}
    done = subprocess.run(
        words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-25:])
        raise SetupError(f"{said}\n{' '.join(words[:4])} ... failed ({done.returncode}). {hint}")
    return done.stdout


def find_uv():
    """The uv on the PATH or in ``.venv``, or the locked one, installed below ``.cache``."""
    folder = ROOT / ".cache/uv"
    if found := shutil.which("uv", path=f"{os.environ.get('PATH', '')}{os.pathsep}{BIN}"):
        return found
    if not (folder / "bin/uv").is_file():
        say("fetching uv")
        lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
        locked = re.search(r"^uv==.*(?:\n +--hash=.*)*", lock, re.MULTILINE)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "uv.txt").write_text(locked[0] + "\n", encoding="utf-8")
        if subprocess.run([sys.executable, "-m", "pip"], capture_output=True).returncode:
            apt_install("python3-pip", "Install uv (https://docs.astral.sh/uv/) or python3-pip.")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        run([*pip, "--target", folder, "-r", folder / "uv.txt"], INDEX)
    return str(folder / "bin/uv")


def uv_environment():
    """What uv does not find without help: pyenv's Pythons, and the index that pip is set to."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    folders = [os.environ.get("PATH", ""), *map(str, sorted(pyenv.glob("3.*/bin"), reverse=True))]
    found = {"PATH": os.pathsep.join(folders)}
    pip = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(pip, capture_output=True, text=True).stdout.strip()
    if index and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"} & os.environ.keys():
        found["UV_DEFAULT_INDEX"] = index
    return found


def ensure_venv(uv):
    """Make ``.venv`` where there is none that runs, and bring it to what the lock names."""
    environment = uv_environment()
    try:
        run([BIN / "python", "-c", ""], "")
    except (OSError, SetupError):
        say("making .venv")
        hint = "Install Python 3.12 or 3.13, for example with 'uv python install 3.13'."
        venv = [uv, "venv", "--relocatable", "--clear", "--python", PYTHON, ROOT / ".venv"]
        run(venv, hint, **environment)
        say("installing the Python packages that requirements.txt locks")
    sync = [uv, "pip", "sync", "--require-hashes", "--python", BIN / "python"]
    run([*sync, ROOT / "requirements.txt"], INDEX, **environment)


def ensure_node_modules():
    """Install the locked browser code, unless it is there. No package's script is run."""
    stamp, lock = ROOT / "node_modules/.stamp", (ROOT / "package-lock.json").read_bytes()
    if stamp.is_file() and stamp.read_bytes() == lock:
        return
    say("installing the browser code that package-lock.json locks")
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    run([BIN / "npm", "ci", "--ignore-scripts"], "Is the npm registry reachable?", PATH=path)
    stamp.write_bytes(lock)


def ensure_hook(root=ROOT):
    """Put the hook before a commit in place. Another hook stays, and so does a tree without git."""

    def git(*words):
        command = ["git", "-C", str(root), *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip()

    # An export may be inside the checkout of another project, whose hooks are not ours. Nor is a
    # folder of hooks that a person set, perhaps for all projects.
    if not shutil.which("git") or git("config", "core.hooksPath"):
        return
    top, _, common = git("rev-parse", "--show-toplevel", "--git-common-dir").partition("\n")
    path = root / common / "hooks/pre-commit"
    if Path(top) != root or os.path.lexists(path):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HOOK, encoding="utf-8")
        path.chmod(0o755)
    except OSError as error:
        say(f"no hook before commits: {error}")


def ensure_browser():
    """Make sure of a Chromium: the system's, else Debian's, else Playwright's own download."""
    if find_browser():
        return
    hint = "Install Chromium or Chrome, or name one in the variable CHROMIUM."
    try:
        apt_install("chromium", hint)
    except SetupError:
        say("downloading Playwright's Chromium")
        run([BIN / "python", "-m", "playwright", "install", "chromium"], hint)


def find_browser():
    """The Chromium that the tests use, found by their own rule."""
    code = "from tests.browser import find_browser; raise SystemExit(not find_browser())"
    return subprocess.run([str(BIN / "python"), "-c", code], cwd=ROOT).returncode == 0


def apt_install(package, hint):
    """Install a Debian package as root; a fresh machine has no package list yet."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SetupError(hint)
    say(f"installing {package} with apt-get")
    run(["apt-get", "update"], "Is the Debian mirror reachable?")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    run(install, hint, DEBIAN_FRONTEND="noninteractive")


def main():
    """Set up; returns the exit status."""
    try:
        ensure_venv(find_uv())
        ensure_node_modules()
        ensure_hook()
        if "--browser" in sys.argv[1:]:
            ensure_browser()
    except (OSError, SetupError) as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    say("set up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
