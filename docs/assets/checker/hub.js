// The checker's first page: the text box, the system so far, and old links on their way.

/** @import { Places, Reading, Reply } from "./protocol.js" */

import { clientOf } from "./client.js";
import { all, h, one } from "./dom.js";
import { Latest } from "./latest.js";
import { renderReading, unread } from "./reading.js";
import { failure, progress } from "./said.js";
import { movedTo } from "./state.js";
import { loadSystem, saveSystem, withDecision } from "./system.js";
import { designOf, renderSystem, withoutDecision } from "./system-view.js";
import { forgetText, go, passText } from "./texts.js";

class Hub {
  /** @type {Latest<Reading>} */ #latest = new Latest(0);
  #asking = false;

  /** @param {HTMLElement} host @param {Places} places */
  constructor(host, places) {
    this.host = host;
    this.places = places;
    this.client = clientOf(host);
    const query = new URLSearchParams(location.search);
    this.#listen();
    this.#showSystem();
    if (query.has("system")) this.#open(query);
    const text = new URLSearchParams(location.hash.slice(1)).get("text");
    if (text) this.#take(text);
  }

  close() {
    this.#latest.drop();
    this.client.removeEventListener("progress", this.#onProgress);
    removeEventListener("storage", this.#showSystem);
  }

  #listen() {
    const begin = () => this.client.prepare();
    this.host.addEventListener("focusin", begin, { once: true });
    this.host.addEventListener("input", begin, { once: true });
    this.client.addEventListener("progress", this.#onProgress);
    addEventListener("storage", this.#showSystem);
    one(this.host, "form.scenario").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#describe();
    });
    for (const example of all(this.host, "[data-example]")) {
      example.addEventListener("click", () => this.#take(example.dataset.example ?? ""));
    }
  }

  #onProgress = () => {
    if (this.#asking && !this.client.ready) this.#say(progress(this.client.received, this.client.config.sizes));
  };

  // From the home page, behind the "#", which no host is sent; it does not stay in the address.
  /** @param {string} text */
  #take(text) {
    history.replaceState(history.state, "", location.pathname);
    /** @type {HTMLTextAreaElement} */ (one(this.host, "textarea")).value = text;
    this.#describe();
  }

  #describe() {
    const area = /** @type {HTMLTextAreaElement} */ (one(this.host, "textarea"));
    const text = area.value.trim();
    if (!text) {
      this.#say("Write a sentence or two about your workload first.");
      area.focus();
      return;
    }
    this.#asking = true;
    one(this.host, ".check-read").replaceChildren();
    this.#say("");
    this.#onProgress();
    const decisions = Object.keys(this.places.decisions);
    const ask = () => this.client.ask(decisions, { type: "read", text, answers: {}, other: [], decision: null });
    this.#latest.run(ask, (reading) => this.#done(text, reading), (error) => this.#fail(error));
  }

  /** @param {string} text @param {Reading} reading */
  #done(text, reading) {
    this.#asking = false;
    this.#say("");
    if (reading.area && reading.view) {
      passText(text, reading.area);
      go(this.places.decisions[reading.area].page);
      return;
    }
    const words = unread(reading);
    const shown = reading.read.length
      ? renderReading(text, reading, [], {
          here: () => true,
          change: () => one(this.host, "textarea").focus(),
          notMeant: () => one(this.host, "textarea").focus(),
          forget: () => one(this.host, ".check-read").replaceChildren(),
        })
      : [];
    one(this.host, ".check-read").replaceChildren(h("p", { class: "read__none" }, words), ...shown);
    this.#say(words);
  }

  /** @param {any} error */
  #fail(error) {
    this.#asking = false;
    this.#say("");
    const again = h("button", { type: "button", class: "md-button" }, "Try again");
    again.addEventListener("click", () => this.#describe());
    one(this.host, ".check-read").replaceChildren(h("div", { class: "check__failure", role: "alert" }, h("p", {}, failure(error)), again));
  }

  #showSystem = () => {
    const hub = new URL(location.pathname, location.href).href;
    renderSystem(one(this.host, ".system"), loadSystem(), this.places, "", {
      hub,
      record: () => designOf(this.client, loadSystem(), "", hub),
      remove: (decision) => {
        saveSystem(withoutDecision(loadSystem(), decision));
        forgetText();
        this.#showSystem();
      },
    });
  };

  // A link to a whole system: decided anew, and then the person's own.
  /** @param {URLSearchParams} query */
  async #open(query) {
    const known = this.places.decisions;
    const decisions = (query.get("system") ?? "").split(" ").filter((name) => Object.hasOwn(known, name));
    const without = query.getAll("without").filter((option) => Object.hasOwn(this.places.options, option));
    const answers = Object.fromEntries([...query].filter(([name]) => !["system", "without"].includes(name)));
    if (!decisions.length) return;
    this.#asking = true;
    this.#onProgress();
    try {
      const marks = { hard: [], soft: [], chosen: {}, guessed: [], era: /** @type {const} */ ("today"), without };
      /** @type {Reply & {fields?: Record<string, string[]>}} */
      const reply = await this.client.ask(decisions, { type: "design", decisions, answers, text: "", date: "", link: location.href, ...marks });
      if (reply.problems.length) throw new Error(reply.problems[0].message);
      let system = { answers: {}, decisions: {} };
      for (const name of decisions) {
        const view = reply.views[name];
        const fields = view.fields.filter((field) => field in answers);
        const mine = Object.fromEntries(fields.map((field) => [field, answers[field]]));
        const aside = without.filter((option) => this.places.options[option].decision === name);
        const clashes = view.clashes.map(({ options, text }) => ({ options, text }));
        const result = { recommend: view.options.map(({ option }) => option), headline: view.headline, version: known[name].version, checked: this.places.checked, without: aside, clashes };
        system = withDecision(system, name, fields, mine, result);
      }
      saveSystem(system);
      history.replaceState(history.state, "", location.pathname);
      this.#showSystem();
      this.#say("");
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#asking = false;
    }
  }

  /** @param {string} words */
  #say(words) {
    const status = one(this.host, ".check__status");
    if (status.textContent !== words) status.textContent = words;
  }
}

class CheckHub extends HTMLElement {
  /** @type {Hub | null} */ #hub = null;

  connectedCallback() {
    if (this.#hub) return;
    /** @type {Places} */
    const places = JSON.parse(this.dataset.places ?? "{}");
    const moved = movedTo(new URLSearchParams(location.search), places.decisions);
    if (moved) {
      location.replace(new URL(moved, document.baseURI));
      return;
    }
    this.#hub = new Hub(this, places);
    this.dataset.ready = "yes";
  }

  disconnectedCallback() {
    this.#hub?.close();
  }
}

if (!customElements.get("check-hub")) customElements.define("check-hub", CheckHub);
