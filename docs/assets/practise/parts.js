// Pieces that several views share: reasons with sources, sections to read, the same case in the checker.

/** @import { Bank, Item } from "./items.js" */

import { h, safe } from "../checker/dom.js";

/** @typedef {{bank: Bank, site: URL}} Place the items, and the site's root */

/** @param {Place} place @param {string} page */
export function urlOf({ site }, page) {
  return new URL(page, site).href;
}

/** @param {Place} place @param {string} fact */
export function sourceOf({ bank }, fact) {
  const found = bank.facts[fact];
  if (!found) return null;
  const words = `${found.title}, checked ${found.checked}`;
  return h("span", { class: "practise__source" }, safe(found.url) ? h("a", { href: found.url, rel: "noopener" }, words) : words);
}

// The rules' sentences for one option, each with its source.
/** @param {Place} place @param {Item["choices"] extends (infer C)[] | undefined ? C : never} choice */
export function reasonsOf(place, choice) {
  const [, right, ...rules] = choice;
  return rules.map((name) => {
    const rule = place.bank.rules[name];
    const source = sourceOf(place, rule.fact);
    return h("p", { class: "practise__reason" }, (right && rule.yes) || rule.no || "", " ", source, " ", h("code", { class: "rule" }, name));
  });
}

/** @param {Place} place @param {Item} item */
export function stemOf({ bank }, item) {
  const also = (item.also ?? []).map(([label, answer]) => h("li", {}, `${label}: ${answer}`));
  const asked = item.kind === "card" ? "Recall the answer, then compare." : bank.decisions[item.decision ?? ""].question;
  return [
    h("p", { class: "practise__stem" }, item.stem),
    also.length ? h("p", { class: "practise__also" }, "Also true:") : null,
    also.length ? h("ul", { class: "practise__added" }, ...also) : null,
    h("p", { class: "practise__asked" }, item.era === "exam" ? `${asked} Answer as exam-era material does.` : asked),
  ];
}

/** @param {Place} place @param {Item} item */
export function onwardOf(place, item) {
  const query = new URLSearchParams(item.answers ?? {});
  if (item.era === "exam") query.set("era", "exam");
  return h("p", { class: "practise__onward" },
    h("a", { href: urlOf(place, item.page) }, "Read the section"),
    item.decision ? h("a", { href: urlOf(place, `check/${item.decision}/?${query}`) }, "See this case in the checker") : null,
  );
}

/** @param {Place} place @param {Item} item */
export function factOf(place, item) {
  const name = item.facts?.[0] ?? "";
  const fact = place.bank.facts[name];
  return h("div", { class: "practise__fact" },
    fact.short ? h("p", { class: "practise__value" }, fact.short) : null,
    h("p", {}, fact.text, " ", sourceOf(place, name)),
  );
}

/** @param {Place} place @param {string} option */
export function labelOf({ bank }, option) {
  return bank.options[option]?.label ?? option;
}

/** @param {string} label @param {Record<string, string>} options @param {string} value @param {(value: string) => void} change */
export function select(label, options, value, change) {
  const control = /** @type {HTMLSelectElement} */ (h("select", {}, ...Object.entries(options).map(([key, words]) => h("option", { value: key }, words))));
  control.value = value;
  control.addEventListener("change", () => change(control.value));
  return h("label", { class: "practise__field" }, h("span", {}, label), control);
}
