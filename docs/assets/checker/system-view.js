// "Your system so far": what was decided, what clashes, what changed since, and one record of it all.

/** @import { Places } from "./protocol.js" */
/** @import { System } from "./system.js" */

import { button, copyButton, h } from "./dom.js";
import { outdated, systemQuery } from "./system.js";

/**
 * @param {HTMLElement} place
 * @param {System} system
 * @param {Places} places
 * @param {string} here the decision of this page, or ""
 * @param {{record: () => Promise<string>, hub: string, remove: (decision: string) => void}} actions
 */
export function renderSystem(place, system, places, here, actions) {
  const kept = Object.entries(places.decisions).filter(([name]) => system.decisions[name]);
  place.hidden = !kept.length;
  if (!kept.length) return place.replaceChildren();
  const rows = kept.map(([name, { label, page, version }]) => {
    const { headline, recommend } = system.decisions[name];
    const was = outdated(system.decisions[name], version);
    /** @type {Record<string, string>} */
    const option = recommend.length === 1 ? { "data-option": recommend[0] } : {};
    return h("li", { ...option, class: "system__row" },
      h("span", { class: "system__label" }, name === here ? h("strong", {}, label) : h("a", { href: page }, label)),
      h("span", {}, headline, was ? h("em", { class: "system__changed" }, " Rules or facts have changed since: open it to see what is different.") : null),
      button("×", () => actions.remove(name), { class: "answer__clear", "aria-label": `Remove ${label} from your system` }),
    );
  });
  const link = () => new URL(`${actions.hub}?${systemQuery(system)}`, document.baseURI).href;
  return place.replaceChildren(
    h("h2", {}, "Your system so far"),
    ...clashes(system).map((text) => h("p", { class: "verdict__clash" }, h("strong", {}, "Clash: "), text)),
    h("ul", { class: "system__rows" }, ...rows),
    h("p", { class: "verdict__copies" }, copyButton("Copy design record", actions.record), copyButton("Copy system link", link)),
  );
}

// Clashes of options that still are what both decisions came to, each told once.
/** @param {System} system @returns {string[]} */
function clashes(system) {
  const current = new Set(Object.values(system.decisions).flatMap(({ recommend }) => recommend));
  const found = Object.values(system.decisions).flatMap((kept) => kept.clashes ?? []);
  const alive = found.filter(({ options }) => options.every((option) => current.has(option)));
  const byPair = new Map(alive.map((clash) => [[...clash.options].sort().join(" "), clash.text]));
  return [...byPair.values()];
}

/**
 * The whole system as Markdown, decided anew.
 * @param {import("./client.js").Client} client
 * @param {System} system
 * @param {string} text
 * @param {string} hub
 * @returns {Promise<string>}
 */
export async function designOf(client, system, text, hub) {
  const decisions = Object.keys(system.decisions);
  const without = Object.values(system.decisions).flatMap((kept) => kept.without ?? []);
  const date = new Date().toISOString().slice(0, 10);
  const marks = { hard: [], soft: [], chosen: {}, guessed: [], era: /** @type {const} */ ("today"), without };
  const link = `${hub}?${systemQuery(system)}`;
  const { record } = await client.ask(decisions, { type: "design", decisions, answers: system.answers, text, date, link, ...marks });
  return record;
}

// The system without one decision, and without the answers that only it asked for.
/** @param {System} system @param {string} decision @returns {System} */
export function withoutDecision(system, decision) {
  const { [decision]: gone, ...decisions } = system.decisions;
  const asked = new Set(Object.values(decisions).flatMap(({ fields }) => fields));
  const left = Object.entries(system.answers).filter(([field]) => asked.has(field) || !gone?.fields.includes(field));
  return { answers: Object.fromEntries(left), decisions };
}
