"""The house keeps its shape: what the checker may touch, and how long a file may be.

Who may import whom is in pyproject.toml, as contracts that import-linter checks.
"""

import ast
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from macros.files import DOCS, ROOT

CHECKER, MACROS = (sorted((ROOT / room).rglob("*.py")) for room in ("checker", "macros"))
COMMAND_LINE = ROOT / "checker/cli"
# What the engine must not touch: the network, the clock, chance, other processes, files, markup.
OUTSIDE = frozenset({
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "selectors", "time",
    "datetime", "calendar", "random", "secrets", "uuid", "subprocess", "multiprocessing",
    "threading", "os", "shutil", "tempfile", "glob", "io", "sqlite3", "html", "xml", "locale",
})  # fmt: skip
FILES = frozenset({
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "iterdir",
    "rglob", "touch",
})  # fmt: skip
# What only an extra of the package installs, imported where it is used.
EXTRAS = {"yaml_reader.py": {"yaml"}, "mcp.py": {"mcp"}}
LONGEST_FUNCTION, LONGEST_FILE, LARGEST_DATA = 40, 299, 450_000
# Code that people write. Vendored, built and generated files have separate folders.
ROOMS = ("checker", "macros", "tests", "bench", ".ci", "docs/assets", "overrides")
CODE = frozenset({".py", ".js", ".mjs", ".css"})
NOT_OURS = frozenset({"vendor", "runtime", "download", "node_modules"})


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def roots(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add((node.module or "").partition(".")[0])
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def calls(node: ast.AST) -> Iterator[str]:
    """The last name of everything that is called: ``Path(x).read_text()`` gives read_text."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            target = inner.func
            yield getattr(target, "id", None) or getattr(target, "attr", "")


def test_the_checker_imports_the_standard_library_and_itself() -> None:
    allowed = sys.stdlib_module_names | {"checker"}
    assert {path.name: roots(path) - allowed for path in CHECKER if roots(path) - allowed} == EXTRAS


def test_the_checker_knows_no_network_clock_chance_or_file() -> None:
    inside = [path for path in CHECKER if COMMAND_LINE not in path.parents]
    assert {path.name: roots(path) & OUTSIDE for path in inside if roots(path) & OUTSIDE} == {}
    readers = {f.name for path in inside for f in functions(path) if FILES & set(calls(f))}
    # The one door: the knowledge that the package was built with.
    assert readers == {"bundled_knowledge"}


def test_the_checker_prints_only_at_its_command_line() -> None:
    spoken = {"print", "input", "eval", "exec"}
    speakers = {path for path in CHECKER if spoken & set(calls(tree(path)))}
    assert {path for path in speakers if COMMAND_LINE not in path.parents} == set()


def test_functions_are_short() -> None:
    lengths = {
        f"{path.name}: {f.name}": length(f) for path in CHECKER + MACROS for f in functions(path)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert len(lengths) > 100
    assert statistics.median(lengths.values()) < 10


def test_files_are_short() -> None:
    written = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in CODE and not NOT_OURS & set(path.relative_to(ROOT).parts[:-1])
    }
    assert {name: n for name, n in written.items() if n > LONGEST_FILE} == {}
    suffixes = {name.rpartition(".")[2] for name in written}
    assert suffixes == {suffix.removeprefix(".") for suffix in CODE}


def test_every_file_says_what_it_is() -> None:
    for path in CHECKER + MACROS:
        assert (ast.get_docstring(tree(path)) or "").strip(), path


def test_data_files_are_small_enough_to_edit_in_a_browser() -> None:
    edited = [*(DOCS / "data").rglob("*.yml"), *(DOCS / "data").rglob("*.jsonl")]
    sizes = {path.name: path.stat().st_size for path in edited}
    assert {name: n for name, n in sizes.items() if n > LARGEST_DATA} == {}


def test_the_dependencies_of_the_checker_stay_none() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "\ndependencies = []\n" in project
