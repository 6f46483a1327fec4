// One question or card as elements: asked, then locked with a reason for every option.

/** @import { Round } from "./round.js" */
/** @import { Place } from "./parts.js" */

import { all, button, h } from "../checker/dom.js";
import { factOf, labelOf, onwardOf, reasonsOf, stemOf } from "./parts.js";

/**
 * @typedef {object} Actions
 * @property {() => void} answered
 * @property {() => void} next
 * @property {() => void} leave
 */

/** @param {Round} round @param {Place} place @param {Actions} actions */
export function questionView(round, place, actions) {
  const { item } = round;
  const head = h("p", { class: "practise__where" }, `${round.mode === "mock" ? "Mini-mock" : "Question"} ${round.at + 1} of ${round.items.length}`);
  const body = item.kind === "card" ? card(round, place, actions) : choices(round, place, actions);
  const title = h("h2", { class: "practise__title", tabindex: "-1" }, item.kind === "card" ? "Limit card" : place.bank.decisions[item.decision ?? ""].label);
  return h("section", { class: "practise__question", "aria-label": "Question" }, head, title, ...stemOf(place, item).filter((part) => part !== null), body);
}

/** @param {Round} round @param {Place} place @param {Actions} actions */
function choices(round, place, actions) {
  const two = round.item.kind === "two";
  const form = /** @type {HTMLFormElement} */ (h("form", { class: "practise__form", novalidate: "" }));
  const rows = round.choices.map(([option]) => {
    const input = h("input", { type: two ? "checkbox" : "radio", name: "choice", value: option });
    return h("li", { class: "practise__choice", "data-option": option }, h("label", {}, input, h("span", {}, labelOf(place, option))));
  });
  const told = h("p", { class: "practise__error", role: "alert" });
  const submit = h("button", { type: "submit", class: "md-button md-button--primary" }, "Submit answer");
  const foot = h("div", { class: "practise__foot" }, told, h("p", { class: "practise__actions" }, submit, button("End the round", actions.leave)));
  const legend = h("legend", {}, two ? "Select TWO. Both must be right." : "Select one.");
  form.append(h("fieldset", {}, legend, h("ul", { class: "practise__choices" }, ...rows)), foot);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    round.pick(/** @type {HTMLInputElement[]} */ (all(form, "input:checked")).map(({ value }) => value));
    if (round.submit()) {
      actions.answered();
      if (round.mode === "practice") explain(form, foot, round, place, actions);
    } else told.textContent = two ? "Select exactly two options." : "Select an option first.";
  });
  return form;
}

// Reasons go below their options, and what follows goes where the button was: nothing moves away.
/** @param {HTMLFormElement} form @param {HTMLElement} foot @param {Round} round @param {Place} place @param {Actions} actions */
function explain(form, foot, round, place, actions) {
  const { item, picked } = round;
  for (const row of all(form, ".practise__choice")) {
    const choice = round.choices.find(([option]) => option === row.dataset.option);
    if (!choice) continue;
    const [option, right] = choice;
    const mine = picked.includes(option);
    row.classList.add(right ? "practise__choice--right" : "practise__choice--wrong");
    row.append(h("p", { class: "practise__mark" }, `${right ? "✓ Right" : "✗ Wrong"}${mine ? ", your answer" : ""}`), ...reasonsOf(place, choice));
  }
  for (const input of all(form, "input")) input.setAttribute("disabled", "");
  const more = [item.why ? h("p", {}, item.why) : null, item.eras ? h("p", { class: "practise__eras" }, item.eras) : null];
  verdict(foot, round, place, actions, more);
}

/** @param {HTMLElement} foot @param {Round} round @param {Place} place @param {Actions} actions @param {(HTMLElement | null)[]} more */
function verdict(foot, round, place, actions, more) {
  const { right } = round.answered[round.answered.length - 1];
  const partly = round.item.kind === "two" && !right ? " Both options must be right." : "";
  const words = h("p", { class: `practise__verdict practise__verdict--${right ? "right" : "wrong"}`, tabindex: "-1" }, `${right ? "Right." : "Not right."}${partly}`);
  const last = round.at + 1 === round.items.length;
  const onward = h("p", { class: "practise__actions" }, button(last ? "See the result" : "Next question", actions.next, { class: "md-button md-button--primary" }), button("End the round", actions.leave));
  foot.replaceChildren(words, ...more.filter((part) => part !== null), onwardOf(place, round.item), onward);
  words.focus({ preventScroll: true });
  words.scrollIntoView({ block: "nearest" });
}

/** @param {Round} round @param {Place} place @param {Actions} actions */
function card(round, place, actions) {
  const foot = h("div", { class: "practise__foot" });
  const judge = (/** @type {boolean} */ right) => {
    round.judge(right);
    actions.answered();
    verdict(foot, round, place, actions, []);
  };
  const show = button("Show the answer", () => {
    const first = button("I knew it", () => judge(true), { class: "md-button md-button--primary" });
    box.prepend(factOf(place, round.item));
    foot.replaceChildren(h("p", { class: "practise__actions" }, first, button("I did not know it", () => judge(false))));
    first.focus({ preventScroll: true });
  }, { class: "md-button md-button--primary" });
  foot.append(h("p", { class: "practise__actions" }, show, button("End the round", actions.leave)));
  const box = h("div", {}, foot);
  return box;
}
