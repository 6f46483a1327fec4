// Messages about Python itself, which it cannot give: the progress of loading, and why it failed.

/** @import { CheckerError } from "./client.js" */

/** @type {Record<string, string>} */
const FAILURES = {
  "no-webassembly":
    "Your browser has no WebAssembly, which the checker needs. You can still read the options and questions on this page.",
  timeout: "The checker did not answer within 30 seconds. Your answers are kept; check the connection and try again.",
  crashed: "The checker stopped unexpectedly. Your answers are kept; try again.",
};
const BLOCKED =
  "A file that the checker needs could not be loaded. Your answers are kept; try again, or ask whoever runs your network whether it blocks .wasm files.";
const OFFLINE =
  "Your device is offline, and the checker is not loaded yet. Your answers are kept; try again once you are connected.";

/** @param {CheckerError} error */
export function failure({ kind, message }) {
  if (kind === "python") {
    return `The checker failed on these answers (${message}). This is a fault in the checker, not in your answers. Your answers are kept.`;
  }
  return FAILURES[kind] ?? (navigator.onLine ? BLOCKED : OFFLINE);
}

/** @param {number} received @param {Record<string, number>} sizes */
export function progress(received, sizes) {
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const mb = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  return received ? `Loading the checker, ${mb(Math.min(received, total))} of ${mb(total)} MB …` : "Loading the checker …";
}
