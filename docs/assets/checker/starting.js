// How to do what a verdict says: a script, a template or a configuration, written by Python when it is opened.

/** @import { CheckerError } from "./client.js" */
/** @import { Form, Named, Places, Started } from "./protocol.js" */

import { button, copyButton, h } from "./dom.js";
import { failure } from "./said.js";

/** @type {[Form, string][]} */
const FORMS = [["boto3", "Python (boto3)"], ["cloudformation", "CloudFormation"], ["terraform", "Terraform"]];

// What the person opened last; the next verdict shows the same.
/** @type {Form} */
let chosen = "boto3";

/**
 * @param {Named[]} options
 * @param {Places} places
 * @param {(option: string, form: Form) => Promise<Started>} ask
 */
export function startingPoint(options, places, ask) {
  if (!options.length) return null;
  const parts = options.map(({ option, label }) => new Part(option, label, places, ask));
  const fold = h("details", { class: "verdict__start" }, h("summary", {}, "How to do it"), ...parts.map((part) => part.element));
  fold.addEventListener("toggle", () => parts.forEach((part) => part.show(chosen)), { once: true });
  return fold;
}

class Part {
  /** @type {Started | null} */ #found = null;
  #turn = 0;

  /**
   * @param {string} option
   * @param {string} label
   * @param {Places} places
   * @param {(option: string, form: Form) => Promise<Started>} ask
   */
  constructor(option, label, places, ask) {
    const place = places.options[option];
    this.option = option;
    this.ask = ask;
    this.tabs = FORMS.map(([form, words]) => button(words, () => this.show(form), { class: "chip", "data-form": form }));
    this.code = h("code", {});
    this.status = h("p", { class: "start__status", role: "status" });
    this.text = h("pre", { class: "start__text", tabindex: "0", role: "region", "aria-label": `Starting point: ${label}` }, this.code);
    this.keep = h("p", { class: "start__keep" }, copyButton("Copy text", () => this.#found?.text ?? ""), button("Download", () => this.#download()));
    this.element = h("section", { class: "start" },
      h("p", {}, `A starting point for ${label}, with your answers filled in. Read `, h("a", { href: place.how ?? place.page }, "how it works"), " first."),
      h("p", { class: "start__forms", role: "group", "aria-label": "Language" }, ...this.tabs),
      this.status, this.text, this.keep,
    );
    this.#fill(null, "");
  }

  /** @param {Form} form */
  async show(form) {
    const turn = ++this.#turn;
    chosen = form;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.form === form));
    if (!this.#found) this.#fill(null, "Writing it…");
    try {
      const found = await this.ask(this.option, form);
      if (turn !== this.#turn) return;
      this.#fill(found.text ? found : null, found.problems.map(({ message }) => message).join(" "));
    } catch (error) {
      if (turn === this.#turn) this.#fill(null, failure(/** @type {CheckerError} */ (error)));
    }
  }

  /** @param {Started | null} found @param {string} words */
  #fill(found, words) {
    this.#found = found;
    this.code.textContent = found?.text ?? "";
    this.status.textContent = words;
    this.status.hidden = !words;
    this.text.hidden = this.keep.hidden = !found;
  }

  #download() {
    if (!this.#found) return;
    const address = URL.createObjectURL(new Blob([this.#found.text], { type: "text/plain" }));
    h("a", { href: address, download: this.#found.file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}
