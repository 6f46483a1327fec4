// Checks a configuration that somebody pastes, drops or opens. It has no rules: Python finds, this shows.

/** @import { Checked, Fault } from "./protocol.js" */

import { clientOf } from "./client.js";
import { all, h, one, safe } from "./dom.js";
import { Latest } from "./latest.js";
import { failure, progress } from "./said.js";

const LARGEST = 1_000_000;

class ConfigurationChecker extends HTMLElement {
  /** @type {Latest<Checked>} */ #latest = new Latest(0);
  #asking = false;
  #name = "configuration";

  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "yes";
    this.client = clientOf(this);
    this.area = /** @type {HTMLTextAreaElement} */ (one(this, "textarea"));
    this.result = one(this, ".config__result");
    this.#listen();
  }

  disconnectedCallback() {
    this.#latest.drop();
    this.client?.removeEventListener("progress", this.#onProgress);
  }

  #listen() {
    const begin = () => this.client?.prepare();
    this.addEventListener("focusin", begin, { once: true });
    this.client?.addEventListener("progress", this.#onProgress);
    one(this, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
    this.area?.addEventListener("input", () => (this.#name = "configuration"));
    const opened = /** @type {HTMLInputElement} */ (one(this, "input[type=file]"));
    opened.addEventListener("change", () => this.#open(opened.files?.[0]));
    for (const example of all(this, "[data-example]")) {
      example.addEventListener("click", () => this.#fill(example.dataset.example ?? "", "example"));
    }
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#open(event.dataTransfer?.files[0]);
    });
  }

  #onProgress = () => {
    const { client } = this;
    if (client && this.#asking && !client.ready) this.#say(progress(client.received, client.config.sizes));
  };

  // The browser reads the file; it goes no further.
  /** @param {File | undefined} file */
  async #open(file) {
    if (!file) return;
    if (file.size > LARGEST) {
      this.#say(`${file.name} is larger than 1 MB. Give the part that describes the endpoint.`);
      return;
    }
    this.#fill(await file.text(), file.name);
  }

  /** @param {string} text @param {string} name */
  #fill(text, name) {
    if (this.area) this.area.value = text;
    this.#name = name;
    this.#check();
  }

  #check() {
    const text = this.area?.value ?? "";
    if (!text.trim()) {
      this.#say("Paste a configuration first.");
      this.area?.focus();
      return;
    }
    this.#asking = true;
    this.#say("");
    this.#onProgress();
    this.result?.setAttribute("aria-busy", "true");
    const decisions = (this.dataset.decisions ?? "").split(" ");
    /** @returns {Promise<Checked>} */
    const ask = async () => this.client?.ask(decisions, { type: "check", name: this.#name, text });
    this.#latest.run(ask, (found) => this.#show(found), (error) => this.#fail(error));
  }

  /** @param {Checked} found */
  #show({ state, headline, read, items }) {
    this.#done(headline);
    const list = h("ol", { class: "config__items" }, ...items.map((item) => this.#item(item)));
    this.result?.replaceChildren(
      h("h2", { class: `verdict config__${state}` }, headline),
      ...(read ? [h("p", { class: "verdict__certainty" }, read)] : []),
      ...(items.length ? [list] : []),
    );
  }

  /** @param {Fault} item */
  #item({ level, code, line, text, place, limit, hint, title, url, checked }) {
    const jump = h("button", { type: "button", class: "chip" }, `Line ${line}`);
    jump.addEventListener("click", () => this.#select(line));
    const source = url && safe(url) ? h("a", { href: url }, title) : title;
    return h("li", { class: `config__item config__item--${level}` },
      h("p", {}, jump, " ", h("strong", {}, text), " ", h("span", { class: "verdict__mark" }, `${level} ${code}`)),
      place && h("p", {}, h("code", {}, place), limit && `, ${limit}`),
      hint && h("p", {}, hint),
      (title || checked) && h("p", { class: "verdict__source" }, source, title && checked ? ", " : "", checked),
    );
  }

  // Marks a line of the text and brings it into view.
  /** @param {number} line */
  #select(line) {
    const { area } = this;
    if (!area) return;
    const rows = area.value.split("\n");
    const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (rows[line - 1]?.length ?? 0));
    const height = parseFloat(getComputedStyle(area).lineHeight) || 16;
    area.scrollTop = Math.max(0, (line - 4) * height);
  }

  /** @param {import("./client.js").CheckerError} error */
  #fail(error) {
    this.#done("");
    const again = h("button", { type: "button", class: "md-button" }, "Try again");
    again.addEventListener("click", () => this.#check());
    const words = failure(error).replaceAll("answers are", "text is");
    this.result?.replaceChildren(h("div", { class: "check__failure", role: "alert" }, h("p", {}, words), again));
  }

  /** @param {string} words */
  #done(words) {
    this.#asking = false;
    if (this.result) {
      this.result.hidden = false;
      this.result.removeAttribute("aria-busy");
    }
    this.#say(words, true);
  }

  /** @param {string} words @param {boolean} [seen] whether the page shows the same */
  #say(words, seen = false) {
    const status = one(this, ".check__status");
    status.classList.toggle("check__status--quiet", seen);
    if (status.textContent !== words) status.textContent = words;
  }
}

if (!customElements.get("configuration-checker")) customElements.define("configuration-checker", ConfigurationChecker);
