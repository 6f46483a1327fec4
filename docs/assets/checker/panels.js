// The parts of a decision's page that show something: where they are, and how they are filled.

/** @import { View } from "./protocol.js" */

import { all, button, h, one } from "./dom.js";

export class Panels {
  /** @type {IntersectionObserver} */ #seen;
  /** @type {ResizeObserver} */ #sized;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.answers = one(host, ".check__answers");
    this.next = one(host, ".check__next");
    this.read = one(host, ".check-read");
    this.system = one(host, ".system");
    this.verdict = one(host, ".check__verdict");
    this.status = one(host, ".check__status");
    this.bar = h("a", { class: "check__bar", href: "#verdict-headline", hidden: "" });
    host.append(this.bar);
    this.#seen = new IntersectionObserver(([{ isIntersecting }]) => host.classList.toggle("check--seen", isIntersecting));
    this.#seen.observe(this.verdict);
    this.#sized = new ResizeObserver(() => this.verdict.style.setProperty("--verdict-height", `${this.verdict.offsetHeight}px`));
    this.#sized.observe(this.verdict);
  }

  close() {
    this.#seen.disconnect();
    this.#sized.disconnect();
  }

  /** @param {string[]} dropped */
  tellDropped(dropped) {
    if (!dropped.length) return;
    const names = dropped.map((name) => name.slice(0, 40)).join(", ");
    this.host.prepend(h("p", { class: "check__dropped" }, `Not understood and left out of the link: ${names}.`));
  }

  // A verdict that is older than the answers is marked until the next one is there.
  /** @param {boolean} busy */
  busy(busy) {
    this.verdict.setAttribute("aria-busy", String(busy));
  }

  /** @param {View} view @param {Node[]} parts */
  showVerdict(view, parts) {
    const open = this.#folds().filter((fold) => fold.open).map((fold) => fold.className);
    this.verdict.replaceChildren(...parts);
    for (const fold of this.#folds()) fold.open = open.includes(fold.className);
    this.say(view.spoken, true);
    this.#name(view.headline);
  }

  #folds() {
    return /** @type {HTMLDetailsElement[]} */ (all(this.verdict, "details"));
  }

  /** @param {string} words why there is no verdict */
  showNone(words) {
    this.verdict.replaceChildren(h("p", { class: "check__empty" }, words));
    this.say(words, true);
    this.#name("");
  }

  /** @param {string} words @param {() => void} again */
  showFailure(words, again) {
    this.showNone("");
    const box = h("div", { class: "check__failure", role: "alert" }, h("p", {}, words), button("Try again", again));
    this.verdict.replaceChildren(box);
  }

  /** @param {string} words @param {boolean} [seen] whether the page shows the same */
  say(words, seen = false) {
    this.status.classList.toggle("check__status--quiet", seen);
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  /** @param {string} headline */
  #name(headline) {
    this.bar.hidden = !headline;
    this.bar.textContent = headline;
  }
}
