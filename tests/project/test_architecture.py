"""The house keeps its shape: who may use whom, and how long a function may be."""

import ast
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from macros.knowledge.reading import ROOT

MODULES = sorted(
    p.relative_to(ROOT) for r in ("checker", "macros") for p in (ROOT / r).rglob("*.py")
)
CHECKER = [path for path in MODULES if path.parts[0] == "checker"]
MACROS = [path for path in MODULES if path.parts[0] == "macros"]
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
LONGEST = 40


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever it does so."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


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


each = pytest.mark.parametrize


@each("path", CHECKER, ids=str)
def test_the_checker_imports_the_standard_library_and_itself(path: Path) -> None:
    assert roots(path) - sys.stdlib_module_names - {"checker"} == set()


@each("path", [p for p in CHECKER if p.name != "cli.py"], ids=str)
def test_the_checker_knows_no_network_clock_chance_or_file(path: Path) -> None:
    assert roots(path) & OUTSIDE == set()
    readers = {f.name for f in functions(path) if FILES & set(calls(f))}
    # The one door: the knowledge that the package was built with.
    assert readers <= ({"bundled_knowledge"} if path.name == "session.py" else set())


@each("path", CHECKER, ids=str)
def test_the_checker_prints_only_at_its_command_line(path: Path) -> None:
    printed = {"print", "input", "eval", "exec"} & set(calls(tree(path)))
    assert printed <= ({"print"} if path.name == "cli.py" else set())


@each("path", MACROS, ids=str)
def test_the_macros_import_no_tests_and_no_bench(path: Path) -> None:
    assert roots(path) & {"tests", "bench"} == set()


@each("path", MODULES, ids=str)
def test_no_function_is_longer_than_it_may_be(path: Path) -> None:
    long = {f"{f.name}: {length(f)} lines" for f in functions(path) if length(f) > LONGEST}
    assert long == set()


def test_the_usual_function_is_short() -> None:
    lengths = [length(node) for path in MODULES for node in functions(path)]
    assert len(lengths) > 100
    assert statistics.median(lengths) < 10


@each("path", MODULES, ids=str)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert (ast.get_docstring(tree(path)) or "").strip()


@each("path", MODULES, ids=str)
def test_everything_public_has_its_types_written(path: Path) -> None:
    bare = {
        node.name
        for node in functions(path)
        if node.returns is None
        or any(a.annotation is None and a.arg not in ("self", "cls") for a in node.args.args)
    }
    assert bare == set()


def test_the_dependencies_of_the_checker_stay_none() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "\ndependencies = []\n" in project
