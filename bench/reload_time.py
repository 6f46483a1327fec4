"""Live reload: from saving a page, or the YAML, until the browser shows it."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from bench.environment import HOME, ROOT
from bench.figures import bound
from bench.first_verdict import launch

PORT = 8917
# MkDocs tells how long a build took only where that differs from the one before.
START, END = "Detected file changes", "Reloading browsers"
PAGE = "inference/serverless.md"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "site", "bench", "*_cache", "bench"
)


def main(rounds: int) -> None:
    """Measure and print."""
    with _serving(_tree()) as (folder, log), sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{PORT}/{PAGE.removesuffix('.md')}/")
        for name, edit in (("a page", _edit_page), ("the YAML", _edit_yaml)):
            _quiet(log)
            before = log.read_text()
            marks = (f"mark{name[-4:].lower()}{turn}" for turn in range(rounds))
            taken = [_shown(page, folder, edit, mark) for mark in marks]
            _quiet(log)
            new = log.read_text()[len(before) :]
            print(bound(f"\nSave of {name} until the browser shows it", "s", taken, 2))
            took = ", ".join(re.findall(r"built in ([\d.]+) s", new))
            print(f"  {new.count(START)} builds for {rounds} saves; MkDocs alone took {took} s")
        browser.close()


def _shown(page: Page, folder: Path, edit: object, mark: str) -> float:
    _quiet(folder / "serve.log")
    started = time.perf_counter()
    edit(folder, mark)  # type: ignore[operator]
    page.get_by_text(mark).first.wait_for(timeout=120_000, state="attached")
    return time.perf_counter() - started


def _quiet(log: Path) -> None:
    """Wait until no build runs: what a build writes may have started another one."""
    size = -1
    while size != log.stat().st_size or log.read_text().count(START) > log.read_text().count(END):
        size = log.stat().st_size
        time.sleep(1.5)


def _edit_page(folder: Path, mark: str) -> None:
    path = folder / "docs" / PAGE
    text = re.sub(r"(?m)^# (Serverless Inference).*$", rf"# \1 {mark}", path.read_text(), count=1)
    path.write_text(text)


def _edit_yaml(folder: Path, mark: str) -> None:
    """Change a statement that the page shows."""
    path = folder / "docs/data/knowledge.yml"
    head, key, rest = path.read_text().partition("  serverless.disk_and_image:")
    text = re.sub(r"(?m)^    text: (mark\w+ )?", f"    text: {mark} ", rest, count=1)
    path.write_text(head + key + text)


def _tree() -> Path:
    folder = HOME / "serve"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT, symlinks=True)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[Path, Path]]:
    log = folder / "serve.log"
    environment = {**os.environ, "SITE_URL": f"http://127.0.0.1:{PORT}/"}
    watched = [part for name in ("macros", "checker", "overrides") for part in ("--watch", name)]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty"]
    command += ["--dev-addr", f"127.0.0.1:{PORT}", *watched]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=environment)
        try:
            _wait_for_answer()
            yield folder, log
        finally:
            process.terminate()
            process.wait()


def _wait_for_answer() -> None:
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{PORT}/").close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not come up")
