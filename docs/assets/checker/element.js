// A decision's page of the checker, from when its element is there to when it goes.

import { DecisionPage } from "./page.js";

class DecisionChecker extends HTMLElement {
  /** @type {DecisionPage | null} */ #page = null;

  connectedCallback() {
    this.#page ??= new DecisionPage(this);
    this.dataset.ready = "yes";
  }

  disconnectedCallback() {
    this.#page?.close();
  }
}

if (!customElements.get("decision-checker")) customElements.define("decision-checker", DecisionChecker);
