// Talks to the worker: numbered calls, progress, and an end to every wait.

import { Kept } from "./kept.js";

const STALL_MS = 30_000;

// Whether the reader's line allows megabytes that nobody may ask for.
function lineAllows({ saveData = false, effectiveType = "4g" } = {}) {
  return !saveData && effectiveType === "4g";
}

// Calls back once the page is loaded and idle; never on a line that is slow or paid by the byte.
export function whenIdle(callback) {
  if (!lineAllows(navigator.connection)) return;
  const wait = () =>
    self.requestIdleCallback ? requestIdleCallback(callback, { timeout: 2000 }) : setTimeout(callback, 500);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

export class Client {
  #worker = null;
  #started = null;
  #calls = new Map();
  #next = 0;
  #timer = 0;
  #spoke = false;
  #kept;

  constructor(config, onProgress) {
    this.config = config;
    this.onProgress = onProgress;
    this.#kept = new Kept(config.checker);
  }

  // Whether an answer comes at once, and how many bytes have come until then.
  ready = false;
  received = 0;
  #failed = false;

  // Starts ahead of any question. Not after a start that failed: a question that is asked again
  // would wait for this one and end as it does.
  prepare() {
    if (!this.#failed) this.start().catch(() => {});
  }

  // Starts ahead of a question that is known, unless its verdict was had before.
  async prepareFor(question) {
    if (!(await this.#kept.find(question))) this.prepare();
  }

  // Starts Python once; a failed start can be tried again.
  start() {
    this.#started ??= this.#launch();
    return this.#started;
  }

  // Python's answer. Until it is there, a verdict that was had before is as good.
  async ask(request) {
    if (!("decisions" in request)) return this.#askPython(request);
    const kept = this.ready ? null : await this.#kept.find(request);
    if (kept) return kept;
    const answer = await this.#askPython(request);
    if (!answer.problems.length) this.#kept.keep(request, answer);
    return answer;
  }

  async #askPython(request) {
    await this.start();
    return this.#call("ask", request);
  }

  stop(reason) {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#started = null;
    this.ready = false;
    for (const { reject } of this.#calls.values()) reject(new Error(reason));
    this.#calls.clear();
  }

  async #launch() {
    if (typeof WebAssembly === "undefined") {
      this.#started = null;
      throw new Error("no-webassembly");
    }
    this.#spoke = false;
    this.received = 0;
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      // One that never said a word did not come, or came in part.
      this.stop(this.#spoke ? "crashed" : "not-loaded");
    };
    this.#worker.onmessageerror = () => this.stop("crashed");
    try {
      await this.#call("start", this.config);
      this.ready = true;
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      this.stop(error.message);
      throw error;
    }
  }

  #call(method, params) {
    return new Promise((resolve, reject) => {
      const id = ++this.#next;
      this.#calls.set(id, { resolve, reject });
      this.#watch();
      this.#worker.postMessage({ id, method, params });
    });
  }

  #receive({ id, result, error, progress }) {
    this.#spoke = true;
    this.#watch();
    if (progress !== undefined) {
      this.received = progress;
      this.onProgress();
      return;
    }
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    this.#watch();
    if (error !== undefined) call?.reject(new Error(error));
    else call?.resolve(result);
  }

  // Every sign of life starts the wait anew: a slow line is no failure, a silent one is.
  #watch() {
    clearTimeout(this.#timer);
    if (this.#calls.size) this.#timer = setTimeout(() => this.stop("timeout"), STALL_MS);
  }
}

// One Python for the whole visit, also across instant navigation.
let shared = null;

export function sharedClient(config) {
  shared ??= new Client(config, () => {});
  return shared;
}

// Where a page's Python lies, from the data attributes that the page has it in.
export function placesOf({ dataset: { core, checker } }) {
  const at = (path) => new URL(path, document.baseURI).href;
  return { core: at(core), checker: at(checker) };
}

// What a link asks, as far as it can be told before the forms are there.
function questionOf(query) {
  const { decision, v, d, was, hard, soft, ...answers } = Object.fromEntries(query);
  const marks = (kind) => query.getAll(kind).sort();
  return { decisions: [decision], answers, hard: marks("hard"), soft: marks("soft"), chosen: {} };
}

// A link with answers wants a verdict: unless it was had before, Python starts while the page itself
// still comes. The forms tell of a start that failed.
const places = document.querySelector("script[data-core]");
const query = new URLSearchParams(location.search);
if (places && query.has("decision")) sharedClient(placesOf(places)).prepareFor(questionOf(query));
