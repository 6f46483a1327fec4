// Loads the browser runtime in Node as the page's worker does, and prints what came of it as JSON:
// node runtime_probe.mjs '{"loader": ..., "core": ..., "checker": ..., "requests": [...]}'
import { readFileSync } from "node:fs";

const job = JSON.parse(process.argv[2]);
const { loadPyodide } = await import(job.loader);
const pyodide = await loadPyodide({
  indexURL: job.core,
  stdLibURL: `${job.core}python_stdlib.zip.txt`,
  lockFileURL: `${job.checker}pyodide-lock.json`,
  packageCacheDir: job.checker,
  packages: ["sagemaker-checker"],
  checkIntegrity: true,
});

const extractDir = "/lib/python3.14/site-packages";
for (const room of job.rooms) pyodide.unpackArchive(new Uint8Array(readFileSync(`${job.checker}${room}`)), "zip", { extractDir });

const imported = pyodide.runPython(`
import importlib, pathlib, checker
root = pathlib.Path(checker.__file__).parent
paths = sorted(path.relative_to(root.parent).with_suffix("") for path in root.rglob("*.pyc"))
names = [".".join(part for part in path.parts if part != "__init__") for path in paths]
[importlib.import_module(name).__name__ for name in names]
`);

function mistake(code) {
  try {
    pyodide.runPython(code);
    return "";
  } catch (error) {
    return error.message;
  }
}

const { add_decision: addDecision, add_words: addWords, handle } = pyodide.pyimport("checker.browser");
for (const name of job.decisions) addDecision(readFileSync(`${job.checker}${name}.json`, "utf8"));
const early = mistake('import checker.browser; checker.browser.handle(\'{"type": "read", "text": "x"}\')');
addWords(readFileSync(`${job.checker}words.json`, "utf8"));
const result = {
  modules: imported.toJs(),
  answers: job.requests.map((request) => JSON.parse(handle(JSON.stringify(request)))),
  early,
  outside: mistake("import sqlite3"),
  unknown: mistake("import no_such_module"),
  misspelt: mistake("import checker; checker.decid"),
  syntax: mistake("1 +"),
  docstring: pyodide.runPython("import json; json.__doc__ is None"),
};
process.stdout.write(JSON.stringify(result));
