// The form of all questions: what it shows follows the state, and what is typed goes to the state.

/** @import { Answers, Problem } from "./protocol.js" */

import { all, h, one } from "./dom.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

export class Form {
  /**
   * @param {HTMLFormElement} form
   * @param {{answer: (field: string, value: string, typed: boolean) => void, mark: (field: string, kind: string) => void}} on
   */
  constructor(form, on) {
    this.form = form;
    /** @type {Map<string, Control>} */
    this.controls = new Map(all(form, "[name]").map((control) => [/** @type {Control} */ (control).name, /** @type {Control} */ (control)]));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      const control = /** @type {Control} */ (target);
      if (control.name) on.answer(control.name, control.value, control.tagName === "INPUT");
      else if (control.dataset.mark) on.mark(control.dataset.mark, control.value);
    });
  }

  get fields() {
    return [...this.controls.keys()];
  }

  /** @param {string} field @param {string} value whether the form can hold it */
  accepts(field, value) {
    const control = this.controls.get(field);
    if (!control) return false;
    return !(control instanceof HTMLSelectElement) || [...control.options].some((option) => option.value === value);
  }

  /** @param {Answers} answers @param {Record<string, string>} marks */
  show(answers, marks) {
    for (const [field, control] of this.controls) {
      const value = answers[field] ?? "";
      if (control.value.trim() !== value) control.value = value;
    }
    for (const select of /** @type {HTMLSelectElement[]} */ (all(this.form, "[data-mark]"))) {
      const field = select.dataset.mark ?? "";
      const row = /** @type {HTMLElement} */ (select.closest("p"));
      row.hidden = !(field in answers);
      select.value = marks[field] ?? "";
    }
  }

  /** @param {string} field */
  labelOf(field) {
    const row = this.form.querySelector(`[data-field="${CSS.escape(field)}"]`);
    return /** @type {HTMLElement | null} */ (row)?.dataset.label ?? field.replaceAll("_", " ");
  }

  // An answer in the words of the form.
  /** @param {string} field @param {string} value */
  shownOf(field, value) {
    const control = this.controls.get(field);
    if (!(control instanceof HTMLSelectElement)) return value;
    return [...control.options].find((option) => option.value === value)?.textContent ?? value;
  }

  /** @param {string} field */
  exampleOf(field) {
    return this.controls.get(field)?.getAttribute("placeholder") ?? "";
  }

  /** @param {string} field */
  focus(field) {
    const control = this.controls.get(field);
    control?.closest("details")?.setAttribute("open", "");
    control?.scrollIntoView({ block: "center" });
    control?.focus();
  }

  // A summary that links to each field, and the same words beside the field.
  /** @param {Problem[]} problems */
  showProblems(problems) {
    for (const error of all(this.form, ".check__error")) error.hidden = true;
    for (const control of all(this.form, "[aria-invalid]")) control.removeAttribute("aria-invalid");
    const box = one(this.form, ".check__errors");
    box.hidden = !problems.length;
    box.replaceChildren(
      h("p", {}, h("strong", {}, "These answers cannot be read")),
      h("ul", {}, ...problems.map((problem) => this.#problem(problem))),
    );
  }

  /** @param {Problem} problem */
  #problem({ where, message, hint }) {
    const words = message + (hint ? ` (${hint})` : "");
    const control = this.controls.get(where);
    if (!control) return h("li", {}, `${where}: ${words}`);
    const error = one(this.form, `#${CSS.escape(control.id)}-error`);
    error.textContent = words;
    error.hidden = false;
    control.closest("details")?.setAttribute("open", "");
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${control.id}-error ${control.id}-hint`);
    const link = h("a", { href: `#${control.id}` }, `${this.labelOf(where)}: ${words}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.focus(where);
    });
    return h("li", {}, link);
  }
}
