// A verdict as elements: one screen, and the full record behind a fold. All sentences come from Python.

/** @import { Form, Line, Other, Places, Source, Started, View } from "./protocol.js" */

import { button, copyButton, h, safe } from "./dom.js";
import { startingPoint } from "./starting.js";

/**
 * @typedef {object} Actions
 * @property {() => string} link
 * @property {() => Promise<string>} record
 * @property {(option: string, form: Form) => Promise<Started>} start
 * @property {(option: string) => void} aside
 * @property {(era: "today" | "exam") => void} era
 * @property {(decision: string, without: string) => void} elsewhere opens another decision
 */

/**
 * @param {View} view
 * @param {Places} places
 * @param {"today" | "exam"} era
 * @param {string[]} notes what changed since a link or the saved system was made
 * @param {Actions} actions
 */
export function renderVerdict(view, places, era, notes, actions) {
  return [
    headline(view, places),
    view.certainty ? h("p", { class: "verdict__certainty" }, view.certainty) : null,
    ...view.clashes.map((clash) => banner(clash, view.decision, actions)),
    ...notes.map((words) => h("p", { class: "verdict__changed" }, words)),
    ...view.warnings.map((words) => h("p", { class: "verdict__warning" }, words)),
    reasons(view.reasons),
    others("Not a fit", view.rejected, places),
    others("Also possible", view.also, places),
    eras(view, era, actions),
    onward(view, places),
    h("p", { class: "verdict__copies" }, copyButton("Copy link", actions.link), copyButton("Copy record", actions.record)),
    startingPoint(view.start, places, actions.start),
    record(view),
  ].filter((part) => part !== null);
}

/** @param {View} view @param {Places} places */
function headline({ state, headline: words, options }, places) {
  const place = options.length === 1 ? places.options[options[0].option] : null;
  const shown = place ? h("a", { href: place.page }, words) : words;
  const attributes = { id: "verdict-headline", tabindex: "-1", class: `verdict verdict--${state}` };
  return h("h2", place ? { ...attributes, "data-option": options[0].option } : attributes, shown);
}

/** @param {View["clashes"][number]} clash @param {string} decision @param {Actions} actions */
function banner({ text, fixes }, decision, actions) {
  const ways = fixes.map((fix) =>
    button(fix.text, () =>
      fix.decision === decision ? actions.aside(fix.without) : actions.elsewhere(fix.decision, fix.without),
    ),
  );
  return h("div", { class: "verdict__clash", role: "group", "aria-label": "Clash" },
    h("p", {}, h("strong", {}, "Clash: "), text),
    h("p", { class: "verdict__fixes" }, ...ways),
  );
}

/** @param {Line[]} lines */
function reasons(lines) {
  if (!lines.length) return null;
  const items = lines.map(({ text, source }) => h("li", {}, text, source ? mark(source) : null));
  return h("ul", { class: "verdict__reasons", "aria-label": "Why" }, ...items);
}

// A source as a small mark beside its sentence; the whole of it is in the full record.
/** @param {Source} source */
function mark({ title, url, checked, fact }) {
  const words = `Source: ${title}, checked ${checked}`;
  if (!safe(url)) return null;
  const link = h("a", { href: url, rel: "noopener", title: fact, "aria-label": words }, "source");
  return h("sup", { class: "verdict__mark" }, " ", link);
}

/** @param {string} title @param {Other[]} items @param {Places} places */
function others(title, items, places) {
  if (!items.length) return null;
  const rows = items.map(({ options, why, back }) => {
    const links = options.flatMap(({ option, label }, place) => [
      place ? ", " : "",
      h("a", { href: places.options[option]?.page ?? "", "data-option": option }, label),
    ]);
    return h("li", {}, ...links, why ? `: ${why} ` : ": ", h("span", { class: "verdict__back" }, back));
  });
  return h("div", { class: "verdict__others" }, h("h3", {}, title), h("ul", {}, ...rows));
}

/** @param {View} view @param {"today" | "exam"} era @param {Actions} actions */
function eras(view, era, actions) {
  const choice = (/** @type {"today" | "exam"} */ name, /** @type {string} */ label) =>
    button(label, () => actions.era(name), { "aria-pressed": String(era === name), class: "chip" });
  const difference = view.eras
    ? h("p", {}, view.eras.text, ...view.eras.because.map((words) => ` ${words}`))
    : null;
  if (!difference && era === "today") {
    return h("p", { class: "verdict__eras" }, choice("today", "Today"), choice("exam", "Exam era"), " Both give the same answer.");
  }
  const same = difference ? null : " Both give the same answer.";
  return h("div", { class: "verdict__eras" }, h("p", {}, choice("today", "Today"), choice("exam", "Exam era"), same), difference);
}

// Where the guide goes on: how to do it, what it costs, the decision that follows.
/** @param {View} view @param {Places} places */
function onward(view, places) {
  const place = view.options.length ? places.options[view.options[0].option] : undefined;
  const next = places.decisions[view.next.decision];
  const costs = view.cost ? new URL(`../../optimize/break-even/?${new URLSearchParams(view.cost.query)}`, import.meta.url).href : place?.cost;
  const links = [
    place && !view.start.length ? h("a", { href: place.how ?? place.page }, "How to do it") : null,
    costs ? h("a", { href: costs }, "What it costs") : null,
    next ? h("a", { href: next.page }, `Next decision: ${view.next.label}`) : null,
  ];
  return h("p", { class: "verdict__onward" }, ...links);
}

/** @param {View} view */
function record(view) {
  const parts = view.record.map(({ title, lines }) =>
    h("section", {}, h("h4", {}, title), h("ul", {}, ...lines.map(line))),
  );
  const cost = view.cost ? [h("section", {}, h("h4", {}, "Cost"), h("p", { class: "verdict__cost" }, view.cost.text))] : [];
  return h("details", { class: "verdict__record" }, h("summary", {}, "Full record"), ...parts, ...cost, h("p", { class: "verdict__checked" }, view.checked));
}

/** @param {Line} line */
function line({ text, source, rule }) {
  const cited = source ? `${source.title}, checked ${source.checked}` : "";
  const place = source && safe(source.url) ? h("a", { href: source.url, rel: "noopener" }, cited) : cited;
  return h("li", {}, text, source ? h("span", { class: "verdict__source" }, " (", place, ")") : null, rule ? h("code", { class: "rule" }, ` ${rule}`) : null);
}

/**
 * What an earlier answer was beside today's; a link's own words are shown as text, never trusted.
 * @param {string[]} was option ids
 * @param {string} day
 * @param {View} view
 * @param {Places} places
 * @param {string} what made it: "this link was made", "you saved this"
 */
export function changedSince(was, day, view, places, what) {
  const labels = (/** @type {string[]} */ ids) => ids.map((id) => places.options[id]?.label ?? id.slice(0, 60)).join(", ") || "no option";
  const then = labels(was);
  const now = labels(view.options.map(({ option }) => option));
  const since = /^\d{4}-\d{2}-\d{2}$/.test(day) ? ` with facts of ${day}` : "";
  const same = then === now ? "The answer is the same." : `It was: ${then}. It is now: ${now}.`;
  return `Rules or facts have changed since ${what}${since}. ${same}`;
}
