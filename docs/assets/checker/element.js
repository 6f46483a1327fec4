// The checker on a page: reads the forms, asks Python, shows the verdict. No rules, no facts.

import { placesOf, sharedClient, whenIdle } from "./client.js";
import { markPoint } from "./map.js";
import { h, renderAnswer, renderChange, renderOtherAreas, renderReading, renderVerdict, spokenState } from "./verdict.js";

const FAILURES = {
  "no-webassembly":
    "Your browser has no WebAssembly, which the checker's Python needs. The tables and rules on this page say the same.",
  timeout:
    "Python did not answer within 30 seconds. Your answers are kept; check the connection and try again.",
  crashed: "Python stopped unexpectedly. Your answers are kept; try again.",
};
const BLOCKED =
  "A file that the checker needs could not be loaded. Your answers are kept; try again, or ask whoever runs your network whether it blocks .wasm files.";
const OFFLINE =
  "Your device is offline, and the checker's Python is not here yet. Your answers are kept; try again once you are connected.";

class DecisionChecker extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "yes";
    this.verdicts = {};
    this.status = this.querySelector(".checker__status");
    this.asking = 0;
    // Each question's controls, found once: the forms stay as they are.
    this.byName = new Map();
    for (const control of this.querySelectorAll("form[data-decision] [name]")) {
      const { name } = control;
      if (!this.byName.has(name)) this.byName.set(name, []);
      this.byName.get(name).push(control);
    }
    // Python is there before it is asked for: from the first touch, or before that where the line
    // allows it. A start that fails is told of when there is a question.
    const begin = () => this.isConnected && this.#client().prepare();
    for (const form of this.querySelectorAll("form")) {
      form.addEventListener("focusin", begin, { once: true });
      form.addEventListener("input", begin, { once: true });
    }
    whenIdle(begin);
    for (const form of this.querySelectorAll("form[data-decision]")) this.#prepare(form);
    const box = this.querySelector("form.scenario");
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#read(box);
    });
    this.#restore();
  }

  #prepare(form) {
    // A question that two decisions ask is one question.
    form.addEventListener("input", ({ target }) => {
      for (const twin of this.#twins(target)) twin.value = target.value;
      this.#offerMarks();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check(form);
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const control of form.querySelectorAll("[name], [data-mark]")) {
        for (const twin of this.#twins(control)) twin.value = "";
      }
      this.#offerMarks();
      delete this.verdicts[form.dataset.decision];
      this.#section(form).replaceChildren();
      this.#showProblems(form, []);
      history.replaceState(history.state, "", this.#address(form.dataset.decision));
    });
  }

  #controls(name) {
    return this.byName.get(name) ?? [];
  }

  #twins(control) {
    const mark = control.dataset.mark;
    return mark ? this.querySelectorAll(`[data-mark="${CSS.escape(mark)}"]`) : this.#controls(control.name);
  }

  // How much an answer counts can be said only where there is one.
  #offerMarks() {
    for (const mark of this.querySelectorAll("[data-mark]")) {
      const answered = this.#controls(mark.dataset.mark).some((control) => control.value.trim());
      mark.closest("p").hidden = !answered;
      if (!answered) mark.value = "";
    }
  }

  #marked(kind) {
    const marks = [...this.querySelectorAll("[data-mark]")].filter((mark) => mark.value === kind);
    return [...new Set(marks.map((mark) => mark.dataset.mark))].sort();
  }

  // Plain sentences: what was read is shown and put into the forms, and only then decided.
  async #read(box) {
    const text = box.querySelector("textarea").value;
    const place = box.querySelector(".scenario__reading");
    try {
      const answer = await this.#ask({ text });
      this.#say("");
      place.replaceChildren(
        ...renderReading(this.#sorted(answer), this.#labelOf.bind(this), this.#shownOf.bind(this)),
      );
      if (!answer.area) return;
      for (const control of this.querySelectorAll("form[data-decision] [name]")) control.value = "";
      for (const { field, value } of answer.read) {
        for (const control of this.#controls(field)) control.value = value;
      }
      this.#offerMarks();
      place.append(...renderOtherAreas(this.#otherAreas(answer), (form) => this.check(form)));
      await this.check(this.querySelector(`form[data-decision="${CSS.escape(answer.area)}"]`), false);
      const verdict = this.verdicts[answer.area];
      const spoken = spokenState(answer);
      if (spoken) this.#say(spoken[0]);
      else if (verdict) place.prepend(renderAnswer(verdict));
    } catch (error) {
      this.#fail(box, place, error.message, () => this.#read(box));
    }
  }

  // Decisions beside the first that the text answers a question of its own for.
  #otherAreas(answer) {
    const first = this.querySelector(`form[data-decision="${CSS.escape(answer.area)}"]`);
    const shared = new Set([...first.querySelectorAll("[name]")].map((control) => control.name));
    const own = answer.read.filter(({ field }) => !shared.has(field));
    return answer.areas
      .filter((area) => area !== answer.area)
      .map((area) => this.querySelector(`form[data-decision="${CSS.escape(area)}"]`))
      .filter((form) => form && own.some(({ field }) => form.elements.namedItem(field)));
  }

  // What answers the questions of the text's own decision first.
  #sorted(answer) {
    const form = this.querySelector(`form[data-decision="${CSS.escape(answer.area ?? "")}"]`);
    const foreign = ({ field }) => (form?.elements.namedItem(field) ? 0 : 1);
    return { ...answer, read: [...answer.read].sort((a, b) => foreign(a) - foreign(b)) };
  }

  // An answer in the words of its form.
  #shownOf(field, value) {
    const control = this.#controls(field)[0];
    const option = [...(control?.options ?? [])].find((item) => item.value === value);
    return option?.textContent ?? value;
  }

  #labelOf(field) {
    return this.#controls(field)[0]?.labels[0]?.textContent ?? field;
  }

  #client() {
    const client = sharedClient(placesOf(this));
    client.onProgress = () => this.asking && this.#sayProgress(client);
    return client;
  }

  #sayProgress({ received }) {
    this.#say(received ? loading(received, Number(this.dataset.bytes)) : "Loading Python …");
  }

  // Asks Python; says that it loads only where somebody waits for it.
  async #ask(request) {
    this.asking += 1;
    const client = this.#client();
    if (!client.ready) this.#sayProgress(client);
    try {
      return await client.ask(request);
    } finally {
      this.asking -= 1;
    }
  }

  async check(form, focus = true) {
    const decision = form.dataset.decision;
    form.closest("details").open = true;
    const section = this.#section(form);
    // A verdict that stands stays in view until the next one is there.
    if (!section.querySelector("h3")) section.replaceChildren(h("p", { class: "checker__progress" }));
    try {
      const result = await this.#ask({
        decisions: [decision],
        answers: this.#answers(),
        hard: this.#marked("hard"),
        soft: this.#marked("soft"),
        chosen: this.#chosen(decision),
      });
      this.#show(form, result, focus);
    } catch (error) {
      this.#fail(form, this.#section(form), error.message, () => this.check(form));
    }
  }

  #show(form, result, focus) {
    const decision = form.dataset.decision;
    this.#showProblems(form, result.problems, focus);
    if (result.problems.length) {
      this.#section(form).querySelector(".checker__progress")?.remove();
      this.#say(`${result.problems.length} answers need a change.`);
      return;
    }
    const verdict = result.verdicts[decision];
    this.verdicts[decision] = verdict;
    markPoint(document.querySelector(`[data-map="${CSS.escape(decision)}"]`), verdict.situation);
    const section = this.#section(form);
    const address = this.#address(decision);
    const link = new URL(address, location.href).href;
    const record = () => this.#ask({ record: verdict, link });
    const more = JSON.parse(form.dataset.more);
    section.replaceChildren(
      ...this.#changed(form, verdict),
      ...renderVerdict(verdict, { labels: labels(form), link, decision, record, more }),
    );
    this.#say(summary(verdict));
    if (focus) section.querySelector("h3").focus();
    // Once the verdict is on the screen: a new address can take as long as all of it.
    setTimeout(() => this.isConnected && history.replaceState(history.state, "", address));
  }

  #fail(form, place, reason, again) {
    const words = FAILURES[reason] ?? (navigator.onLine ? BLOCKED : OFFLINE);
    const retry = h("button", { type: "button", class: "md-button" }, "Try again");
    retry.addEventListener("click", again);
    this.#say("");
    place.replaceChildren(
      h("div", { class: "checker__failure", role: "alert" }, h("p", {}, words), retry),
    );
  }

  #section(form) {
    return form.closest(".checker").querySelector(".checker__verdict");
  }

  // A summary that links to each field, and the same words beside the field.
  #showProblems(form, problems, focus) {
    for (const error of this.querySelectorAll(".checker__error")) error.hidden = true;
    for (const control of this.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
    }
    const box = form.querySelector(".checker__errors");
    box.hidden = !problems.length;
    const items = problems.map((problem) => {
      const words = problem.message + (problem.hint ? ` (${problem.hint})` : "");
      const name = `[name="${CSS.escape(problem.where)}"]`;
      const control = form.querySelector(name) ?? this.querySelector(name);
      if (!control) return h("li", {}, `${problem.where}: ${words}`);
      const error = document.getElementById(`${control.id}-error`);
      error.textContent = words;
      error.hidden = false;
      control.setAttribute("aria-invalid", "true");
      const link = h("a", { href: `#${control.id}` }, `${labelOf(control)}: ${words}`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        control.focus();
      });
      return h("li", {}, link);
    });
    box.replaceChildren(
      h("h3", { tabindex: "-1" }, "These answers cannot be read"),
      h("ul", {}, ...items),
    );
    if (problems.length && focus) box.querySelector("h3").focus();
  }

  #answers() {
    const answers = {};
    for (const control of this.querySelectorAll("form[data-decision] [name]")) {
      const value = control.value.trim();
      if (value) answers[control.name] = value;
    }
    return answers;
  }

  // What the other decisions on the page came to, for clashes between them.
  #chosen(decision) {
    const chosen = {};
    for (const [name, verdict] of Object.entries(this.verdicts)) {
      if (name !== decision && verdict.recommend.length) chosen[name] = verdict.recommend;
    }
    return chosen;
  }

  // What a link from earlier rules said, where the rules have changed since.
  #changed(form, verdict) {
    const old = this.earlier;
    this.earlier = null;
    if (!old || old.decision !== form.dataset.decision || old.v === form.dataset.rules) return [];
    return renderChange(old, verdict);
  }

  // The link that holds the answers, and what they came to.
  #address(decision) {
    const query = new URLSearchParams({ decision });
    for (const [name, value] of Object.entries(this.#answers()).sort()) query.set(name, value);
    for (const kind of ["hard", "soft"]) {
      for (const name of this.#marked(kind)) query.append(kind, name);
    }
    const verdict = this.verdicts[decision];
    if (verdict) {
      const form = this.querySelector(`form[data-decision="${CSS.escape(decision)}"]`);
      query.set("v", form.dataset.rules);
      query.set("d", form.dataset.checked);
      for (const option of verdict.recommend) query.append("was", option);
    }
    return `?${query}#${decision}`;
  }

  // Fills the forms from the address; what is not known there is dropped and named.
  #restore() {
    const query = new URLSearchParams(location.search);
    const decision = query.get("decision");
    const [v, d, was] = [query.get("v"), query.get("d"), query.getAll("was")];
    if (v) this.earlier = { decision, v, d, was };
    const marks = ["hard", "soft"].flatMap((kind) => query.getAll(kind).map((name) => [name, kind]));
    for (const key of ["decision", "v", "d", "was", "hard", "soft"]) query.delete(key);
    const dropped = [];
    let filled = 0;
    for (const name of new Set(query.keys())) {
      const controls = this.#controls(name);
      const filledAll = controls.map((control) => fill(control, query.getAll(name)));
      if (filledAll.length && filledAll.every(Boolean)) filled += 1;
      else dropped.push(name);
    }
    this.#offerMarks();
    for (const [name, kind] of marks) {
      const offered = [...this.querySelectorAll(`[data-mark="${CSS.escape(name)}"]`)];
      const taken = offered.filter((mark) => !mark.closest("p").hidden && fill(mark, [kind]));
      if (!taken.length) dropped.push(`${kind} ${name}`);
    }
    if (dropped.length) {
      const names = dropped.map((name) => name.slice(0, 40)).join(", ");
      this.prepend(
        h("p", { class: "checker__dropped" }, `Left out of the link, not understood: ${names}.`),
      );
    }
    const form = this.querySelector(`form[data-decision="${CSS.escape(decision ?? "")}"]`);
    if (form) form.closest("details").open = true;
    if (form && filled) this.check(form, false);
  }

  #say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
    for (const place of this.querySelectorAll(".checker__progress")) place.textContent = words;
  }
}

// Sets a control from a link's values; two different values are both shown, for Python to refuse.
function fill(control, values) {
  const value = [...new Set(values)].join(" and ").slice(0, 60);
  control.value = value;
  if (control.value === value) return true;
  control.value = "";
  return false;
}

function labels(root) {
  const found = {};
  for (const control of root.querySelectorAll("[name]")) found[control.name] = control.id;
  return found;
}

function labelOf(control) {
  return control.labels[0]?.textContent ?? control.name;
}

function loading(bytes, total) {
  const mb = (number) => (number / 1e6).toFixed(1);
  return `Loading Python, ${mb(Math.min(bytes, total))} of ${mb(total)} MB …`;
}

function summary(verdict) {
  const state = {
    decided: "Decided",
    narrowed: "Narrowed down",
    "nothing-fits": "Nothing fits",
    "ask-for-more": "More is needed",
    "out-of-scope": "Out of scope",
  }[verdict.state];
  return `${state}: ${verdict.sentence} ${verdict.rejected.length} options rejected.`;
}

if (!customElements.get("decision-checker")) {
  customElements.define("decision-checker", DecisionChecker);
}
