// "Change the verdict": one changed answer has to make another option win. The engine judges it.

/** @import { Item } from "./items.js" */
/** @import { Place } from "./parts.js" */
/** @import { View } from "../checker/protocol.js" */

import { all, button, h } from "../checker/dom.js";
import { keyOf } from "./items.js";
import { labelOf, onwardOf } from "./parts.js";

/** @typedef {(decision: string, answers: Record<string, string>) => Promise<View>} Judge */

// The answers that differ. @param {Record<string, string>} before @param {Record<string, string>} after
/** @param {Record<string, string>} before @param {Record<string, string>} after */
export function changes(before, after) {
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}

/** @param {Item} item @param {Place} place @param {Judge} judge @param {{next: () => void, leave: () => void}} actions */
export function turnView(item, place, judge, actions) {
  const { bank } = place;
  const before = item.answers ?? {};
  const target = labelOf(place, item.turn ?? "");
  const winner = keyOf(item).map((option) => labelOf(place, option)).join(" and ");
  const told = h("p", { class: "practise__verdict", role: "status", tabindex: "-1" });
  const reasons = h("ul", {});
  const form = /** @type {HTMLFormElement} */ (h("form", { class: "practise__form", novalidate: "" },
    h("div", { class: "practise__filters" }, ...Object.keys(before).map((name) => control(name, bank.fields[name], before[name]))),
    h("p", { class: "practise__actions" }, h("button", { type: "submit", class: "md-button md-button--primary" }, "Ask the rules"), button("Another situation", actions.next), button("Back to the start", actions.leave)),
    told, reasons,
  ));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(form, before, item, { told, reasons }, target, judge);
  });
  return h("section", { class: "practise__question", "aria-label": "Change the verdict" },
    h("h2", { class: "practise__title", tabindex: "-1" }, `Make “${target}” win`),
    h("p", { class: "practise__stem" }, item.stem),
    h("p", {}, `The verdict is “${winner}”. Change exactly one answer so that it becomes “${target}”.`),
    form,
    onwardOf(place, item),
  );
}

/** @param {string} name @param {{label: string, values: Record<string, string>, hint: string}} field @param {string} value */
function control(name, field, value) {
  const choices = Object.entries(field.values);
  const made = choices.length
    ? h("select", { name }, ...choices.map(([key, words]) => h("option", { value: key, ...(key === value ? { selected: "" } : {}) }, words)))
    : h("input", { name, type: "text", value, maxlength: "60", autocomplete: "off" });
  return h("label", { class: "practise__field" }, h("span", {}, field.label), made);
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} before
 * @param {Item} item
 * @param {{told: HTMLElement, reasons: HTMLElement}} places
 * @param {string} target
 * @param {Judge} judge
 */
async function ask(form, before, item, { told, reasons }, target, judge) {
  const controls = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (all(form, "[name]"));
  const after = Object.fromEntries(controls.map(({ name, value }) => [name, value.trim()]));
  const changed = changes(before, after);
  reasons.replaceChildren();
  if (changed.length !== 1) {
    told.textContent = `You changed ${changed.length} answers. Change exactly one.`;
    return;
  }
  told.textContent = "Python is deciding. The first time, it has to load.";
  try {
    const view = await judge(item.decision ?? "", after);
    const won = view.state === "decided" && view.options[0].option === item.turn;
    told.className = `practise__verdict practise__verdict--${won ? "right" : "wrong"}`;
    told.textContent = won ? `Right. ${view.headline}` : `Not yet. ${view.headline}`;
    const lost = view.rejected.filter(({ options }) => options.some(({ option }) => option === item.turn)).map(({ why }) => `${target}: ${why}`);
    reasons.replaceChildren(...[...view.reasons.map(({ text }) => text), ...(won ? [] : lost)].map((text) => h("li", {}, text)));
  } catch (error) {
    told.className = "practise__verdict practise__verdict--wrong";
    told.textContent = `No verdict: ${/** @type {Error} */ (error).message}. Try again.`;
  }
}
