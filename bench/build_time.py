"""Time, memory and size of a build with many topic pages, beside plain mkdocs-material.

Both get the same tree: this project's pages, and as many copies of its topic pages as asked for.
The plain one gets them with every macro's output already in place, so that both render the same
words; it has the theme, search, tags and ``navigation.prune``, but none of this project's code.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import yaml
from mkdocs.config import load_config

from bench.environment import ROOT, fresh
from bench.figures import Row, aligned, number, table
from macros.registry import register

SIZES = (100, 1000, 3000)
A_GROUP = 50
PLAIN, OURS = "plain mkdocs-material", "this project"
COPIED = ("macros", "checker", "overrides", "docs", ".cache/runtime", "package-lock.json")
# What a build keeps for the next one: without it, the audit of the rules needs seconds.
KEPT = ".cache/audit.json"
FILES = ("mkdocs.yml", "pyproject.toml", "LICENSE", "requirements.txt")


@dataclass(frozen=True)
class Build:
    """The cost of one build: seconds on the clock and of the processor, MB at most, MB of HTML."""

    wall: float
    cpu: float
    memory: float
    html: float


def main(rounds: int, sizes: tuple[int, ...] = SIZES) -> None:
    """Measure and print."""
    for size in sizes:
        trees = {PLAIN: _plain_tree(size), OURS: _our_tree(size)}
        found: dict[str, list[Build]] = {PLAIN: [], OURS: []}
        # The largest needs minutes: one round of it is enough.
        for _ in range(rounds if size <= 1000 else 1):
            for name, folder in trees.items():
                found[name].append(build(folder))
        rows = [
            Row(name, tuple(b.cpu for b in builds), 1.25 if name == OURS else None)
            for name, builds in found.items()
        ]
        print(table(f"Build of {size:,} generated topic pages, processor time", "s", rows, PLAIN))
        print(_details(found, size))


def _details(found: dict[str, list[Build]], size: int) -> str:
    head = ("wall s", "ms a page", "MB memory", "MB HTML", "KB a page", "")
    cells = [
        (*map(number, _figures(b, size)), name)
        for name, builds in found.items()
        for b in [min(builds, key=lambda build: build.wall)]
    ]
    return aligned([head, *cells])


def _figures(found: Build, size: int) -> tuple[float, ...]:
    a_page = 1e3 / size
    return found.wall, found.cpu * a_page, found.memory, found.html, found.html * a_page


def build(folder: Path) -> Build:
    """Build a tree once, in a separate process."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    started = time.perf_counter()
    with (folder / "build.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=_environment())
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise RuntimeError((folder / "build.log").read_text(encoding="utf-8")[-1500:])
    html = sum(file.stat().st_size for file in (folder / "site").rglob("*.html"))
    return Build(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3, html / 1e6)


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def _our_tree(size: int) -> Path:
    folder = fresh(f"scale/ours-{size}")
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copy(ROOT / KEPT, folder / KEPT)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    for path, text in _generated(size):
        _write(folder / "docs" / path, text)
    config = _config()
    _write_config(folder, config, size)
    return folder


def _plain_tree(size: int) -> Path:
    folder = fresh(f"scale/plain-{size}")
    render = _renderer()
    for file in (ROOT / "docs").rglob("*.md"):
        path = str(file.relative_to(ROOT / "docs"))
        _write(folder / "docs" / path, render(path, file.read_text(encoding="utf-8")))
    for path, text in _generated(size):
        _write(folder / "docs" / path, render(path, text))
    config = _config()
    config["plugins"] = ["search", "tags"]
    config["theme"] |= {"custom_dir": None}
    config["hooks"] = config["extra_css"] = config["extra_javascript"] = []
    own = [item for item in config["markdown_extensions"] if not str(item).startswith("macros.")]
    config["markdown_extensions"] = own
    _write_config(folder, config, size)
    return folder


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; an environment variable becomes its default."""


_Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[1])


def _config() -> dict[str, Any]:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, _Loader))  # noqa: S506 - a safe loader with one more tag


def _write_config(folder: Path, config: dict[str, Any], size: int) -> None:
    paths = [path for path, _ in _generated(size)]
    groups = [
        {f"Group {start // A_GROUP + 1}": paths[start : start + A_GROUP]}
        for start in range(0, size, A_GROUP)
    ]
    config["nav"] = [*config["nav"], {"Topics": groups}]
    config["strict"] = False
    config["theme"] = {key: value for key, value in config["theme"].items() if value is not None}
    _write(folder / "mkdocs.yml", yaml.safe_dump(config, sort_keys=False))


def _generated(size: int) -> Iterator[tuple[str, str]]:
    """Paths and texts of topic pages, made from this project's own in turn."""
    sources = sorted((ROOT / "docs").glob("*/*.md"))
    sources = [file for file in sources if "see_also(" in file.read_text(encoding="utf-8")]
    for index in range(size):
        source = sources[index % len(sources)]
        path = f"topics-{index // A_GROUP + 1:02}/page-{index + 1:04}.md"
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"\]\((?=[\w-]+\.md)", f"](../{source.parent.name}/", text)
        text = re.sub(r'see_also\("[^"]+"\)', f'see_also("{path}")', text)
        yield path, re.sub(r"(?m)^# (.*?)(?=\s*(`#|$))", rf"# \1, case {index + 1}", text, count=1)


def _renderer() -> Any:
    """A function from a page's path and text to its text with every macro's output in place."""
    macros: dict[str, Any] = {}
    conf = load_config(str(ROOT / "mkdocs.yml"))
    register(
        SimpleNamespace(conf=conf, macro=lambda function, name: macros.update({name: function}))
    )
    # See-also of a generated page needs the pages of its tree; any real page's will do here.
    engine = jinja2.Environment(autoescape=False)  # noqa: S701 - as the plugin has it
    engine.globals |= macros

    def render(path: str, text: str) -> str:
        text = re.sub(r'see_also\("topics[^"]+"\)', 'see_also("inference/serverless.md")', text)
        if re.search(r"(?m)^render_macros: false", text):
            return text
        page = SimpleNamespace(file=SimpleNamespace(src_uri=path))
        return engine.from_string(text).render(page=page)

    return render


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
