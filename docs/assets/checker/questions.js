// The answers as chips, and the one next question with answers to press.

/** @import { Named, Places, Question } from "./protocol.js" */
/** @import { Case } from "./case.js" */
/** @import { Form } from "./form.js" */

import { button, h, one } from "./dom.js";

/**
 * @typedef {object} Chip
 * @property {string} field
 * @property {string} label
 * @property {string} shown
 * @property {{label: string, page: string} | null} from the decision that gave it
 * @property {boolean} read whether the person's text says it
 * @property {boolean} told whether "What we understood" shows it with the same ways to change it
 */

/**
 * The case's answers in the order of the form, each with where it comes from.
 * @param {Case} case_ @param {Form} form @param {Places} places
 * @param {Set<string>} told the questions whose answers are shown with the person's text
 * @returns {Chip[]}
 */
export function chipsOf(case_, form, places, told) {
  const [answers, own, read, defaults] = [case_.answers(), case_.own(), case_.read(), case_.defaults()];
  return form.fields
    .filter((field) => field in answers)
    .map((field) => ({
      field,
      label: form.labelOf(field),
      shown: form.shownOf(field, answers[field]),
      from: !(field in own) && defaults[field] ? places.decisions[defaults[field].from] : null,
      read: field in read && !(field in case_.state.answers),
    }))
    .map((chip) => ({ ...chip, told: chip.read && told.has(chip.field) }));
}

/**
 * @param {HTMLElement} place
 * @param {Chip[]} chips
 * @param {Named[]} aside
 * @param {{edit: (field: string) => void, clear: (field: string) => void, back: (option: string) => void, reset: () => void}} actions
 */
export function renderChips(place, chips, aside, actions) {
  const items = chips.map(({ field, label, shown, from, read, told }) => {
    const edit = h("button", { type: "button", class: "answer__edit", title: "Change this answer" }, h("span", { class: "answer__label" }, label), " ", h("span", { class: "answer__value" }, shown));
    edit.addEventListener("click", () => actions.edit(field));
    const origin = from ? h("a", { href: from.page, class: "answer__from" }, `from ${from.label}`) : read ? h("span", { class: "answer__from" }, "from your text") : null;
    const clear = from ? null : button("×", () => actions.clear(field), { class: "answer__clear", "aria-label": `Remove ${label}` });
    return h("li", { class: "answer", "data-answer": field, ...(told ? { hidden: "" } : {}) }, edit, origin, clear);
  });
  const set = aside.map(({ option, label }) =>
    h("li", { class: "answer answer--aside" }, h("span", { class: "answer__value" }, `Set aside: ${label}`), button("×", () => actions.back(option), { class: "answer__clear", "aria-label": `Consider ${label} again` })),
  );
  const any = items.length + set.length;
  place.hidden = any > 0 && !set.length && chips.every(({ told }) => told);
  one(place, ".check__none").hidden = any > 0;
  place.querySelector("ul")?.remove();
  place.querySelector(".check__reset")?.remove();
  if (!any) return;
  place.append(h("ul", { class: "answers" }, ...items, ...set), button("Clear all", actions.reset, { class: "check__reset" }));
}

/**
 * @param {HTMLElement} place
 * @param {Question | null} question
 * @param {string} example
 * @param {(field: string, value: string) => void} answer
 */
export function renderNext(place, question, example, answer) {
  place.hidden = !question;
  if (!question) return place.replaceChildren();
  const { field, text, why, asks, kind, answers } = question;
  const choices = answers.map(({ value, label, leads }) => {
    const made = h("button", { type: "button", class: "next__answer" }, h("span", { class: "next__label" }, label), h("span", { class: "next__leads" }, `→ ${leads}`));
    made.addEventListener("click", () => answer(field, value));
    return made;
  });
  place.replaceChildren(
    h("p", { class: "next__title" }, "Answer this next"),
    why ? h("p", { class: "next__why" }, why) : "",
    h("h2", {}, asks),
    h("div", { class: "next__answers", role: "group", "aria-label": text }, ...choices),
    kind === "quantity" ? own(field, text, example, answer) : "",
  );
}

// A value of one's own beside the offered ranges.
/** @param {string} field @param {string} text @param {string} example @param {(field: string, value: string) => void} answer */
function own(field, text, example, answer) {
  const input = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", maxlength: "60", autocomplete: "off", "aria-label": text, placeholder: example })
  );
  const form = h("form", { class: "next__own", "aria-label": "Exact value" }, input, h("button", { type: "submit", class: "md-button" }, "Set"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) answer(field, input.value);
  });
  return form;
}

/**
 * A number of the text that may answer several questions.
 * @param {HTMLElement} place
 * @param {{quote: string, fields: string[]}} unclear
 * @param {(field: string) => string} labelOf
 * @param {{is: (field: string, quote: string) => void, other: (quote: string) => void}} actions
 */
export function renderUnclear(place, { quote, fields }, labelOf, actions) {
  const choices = fields.map((field) => {
    const made = h("button", { type: "button", class: "next__answer" }, labelOf(field));
    made.addEventListener("click", () => actions.is(field, quote));
    return made;
  });
  const none = h("button", { type: "button", class: "next__answer" }, "Something else");
  none.addEventListener("click", () => actions.other(quote));
  place.hidden = false;
  place.replaceChildren(
    h("p", { class: "next__title" }, "Answer this next"),
    h("h2", {}, `What is “${quote}”?`),
    h("div", { class: "next__answers", role: "group", "aria-label": `What is “${quote}”?` }, ...choices, none),
  );
}
