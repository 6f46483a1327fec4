// Starts the vendored Pyodide in Node for macros/runtime.py: node runtime.mjs JOB
//
// JOB is JSON: {"pyodide": folder, "inside": path, "work": folder, "compile": [source, target,
// optimize], "package": name or null}; the first two of "compile" are below "work". With a package,
// whose wheel and lock file are in "work", the modules that it and Pyodide load are printed as
// JSON. A last line "error: ..." and exit status 1 say what went wrong.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Errors are formatted by modules that load only then. A reader's error must not fail over them.
const MISTAKES = [
  "import no_such_module",
  "import tkinter",
  "[].no_such_attribute",
  "no_such_name",
  "1 +",
  "try:\n  {}['a']\nexcept KeyError as error:\n  raise ValueError('b') from error",
  "raise ExceptionGroup('a', [ValueError('b')])",
  "import warnings; warnings.warn('a')",
];

async function start({ pyodide: folder, work, package: name }) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const options = name ? { lockFileURL: `${work}/pyodide-lock.json` } : {};
  const quiet = () => {};
  return loadPyodide({
    indexURL: folder,
    packageCacheDir: work,
    // One seed, so that sets of constants come out in the same order in each build.
    // No columns in the line tables: they are an eighth of the bytes, and only underline tracebacks.
    env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" },
    stdout: quiet,
    stderr: quiet,
    ...options,
  });
}

function compile(pyodide, inside, [source, target, optimize]) {
  pyodide.FS.mkdirTree(`/job/${target}`);
  return inside.compile_tree(`/job/${source}`, `/job/${target}`, optimize);
}

// What the page's worker does and may do, so that all that it loads is seen.
async function exercise(pyodide, inside, name) {
  await pyodide.loadPackage(name, { messageCallback() {}, checkIntegrity: true });
  inside.exercise_checker();
  await pyodide.runPythonAsync("import asyncio; await asyncio.sleep(0)");
  pyodide.toPy({ a: [1, "b"] }).toJs({ dict_converter: Object.fromEntries });
  for (const code of MISTAKES) {
    try {
      pyodide.runPython(code);
    } catch (error) {
      String(error.message);
    }
  }
  return inside.loaded_modules().toJs();
}

async function main(job) {
  const pyodide = await start(job);
  pyodide.FS.mkdirTree("/job");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: job.work }, "/job");
  pyodide.FS.writeFile("/home/pyodide/runtime_inside.py", readFileSync(job.inside));
  const inside = pyodide.pyimport("runtime_inside");
  // First, as what has run before could show in the bytecode.
  compile(pyodide, inside, job.compile);
  const modules = job.package ? await exercise(pyodide, inside, job.package) : [];
  process.stdout.write(JSON.stringify(modules));
}

main(JSON.parse(process.argv[2])).catch((error) => {
  process.stderr.write(`error: ${error.message ?? error}\n`);
  process.exitCode = 1;
});
