// The person's own text with what was read marked in it, each mark with its question and a way out.

/** @import { Reading } from "./protocol.js" */

import { button, h } from "./dom.js";

/**
 * @typedef {{start: number, end: number, kind: "read" | "guess" | "unclear" | "left", quote: string, field: string, says: string}} Span
 */

/**
 * Where the text says what was read; spans never overlap, and the surest is placed first.
 * @param {string} text
 * @param {Reading} reading
 * @param {string[]} other quotes that the person called something else
 * @returns {Span[]}
 */
export function spansOf(text, reading, other = []) {
  /** @type {Span[]} */
  const found = [];
  const place = (/** @type {string} */ quote, /** @type {Span["kind"]} */ kind, field = "", says = "", at = -1) => {
    let start = at >= 0 && text.startsWith(quote, at) ? at : text.indexOf(quote);
    while (start >= 0 && found.some((span) => start < span.end && span.start < start + quote.length)) {
      start = text.indexOf(quote, start + 1);
    }
    if (quote && start >= 0) found.push({ start, end: start + quote.length, kind, quote, field, says });
  };
  for (const { quote, fields } of reading.unplaced ?? []) {
    place(quote, other.includes(quote) ? "left" : "unclear", fields[0] ?? "");
  }
  const read = [...reading.read, ...(reading.elsewhere ?? [])];
  for (const { quote, field, label, shown, guess, at } of read) {
    place(quote, guess ? "guess" : "read", field, `${label}: ${shown}`, at);
  }
  for (const { quote } of reading.ignored ?? []) place(quote, "left");
  for (const quote of other) place(quote, "left");
  return found.sort((a, b) => a.start - b.start);
}

/**
 * @typedef {object} Acts
 * @property {(field: string) => boolean} here whether the page asks this
 * @property {(field: string) => void} change
 * @property {(quote: string) => void} notMeant
 * @property {() => void} forget
 */

/**
 * @param {string} text
 * @param {Reading} reading
 * @param {string[]} other
 * @param {Acts} acts
 */
export function renderReading(text, reading, other, acts) {
  const spans = spansOf(text, reading, other);
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const span of spans) {
    parts.push(text.slice(at, span.start), marked(span, acts));
    at = span.end;
  }
  parts.push(text.slice(at));
  const told = spans.filter(({ kind, field }) => (kind === "read" || kind === "guess") && acts.here(field));
  const beside = spans.filter(({ kind, field }) => (kind === "read" || kind === "guess") && !acts.here(field));
  return [
    h("div", { class: "read" },
      h("h2", {}, "What we understood"),
      h("blockquote", { class: "read__text" }, ...parts),
      h("ul", { class: "read__list" }, ...told.map((span) => row(span, acts))),
      beside.length ? h("p", { class: "read__beside" }, "For other decisions: ", beside.map(({ says }) => says).join("; "), ".") : null,
      button("Start over", acts.forget, { class: "check__reset" }),
    ),
  ];
}

// The questions whose answers the text's panel shows, with a way to change each.
/** @param {{text: string, reading: Reading | null, other: string[]}} case_ @returns {Set<string>} */
export function toldBy({ text, reading, other }) {
  if (!text || !reading) return new Set();
  return new Set(spansOf(text, reading, other).filter(({ kind }) => kind === "read" || kind === "guess").map(({ field }) => field));
}

/** @param {Span} span @param {Acts} acts */
function marked({ kind, quote, field, says }, { here }) {
  const words = { read: says, guess: `Maybe ${says}`, unclear: "Unclear: see the question", left: "Not counted" }[kind];
  const beside = (kind === "read" || kind === "guess") && !here(field) ? " read__mark--beside" : "";
  return h("mark", { class: `read__mark read__mark--${kind}${beside}`, title: words }, quote);
}

/** @param {Span} span @param {Acts} acts */
function row({ kind, quote, field, says }, { change, notMeant }) {
  return h("li", {},
    h("span", {}, `“${quote}” → ${says}${kind === "guess" ? " (a guess)" : ""} `),
    button("Change", () => change(field), { class: "read__act", "aria-label": `Change ${says}` }),
    button("Not what I meant", () => notMeant(quote), { class: "read__act", "aria-label": `Not what I meant: “${quote}”` }),
  );
}

/** Why a text got no verdict, in words. @param {Reading} reading @returns {string} */
export function unread(reading) {
  if (reading.problems.length) return reading.problems.map(({ message, hint }) => `${message} (${hint})`).join(" ");
  if (reading.headline) return reading.headline;
  if (reading.nearby) return reading.nearby.sentence;
  if (reading.state === "ask-for-more") return "It is not clear yet which decision this is about. Choose one below, or say what you want to serve, release, watch or build.";
  return "We could not match this to a SageMaker AI decision. Try: how requests arrive, how large they are, and whether the response must be synchronous.";
}
