// Talks to the worker: numbered calls, progress, and an end to every wait.

/** @import { Config, FailureKind, FromWorker, Asked, ToWorker } from "./protocol.js" */

const STALL_MS = 30_000;

/** A call that got no result, and why. */
export class CheckerError extends Error {
  /** @param {FailureKind} kind @param {string} [message] */
  constructor(kind, message = "") {
    super(message || kind);
    this.kind = kind;
  }
}

/** Says "progress" while Python loads. */
export class Client extends EventTarget {
  /** @type {Worker | null} */ #worker = null;
  /** @type {Promise<void> | null} */ #started = null;
  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  #calls = new Map();
  #next = 0;
  #timer = 0;
  #spoke = false;
  #failed = false;

  /** @param {Config} config */
  constructor(config) {
    super();
    this.config = config;
    // Whether an answer comes at once, and how many bytes have come until then.
    this.ready = false;
    this.received = 0;
  }

  // Starts ahead of any question. Not after a start that failed: a question that is asked again
  // would wait for this one and end as it does.
  prepare() {
    if (!this.#failed) this.#start().catch(() => {});
  }

  /**
   * @param {string[]} decisions those whose rules the answer needs
   * @param {Asked} request
   */
  async ask(decisions, request) {
    await this.#start();
    return this.#call({ type: "ask", decisions, request });
  }

  #start() {
    this.#started ??= this.#launch();
    return this.#started;
  }

  /** @param {FailureKind} kind @param {string} [message] */
  stop(kind, message) {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#started = null;
    this.ready = false;
    for (const { reject } of this.#calls.values()) reject(new CheckerError(kind, message));
    this.#calls.clear();
  }

  async #launch() {
    if (typeof WebAssembly === "undefined") {
      this.#started = null;
      throw new CheckerError("no-webassembly");
    }
    this.#spoke = false;
    this.received = 0;
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      // A worker that never answered did not load, or loaded in part.
      this.stop(this.#spoke ? "crashed" : "not-loaded");
    };
    worker.onmessageerror = () => this.stop("crashed");
    try {
      await this.#call({ type: "start", config: this.config });
      this.ready = true;
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      const { kind, message } = /** @type {CheckerError} */ (error);
      this.stop(kind ?? "crashed", message);
      throw error;
    }
  }

  /**
   * @param {{type: "start", config: Config} | {type: "ask", decisions: string[], request: Asked}} message
   * @returns {Promise<any>}
   */
  #call(message) {
    return new Promise((resolve, reject) => {
      const id = ++this.#next;
      this.#calls.set(id, { resolve, reject });
      this.#watch();
      /** @type {ToWorker} */
      const numbered = { ...message, id };
      this.#worker?.postMessage(numbered);
    });
  }

  /** @param {FromWorker} message */
  #receive(message) {
    this.#spoke = true;
    if (message.type === "progress") {
      this.#watch();
      this.received = message.received;
      this.dispatchEvent(new Event("progress"));
      return;
    }
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    this.#watch();
    if (message.type === "failure") call?.reject(new CheckerError(message.kind, message.message));
    else call?.resolve(message.result);
  }

  // Every message restarts the wait: a slow connection is not a failure, a silent one is.
  #watch() {
    clearTimeout(this.#timer);
    if (this.#calls.size) this.#timer = setTimeout(() => this.stop("timeout"), STALL_MS);
  }
}

/** @type {Client | null} */
let shared = null;

// One Python for the whole visit, also across instant navigation.
/** @param {HTMLElement} element */
export function clientOf(element) {
  shared ??= new Client(configOf(element));
  return shared;
}

/** @param {HTMLElement} element @returns {Config} */
function configOf({ dataset }) {
  const at = (/** @type {string | undefined} */ path) => new URL(path ?? "", document.baseURI).href;
  const lock = dataset.lock ?? "";
  return { core: at(dataset.core), checker: at(dataset.checker), lock, sizes: JSON.parse(dataset.sizes ?? "{}") };
}
