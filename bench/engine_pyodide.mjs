// This engine's speed in the site's own Pyodide: node engine_pyodide.mjs ROOT JOB
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [root, job] = process.argv.slice(2);
const runtime = `${root}/docs/assets/runtime/`;
const folder = (kind) => `${runtime}${readdirSync(runtime).find((name) => name.startsWith(kind))}/`;
const core = folder("pyodide-");
const checker = folder("checker-");
const { loadPyodide } = await import(pathToFileURL(`${core}pyodide.mjs`).href);
const pyodide = await loadPyodide({
  indexURL: core,
  stdLibURL: `${core}python_stdlib.zip.txt`,
  lockFileURL: `${checker}pyodide-lock.json`,
  packageCacheDir: checker,
  packages: ["sagemaker-checker"],
});
pyodide.FS.writeFile("/home/pyodide/engine_job.py", readFileSync(`${root}/bench/engine_job.py`));
const { per_second: perSecond } = pyodide.pyimport("engine_job");
console.log(perSecond(readFileSync(job, "utf-8")));
