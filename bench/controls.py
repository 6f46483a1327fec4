"""The same first verdict by other ways to run Python in a page, each a folder to serve."""

import json
import shutil
from pathlib import Path

from bench.environment import ROOT, fresh, npm_folder

REQUEST = json.dumps({"type": "decide", "decisions": ["inference"], "answers": {"payload": "6 MB"}})
STOCK_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
_WORKER_PAGE = """<!doctype html><meta charset=utf-8><title>worker</title>
<script type=module>
const worker = new Worker("worker.js", {type: "module"});
worker.onmessage = ({data}) => {
  document.body.append(data);
  window.verdictAt = performance.now();
};
</script>"""
_STOCK_WORKER = """import {loadPyodide} from "./pyodide/pyodide.mjs";
const loading = loadPyodide({indexURL: new URL("pyodide/", import.meta.url).href});
const pyodide = await loading;
const wheel = await (await fetch("WHEEL")).arrayBuffer();
pyodide.unpackArchive(wheel, "wheel");
const handle = pyodide.pyimport("checker.browser").handle;
self.postMessage(JSON.parse(handle(REQUEST)).views.inference.headline);
"""
_ALONE_WORKER = """import {loadPyodide} from "./pyodide/pyodide.mjs";
const indexURL = new URL("pyodide/", import.meta.url).href;
const stdLibURL = `${indexURL}python_stdlib.zip.txt`;
const lockFileURL = new URL("pyodide-lock.json", import.meta.url).href;
const pyodide = await loadPyodide({indexURL, stdLibURL, lockFileURL});
self.postMessage(String(pyodide.runPython("1 + 1")));
"""
_PYSCRIPT_PAGE = """<!doctype html><meta charset=utf-8><title>PyScript</title>
<script type=module src="pyscript/core.js"></script>
<script type="py" config="pyscript.json">
import json
from js import document, performance, window
from checker.browser import handle
verdict = json.loads(handle(REQUEST))["views"]["inference"]["headline"]
document.body.append(verdict)
window.verdictAt = performance.now()
</script>"""


def stock() -> Path:
    """Pyodide as its package has it, in a module worker, with the checker's wheel of sources."""
    folder = fresh("stock")
    wheel = _runtime_files(folder)
    worker = _STOCK_WORKER.replace("WHEEL", wheel).replace("REQUEST", json.dumps(REQUEST))
    (folder / "worker.js").write_text(worker, encoding="utf-8")
    (folder / "index.html").write_text(_WORKER_PAGE, encoding="utf-8")
    return folder


def alone(site: Path) -> Path:
    """This site's Python in a module worker without the checker: no verdict can come sooner."""
    folder = fresh("alone")
    (core,) = (site / "assets/runtime").glob("pyodide-*")
    (checker,) = (site / "assets/runtime").glob("checker-*")
    shutil.copytree(core, folder / "pyodide")
    shutil.copy(checker / "pyodide-lock.json", folder)
    (folder / "worker.js").write_text(_ALONE_WORKER, encoding="utf-8")
    (folder / "index.html").write_text(_WORKER_PAGE, encoding="utf-8")
    return folder


def pyscript() -> Path:
    """PyScript on the same Pyodide, on the main thread as its own examples have it."""
    folder = fresh("pyscript")
    wheel = _runtime_files(folder)
    shutil.copy(folder / wheel, folder / "checker.zip")
    config = {"interpreter": "/pyodide/pyodide.mjs", "files": {"/checker.zip": "./*"}}
    (folder / "pyscript.json").write_text(json.dumps(config), encoding="utf-8")
    ignored = shutil.ignore_patterns("*.map")
    shutil.copytree(npm_folder() / "@pyscript/core/dist", folder / "pyscript", ignore=ignored)
    page = _PYSCRIPT_PAGE.replace("REQUEST", json.dumps(REQUEST))
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def _runtime_files(folder: Path) -> str:
    """Copy stock Pyodide and the wheel with sources; returns the wheel's name."""
    (folder / "pyodide").mkdir()
    for name in STOCK_FILES:
        shutil.copy(ROOT / "node_modules/pyodide" / name, folder / "pyodide")
    (wheel,) = (ROOT / "docs/assets/download").glob("*.whl")
    shutil.copy(wheel, folder)
    return wheel.name
