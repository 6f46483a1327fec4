// The module worker that runs Python. It only ever loads this site's own files, and only plain
// JSON text crosses to and from the page.

/** @import { Config, FailureKind, FromWorker, Asked, ToWorker } from "./protocol.js" */

/**
 * @typedef {object} Checker checker.browser, through Pyodide
 * @property {(request: string) => string} handle
 * @property {(text: string) => void} add_decision
 * @property {(text: string) => void} add_words
 * @property {(text: string) => void} add_configuration
 * @property {(decision: string) => boolean} warm
 */

const TELL_MS = 100;
const PAUSE_MS = 100;
const SITE = "/lib/python3.14/site-packages";

class Failure extends Error {
  /** @param {FailureKind} kind @param {string} message */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** @type {Checker | null} */
let checker = null;
/** @type {any} */
let python = null;
/** @type {Config | null} */
let config = null;
/** @type {Map<string, Promise<void>>} */
const loaded = new Map();
let pause = 0;

/** @param {FromWorker} message */
function say(message) {
  self.postMessage(message);
}

let received = 0;
let told = 0;

/** @param {number} bytes */
function count(bytes) {
  received += bytes;
  if (performance.now() < told + TELL_MS) return;
  told = performance.now();
  say({ type: "progress", received });
}

// Reads a file beside Pyodide's own request for it, which the browser's cache makes one download: to
// report progress, and because Pyodide waits forever if a file is missing or incomplete.
/** @param {string} url @param {number | undefined} size */
async function watch(url, size) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || !response.body) throw new Failure("not-loaded", url);
  const reader = response.body.getReader();
  let length = 0;
  for (;;) {
    const part = await reader.read().catch(() => null);
    if (part === null) throw new Failure("not-loaded", url);
    if (part.done) break;
    length += part.value.byteLength;
    count(part.value.byteLength);
  }
  if (size !== undefined && length !== size) throw new Failure("not-loaded", url);
}

/** @param {string} name */
async function file(name) {
  const response = await fetch(`${config?.checker}${name}`).catch(() => null);
  if (!response?.ok) throw new Failure("not-loaded", name);
  return response;
}

// What a request needs beside the code: each file once, and again after one that did not come.
/** @param {string} name @param {(text: string) => void} take */
function need(name, take) {
  return once(name, async () => take(await (await file(name)).text()));
}

/** @param {string} name @param {() => Promise<void>} load */
function once(name, load) {
  const there = loaded.get(name);
  if (there) return there;
  const loading = load();
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading;
}

// Code that most visits do not ask for, beside the packages that are there.
/** @param {string} name */
function needCode(name) {
  return once(name, async () => python.unpackArchive(await (await file(name)).arrayBuffer(), "zip", { extractDir: SITE }));
}

function needStarting() {
  const facts = need("starting.json", (found) => checker?.add_decision(found));
  return Promise.all([needCode("starting.zip"), facts]);
}

// JSON needs no reader beside Python's own.
/** @param {string} text */
function needConfiguration(text) {
  const facts = need("configuration.json", (found) => checker?.add_configuration(found));
  const yaml = /^\s*[[{]/.test(text) ? null : needCode("yaml.zip");
  return Promise.all([needCode("config.zip"), facts, yaml]);
}

/** @param {string} decision */
function needDecision(decision) {
  return need(`${decision}.json`, (found) => checker?.add_decision(found));
}

// Work that the first question would have to wait for is done ahead, while the worker is idle.
/** @param {string} decision */
function warmUp(decision) {
  if (checker?.warm(decision)) pause = setTimeout(() => warmUp(decision), 0);
}

/** @param {Config} given */
async function start(given) {
  if (typeof WebAssembly === "undefined") throw new Failure("no-webassembly", "");
  config = given;
  const { core, checker: place, sizes, lock } = given;
  const stdLibURL = `${core}python_stdlib.zip.txt`;
  const lockFileURL = `${place}${lock}`;
  const watched = [`${core}pyodide.asm.wasm`, stdLibURL, lockFileURL].map((url) =>
    watch(url, sizes[url.slice(url.lastIndexOf("/") + 1)]),
  );
  const failed = new Promise((_, reject) => {
    for (const one of watched) one.catch(reject);
  });
  const running = run(core, { stdLibURL, lockFileURL, place });
  running.catch(() => {});
  checker = await Promise.race([running, failed]);
  return "ready";
}

/**
 * @param {string} core
 * @param {{stdLibURL: string, lockFileURL: string, place: string}} where
 * @returns {Promise<any>}
 */
async function run(core, { stdLibURL, lockFileURL, place }) {
  import(`${core}pyodide.asm.mjs`).catch(() => {});
  const module = await import(`${core}pyodide.mjs`).catch(() => null);
  if (!module) throw new Failure("not-loaded", "pyodide.mjs");
  const pyodide = await module
    .loadPyodide({
      indexURL: core,
      stdLibURL,
      lockFileURL,
      packageBaseUrl: place,
      packages: ["sagemaker-checker"],
      checkIntegrity: true,
    })
    .catch((/** @type {Error} */ error) => {
      throw new Failure("not-loaded", error.message);
    });
  python = pyodide;
  try {
    return pyodide.pyimport("checker.browser");
  } catch (error) {
    // Pyodide only logs that a package did not come whole.
    throw new Failure("not-loaded", lastLine(String(error)));
  }
}

/** @param {string[]} decisions @param {Asked} request */
async function ask(decisions, request) {
  clearTimeout(pause);
  await Promise.all(decisions.map(needDecision));
  if (request.type === "start") await needStarting();
  if (request.type === "check") await needConfiguration(request.text);
  if (request.type === "read") await need("words.json", (found) => checker?.add_words(found));
  try {
    return JSON.parse(/** @type {Checker} */ (checker).handle(JSON.stringify(request)));
  } catch (error) {
    throw new Failure("python", lastLine(String(/** @type {Error} */ (error).message ?? error)));
  } finally {
    pause = setTimeout(() => warmUp(decisions[0] ?? "inference"), PAUSE_MS);
  }
}

// The last line of a traceback, which says what happened.
/** @param {string} message */
function lastLine(message) {
  return message.trim().split("\n").at(-1) ?? message;
}

/** @param {MessageEvent<ToWorker>} event */
self.onmessage = async ({ data }) => {
  try {
    const result = data.type === "start" ? await start(data.config) : await ask(data.decisions, data.request);
    say({ type: "result", id: data.id, result });
  } catch (error) {
    const kind = error instanceof Failure ? error.kind : "crashed";
    say({ type: "failure", id: data.id, kind, message: String(/** @type {Error} */ (error).message ?? error) });
  }
};
