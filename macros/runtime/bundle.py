"""The runtime that the checker's page loads: a small Pyodide and the checker's own wheel.

``docs/assets/runtime/`` gets two folders, each named by its content so that browsers may keep it
for good and never see a stale one:

- ``pyodide-<version>-<hash>/``: the vendored Pyodide with a standard library that holds only what
  Pyodide and the checker load, compiled by Pyodide's own Python. Stock Pyodide compiles the source
  of well over a hundred modules on every visit, which is nearly all of its start-up time.
- ``checker-<hash>/``: the project's own wheel, compiled the same way, the lock file with its
  sha256 that Pyodide's ``loadPackage`` reads, and for each decision a file with its rules, facts
  and questions. A knowledge edit changes only this folder.

The wheel as it was built, with sources, is kept for download.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.files import write_if_changed
from macros.runtime.compiling import (
    compile_checker,
    digest,
    forget,
    spread,
    standard_library,
    tools,
)
from macros.runtime.contents import (
    CARRIED,
    CORE,
    LATER,
    LOCK,
    SERVED_STDLIB,
    STDLIB,
    RuntimeBuildError,
    checker_files,
)
from macros.runtime.wheels import build_wheel

ASSETS = "assets/runtime"
DOWNLOADS = "assets/download"


@dataclass(frozen=True)
class Runtime:
    """Where the browser finds its runtime; paths are relative to the site's root.

    ``files`` holds each file with its size in bytes; ``total_bytes`` is the sum of those that a
    page loads for a verdict on the largest decision.
    """

    path: str
    checker_path: str
    lock: str
    wheel: str
    download: str
    files: tuple[tuple[str, int], ...]
    total_bytes: int


def ensure_runtime(root: Path, knowledge_json: bytes) -> Runtime:
    """Make the runtime of this checkout with this knowledge, unless it is there already.

    Args:
        root: the checkout.
        knowledge_json: what the checker carries as ``knowledge.json``.

    Raises:
        RuntimeBuildError: something that is needed is missing, or Pyodide refused the sources.
    """
    pyodide = _vendored(root)
    stamp, key = root / ".cache/runtime/stamp.json", _key(root, knowledge_json)
    if (made := _stamped(root, stamp, key)) is not None:
        return made
    cache = stamp.parent
    cache.mkdir(parents=True, exist_ok=True)
    write_if_changed(root / CARRIED, knowledge_json)
    source = build_wheel(root, cache / "wheel")
    code = compile_checker(root, pyodide, source)
    core = {name: (pyodide / name).read_bytes() for name in CORE}
    core[SERVED_STDLIB] = standard_library(cache, pyodide, code.modules)
    checker = checker_files(pyodide, source, code.bytecode)
    runtime = _publish(root, _version(pyodide), core, checker, source)
    write_if_changed(stamp, json.dumps({"key": key, "runtime": asdict(runtime)}).encode())
    return runtime


def _vendored(root: Path) -> Path:
    """The vendored Pyodide's folder."""
    pyodide = root / "node_modules/pyodide"
    missing = [name for name in (*CORE, STDLIB, LOCK) if not (pyodide / name).is_file()]
    if missing:
        raise RuntimeBuildError(
            f"node_modules/pyodide: no {missing[0]}. Vendor the browser code first: make setup"
        )
    return pyodide


def _version(pyodide: Path) -> str:
    return str(json.loads((pyodide / "package.json").read_bytes())["version"])


def _sources(root: Path) -> list[Path]:
    return sorted((root / "checker").rglob("*.py"))


def _key(root: Path, knowledge_json: bytes) -> str:
    """One hash over all inputs; the vendored files are pinned by the lock's integrity hashes."""
    texts = [str(path.relative_to(root)).encode() for path in _sources(root)]
    named = ("pyproject.toml", "LICENSE", "checker/README.md")
    project = [*(root / name for name in named), *_sources(root)]
    return digest(knowledge_json, *texts, *(p.read_bytes() for p in project), *tools(root))


def _stamped(root: Path, stamp: Path, key: str) -> Runtime | None:
    """What was made from the same inputs, where it is still there whole."""
    try:
        kept = json.loads(stamp.read_bytes())
    except (OSError, ValueError):
        return None
    if kept.get("key") != key:
        return None
    fields = kept["runtime"]
    runtime = Runtime(**{**fields, "files": tuple((name, size) for name, size in fields["files"])})
    return runtime if _is_whole(root / "docs", runtime) else None


def _is_whole(docs: Path, runtime: Runtime) -> bool:
    """Whether all files are there in their sizes, and no folder of another build beside them."""
    there = {
        str(path.relative_to(docs)): path.stat().st_size
        for path in (docs / ASSETS).rglob("*")
        if path.is_file()
    }
    return there == dict(runtime.files) and (docs / runtime.download).is_file()


def _publish(
    root: Path, version: str, core: Mapping[str, bytes], checker: Mapping[str, bytes], source: Path
) -> Runtime:
    """Write both folders and the download; folders of earlier builds go."""
    docs = root / "docs"
    core_path = _place(docs, f"pyodide-{version}", core)
    checker_path = _place(docs, "checker", checker)
    kept = {Path(path).name for path in (core_path, checker_path)}
    for folder in (docs / ASSETS).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder)
    forget(docs / DOWNLOADS, "*.whl", keep=source.name)
    write_if_changed(docs / DOWNLOADS / source.name, source.read_bytes())
    sizes = [(f"{core_path}{name}", len(content)) for name, content in core.items()]
    sizes += [(f"{checker_path}{name}", len(content)) for name, content in checker.items()]
    wheel = next(name for name in checker if name.endswith(".whl"))
    needed = [(path, size) for path, size in sizes if not path.endswith(LATER)]
    parts = [size for path, size in needed if path.endswith(".json") and not path.endswith(LOCK)]
    others = [size for path, size in needed if not path.endswith(".json") or path.endswith(LOCK)]
    total = sum(others) + max(parts)
    download = f"{DOWNLOADS}/{source.name}"
    return Runtime(core_path, checker_path, LOCK, wheel, download, tuple(sorted(sizes)), total)


def _place(docs: Path, name: str, files: Mapping[str, bytes]) -> str:
    """Write a folder named by its content, whole or not at all; returns its path in the site."""
    content = digest(*(part for key in sorted(files) for part in (key.encode(), files[key])))
    path = f"{ASSETS}/{name}-{content[:8]}/"
    target = docs / path
    if not all(
        (target / key).is_file() and (target / key).read_bytes() == files[key] for key in files
    ):
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=docs.parent / ".cache/runtime"))
        spread(building, files)
        building.chmod(0o755)
        building.rename(target)
    return path
