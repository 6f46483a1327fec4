"""Runs inside Pyodide while the site is built: compiles sources, and finds what Python loads.

``macros/runtime.mjs`` starts Pyodide in Node and calls these functions; nothing here runs in
CPython. Compiling with Pyodide's own Python is what makes the bytecode fit it, whatever Python
the site is built with. Only what Pyodide has loaded at its start anyway is imported at the top, so
that looking for what is loaded does not change it.
"""

import sys
from pathlib import Path

STDLIB = "/lib/python314.zip"


def compile_tree(source: str, target: str, optimize: int) -> int:
    """Compile each .py file below ``source`` to a .pyc at the same place below ``target``.

    Hash-based and unchecked, so that neither a time stamp nor a missing source matters. The file
    names in tracebacks are relative to ``source``. Returns the number of files.
    """
    before = set(sys.modules)
    import py_compile

    names = _python_files(Path(source))
    for name in names:
        py_compile.compile(
            f"{source}/{name}",
            cfile=f"{target}/{name}c",
            dfile=name,
            doraise=True,
            optimize=optimize,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    for name in set(sys.modules) - before:  # the compiler's own modules are no reader's
        del sys.modules[name]
    return len(names)


def _python_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py"))


def exercise_checker() -> int:
    """Import every module of the checker and answer every scenario; returns how many.

    The command line is left out, as the browser's wheel is without it.
    """
    import importlib
    import json

    import checker

    for name in _python_files(Path(checker.__file__).parent):
        if not name.startswith(("__main__.", "cli/")):
            module = name.removesuffix(".py").removesuffix("__init__").replace("/", ".")
            importlib.import_module(f"checker.{module}".rstrip("."))
    from checker.browser import handle

    scenarios = checker.bundled_knowledge().scenarios.values()
    for scenario in scenarios:
        asked = {"decisions": [scenario.decision], "answers": dict(scenario.answers)}
        handle(json.dumps({"type": "decide", **asked}))
    handle(json.dumps({"type": "design", **asked}))
    start = {"type": "start", "decisions": ["rollout"], "answers": {}, "option": "canary"}
    for form in ("boto3", "cloudformation", "terraform"):
        handle(json.dumps({**start, "form": form}))
    load = {"given": {"requests": "1/h", "duration": "1 s", "memory": "2 GB"}}
    handle(json.dumps({"type": "cost", "request": {**load, "today": "2026-01-01", "width": 600}}))
    config = {"CreateEndpointConfig": {"KmsKey": 1, "ProductionVariants": [{}]}}
    handle(json.dumps({"type": "check", "name": "a.json", "text": json.dumps(config)}))
    handle(json.dumps({"type": "decide", "decisions": ["none"], "answers": {"none": "-1 pc"}}))
    return len(scenarios)


def loaded_modules() -> list[str]:
    """The files of the standard library's zip that are loaded now, such as ``json/decoder.py``.

    Frozen modules are left out: they are in the interpreter itself and never read from the zip.
    """
    specs = [getattr(module, "__spec__", None) for module in list(sys.modules.values())]
    places = [spec.origin for spec in specs if spec and spec.origin]
    return sorted({p.removeprefix(f"{STDLIB}/") for p in places if p.startswith(f"{STDLIB}/")})
