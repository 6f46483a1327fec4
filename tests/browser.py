"""The Chromium that the browser tests and the screenshot use.

Standard library only, and for any Python from 3.9: ``.ci/setup.py`` loads this file by its path
before there is a ``.venv``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """The path of the first Chromium or Chrome that really runs, or None."""
    return next(filter(_runs, _candidates()), None)


def _candidates() -> Iterator[str]:
    """The one that $CHROMIUM names, then those on the PATH, then Playwright's own download."""
    if os.environ.get("CHROMIUM"):
        yield os.environ["CHROMIUM"]
    yield from filter(None, map(shutil.which, NAMES))
    home = Path(os.environ.get("HOME", "~")).expanduser()
    store = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or home / ".cache/ms-playwright")
    yield from map(str, sorted(store.glob("chromium-*/chrome-linux*/chrome"), reverse=True))


def _runs(path: str) -> bool:
    """Whether it starts: Ubuntu's chromium-browser may be a stub that only asks for a snap."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
