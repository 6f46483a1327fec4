// The person's own text with what was read marked in it, each mark with its question and a way out.

/** @import { Reading } from "./protocol.js" */

import { button, h } from "./dom.js";

/**
 * @typedef {{start: number, end: number, kind: "read" | "guess" | "unclear" | "left", quote: string, field: string, value: string}} Span
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
  const place = (/** @type {string} */ quote, /** @type {Span["kind"]} */ kind, field = "", value = "", at = -1) => {
    let start = at >= 0 && text.startsWith(quote, at) ? at : text.indexOf(quote);
    while (start >= 0 && found.some((span) => start < span.end && span.start < start + quote.length)) {
      start = text.indexOf(quote, start + 1);
    }
    if (quote && start >= 0) found.push({ start, end: start + quote.length, kind, quote, field, value });
  };
  for (const { quote, fields } of reading.unplaced ?? []) {
    place(quote, other.includes(quote) ? "left" : "unclear", fields[0] ?? "");
  }
  const read = [...reading.read, ...(reading.elsewhere ?? [])];
  for (const { quote, field, value, guess, at } of read) place(quote, guess ? "guess" : "read", field, value, at);
  for (const { quote } of reading.ignored ?? []) place(quote, "left");
  for (const quote of other) place(quote, "left");
  return found.sort((a, b) => a.start - b.start);
}

/**
 * @param {string} text
 * @param {Reading} reading
 * @param {string[]} other
 * @param {{labelOf: (field: string) => string, shownOf: (field: string, value: string) => string, change: (field: string) => void, notMeant: (quote: string) => void, forget: () => void}} actions
 */
export function renderReading(text, reading, other, actions) {
  const spans = spansOf(text, reading, other);
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const span of spans) {
    parts.push(text.slice(at, span.start), marked(span, actions));
    at = span.end;
  }
  parts.push(text.slice(at));
  const told = spans.filter(({ kind }) => kind === "read" || kind === "guess");
  return [
    h("div", { class: "read" },
      h("h2", {}, "What we understood"),
      h("blockquote", { class: "read__text" }, ...parts),
      h("ul", { class: "read__list" }, ...told.map((span) => row(span, actions))),
      button("Start over", actions.forget, { class: "check__reset" }),
    ),
  ];
}

/** @param {Span} span @param {{labelOf: (field: string) => string, shownOf: (field: string, value: string) => string}} actions */
function marked({ kind, quote, field, value }, { labelOf, shownOf }) {
  const says = {
    read: `${labelOf(field)}: ${shownOf(field, value)}`,
    guess: `Maybe ${labelOf(field)}: ${shownOf(field, value)}`,
    unclear: "Unclear: see the question",
    left: "Not counted",
  }[kind];
  return h("mark", { class: `read__mark read__mark--${kind}`, title: says }, quote);
}

/** @param {Span} span @param {{labelOf: (field: string) => string, shownOf: (field: string, value: string) => string, change: (field: string) => void, notMeant: (quote: string) => void}} actions */
function row({ kind, quote, field, value }, { labelOf, shownOf, change, notMeant }) {
  const label = labelOf(field);
  return h("li", {},
    h("span", {}, `“${quote}”: ${label}, ${shownOf(field, value)}${kind === "guess" ? " (a guess)" : ""} `),
    button("Change", () => change(field), { class: "read__act", "aria-label": `Change ${label}` }),
    button("Not meant", () => notMeant(quote), { class: "read__act", "aria-label": `“${quote}” does not mean ${label}` }),
  );
}

/** Why a text got no verdict, in words. @param {Reading} reading @returns {string} */
export function unread(reading) {
  if (reading.problems.length) return reading.problems.map(({ message, hint }) => `${message} (${hint})`).join(" ");
  if (reading.headline) return reading.headline;
  if (reading.nearby) return reading.nearby.sentence;
  if (reading.state === "ask-for-more") return "It is not clear yet which decision this is about. Choose one below, or say what you want to serve, release, watch or build.";
  return "We could not match this to a SageMaker AI decision. Try: how requests arrive, how large they are, and who waits for the answer.";
}
