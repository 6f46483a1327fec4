// Compares costs as the reader types: reads the form, asks Python, shows chart and tables. It knows no
// prices and no formulas.

import { clientOf } from "../checker/client.js";
import { progress } from "../checker/said.js";
import { h } from "./dom.js";
import { renderCopies, renderResult } from "./result.js";

const OWN = "price-";
const WIDEST = 640;
const NARROWEST = 240;
const FOLDED = 700;
const FAILED = "Python could not start, so the figures below are unchanged. Try again.";

class CostComparison extends HTMLElement {
  #asking = false;
  #again = false;
  #found = null;
  #answers = {};
  #left = [];
  #width = 0;

  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "yes";
    this.form = this.querySelector("form");
    this.result = this.querySelector(".cost__result");
    this.status = this.querySelector(".check__status");
    this.start = new Map(this.#inputs().map((input) => [input, input.value]));
    this.kinds = [...this.form.querySelectorAll("[name=option]")].map(({ value }) => value);
    this.copies = renderCopies(() => this.#found);
    this.form.addEventListener("input", () => this.#compute());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.#reset();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    // On a small screen the figures below come sooner; a group that a link fills opens again.
    if (this.clientWidth < FOLDED) this.#fold();
    const restored = this.#restore();
    this.sized = new ResizeObserver(() => this.#resized());
    if (restored) this.#compute();
    // The example is there already; Python starts once somebody turns to the form.
    else this.form.addEventListener("focusin", () => this.#compute(), { once: true });
    this.sized.observe(this);
  }

  disconnectedCallback() {
    this.sized?.disconnect();
  }

  #fold() {
    for (const group of [...this.form.querySelectorAll("details")].slice(1)) group.open = false;
  }

  #inputs() {
    return [...this.form.querySelectorAll("input[type=text], select")];
  }

  #boxes() {
    return [...this.form.querySelectorAll("[name=option]")];
  }

  #room() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.result);
    const padding = parseFloat(paddingLeft) + parseFloat(paddingRight) + 32;
    return Math.round(Math.min(WIDEST, Math.max(NARROWEST, this.result.clientWidth - padding)));
  }

  #resized() {
    if (this.#found && Math.abs(this.#room() - this.#width) > 16) this.#compute();
  }

  // What the form says, as Python accepts it.
  #request() {
    const given = { ...this.#answers };
    const own = {};
    for (const { name, value } of this.#inputs()) {
      if (!value.trim()) continue;
      if (name.startsWith(OWN)) own[name.slice(OWN.length)] = value;
      else given[name] = value;
    }
    const options = this.#boxes().filter(({ checked }) => checked).map(({ value }) => value);
    return { given, own, options };
  }

  // One question at a time; what was typed meanwhile is asked next, and nothing in between.
  async #compute() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#again = false;
        await this.#ask();
      } while (this.#again && this.isConnected);
    } catch {
      this.#fail();
    } finally {
      this.#asking = false;
    }
  }

  async #ask() {
    const client = clientOf(this);
    if (!client.ready) {
      client.addEventListener("progress", () => client.ready || this.#sayProgress(client), { once: false });
      this.#sayProgress(client);
    }
    const { given, own, options } = this.#request();
    this.#width = this.#room();
    const link = new URL(this.#address(), location.href).href;
    const request = { given, own, options, today: today(), width: this.#width };
    const found = await client.ask(["inference"], { type: "cost", request, link });
    this.#say(this.#dropped());
    const foreign = found.problems.filter(({ where }) => where in this.#answers);
    if (foreign.length) return this.#drop(foreign);
    this.#show(found);
  }

  // What a link holds and nobody understands is left out and named, and the rest counts.
  #drop(problems) {
    for (const { where } of problems) {
      delete this.#answers[where];
      this.#left.push(where);
    }
    this.#again = true;
  }

  #dropped() {
    return this.#left.length ? `Not understood and left out of the link: ${this.#left.join(", ")}.` : "";
  }

  #show(found) {
    this.#showProblems(found.problems);
    this.result.classList.toggle("cost__result--stale", found.problems.length > 0);
    if (found.problems.length) {
      this.#say(`${found.problems.length === 1 ? "A figure needs" : `${found.problems.length} figures need`} a correction. The results below are for the earlier figures.`);
      return;
    }
    this.#found = found;
    const kindOf = (option) => `cost--${this.kinds.indexOf(option)}`;
    const open = this.result.querySelector(".cost__more")?.open;
    this.result.replaceChildren(...renderResult(found, kindOf), this.copies);
    if (open) this.result.querySelector(".cost__more").open = true;
    this.#showDefaults(found.prices);
    this.#showAnswers(found.answers);
    // Once the figures are on the screen: a new address can need as long as everything else.
    setTimeout(() => this.isConnected && history.replaceState(history.state, "", this.#address()));
  }

  // The price that counts while a field is empty.
  #showDefaults(prices) {
    for (const { meter, own, price } of prices) {
      const input = this.form.querySelector(`[name="${OWN}${CSS.escape(meter)}"]`);
      if (input && !own) input.placeholder = price;
    }
  }

  // Answers that came with a link from the checker: they can rule options out, so they are shown.
  #showAnswers(answers) {
    const place = this.form.querySelector(".cost__given");
    const said = Object.entries(answers).map(([name, value]) => `${name}: ${value}`);
    place.hidden = !said.length;
    const drop = h("button", { type: "button", class: "md-button" }, "Drop them");
    drop.addEventListener("click", () => {
      this.#answers = {};
      this.#compute();
      this.form.querySelector("input").focus();
    });
    place.replaceChildren(`Answers from your verdict, to check limits: ${said.join("; ")}. `, drop);
  }

  #showProblems(problems) {
    for (const error of this.form.querySelectorAll(".check__error")) error.hidden = true;
    for (const input of this.form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    const box = this.form.querySelector(".check__errors");
    const items = problems.map((problem) => this.#problem(problem));
    box.hidden = !items.length;
    const title = h("p", {}, h("strong", {}, "These figures cannot be used"));
    box.replaceChildren(title, h("ul", {}, ...items));
  }

  #problem({ where, message, hint }) {
    const words = hint ? `${message} (${hint})` : message;
    const priced = where.startsWith("price ml.") ? "instance" : where.replace("price ", "");
    const name = where.startsWith("price ") ? `${OWN}${priced}` : where;
    const input = this.form.querySelector(`[name="${CSS.escape(name)}"]`);
    const error = input && document.getElementById(`${input.id}-error`);
    if (!error) return h("li", {}, `${where}: ${words}`);
    error.textContent = words;
    error.hidden = false;
    input.setAttribute("aria-invalid", "true");
    input.closest("details").open = true;
    const link = h("a", { href: `#${input.id}` }, `${input.labels[0].textContent}: ${words}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    return h("li", {}, link);
  }

  #reset() {
    for (const [input, value] of this.start) input.value = value;
    for (const box of this.#boxes()) box.checked = box.defaultChecked;
    this.#answers = {};
    this.#left = [];
    this.#compute();
  }

  // The link that holds what was typed; of a form as it came it is the page's own.
  #address() {
    const query = new URLSearchParams();
    for (const [input, value] of this.start) {
      if (input.value !== value) query.set(input.name, input.value);
    }
    if (this.#boxes().some((box) => box.checked !== box.defaultChecked)) {
      for (const { value } of this.#boxes().filter(({ checked }) => checked)) query.append("option", value);
    }
    for (const [name, value] of Object.entries(this.#answers)) query.set(name, value);
    const text = query.toString();
    return `${location.pathname}${text ? `?${text}` : ""}${location.hash}`;
  }

  // Fills the form from the address; what the form does not have is an answer to the checker.
  #restore() {
    const query = new URLSearchParams(location.search);
    const options = query.getAll("option");
    if (options.length) for (const box of this.#boxes()) box.checked = options.includes(box.value);
    query.delete("option");
    for (const [name, value] of query) {
      const input = this.form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (input) input.value = value.slice(0, 60);
      else this.#answers[name.slice(0, 40)] = value.slice(0, 60);
      if (input) input.closest("details").open = true;
    }
    return location.search.length > 1;
  }

  #fail() {
    const retry = h("button", { type: "button", class: "md-button" }, "Try again");
    retry.addEventListener("click", () => this.#compute());
    this.status.replaceChildren(`${FAILED} `, retry);
  }

  #sayProgress({ received, config }) {
    this.#say(progress(received, config.sizes));
  }

  #say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

// The reader's own day, as old prices are told by it.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

if (!customElements.get("cost-comparison")) customElements.define("cost-comparison", CostComparison);
