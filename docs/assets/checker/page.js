// A decision's page at work: each change goes to the case, the case to Python, the answer to the panels.

/** @import { Places, Reading, Reply, View } from "./protocol.js" */

import { Case } from "./case.js";
import { clientOf } from "./client.js";
import { button, h, one } from "./dom.js";
import { Form } from "./form.js";
import { knownReply } from "./known.js";
import { Latest } from "./latest.js";
import { Panels } from "./panels.js";
import { chipsOf, renderChips, renderNext, renderUnclear } from "./questions.js";
import { renderReading, toldBy, unread } from "./reading.js";
import { failure, progress } from "./said.js";
import { withMark } from "./state.js";
import { loadSystem, saveSystem, setAside } from "./system.js";
import { designOf, renderSystem, withoutDecision } from "./system-view.js";
import { forgetText, go, passedText, passText } from "./texts.js";
import { changedSince, renderVerdict } from "./verdict.js";

const TYPING_MS = 200;
const NOTHING = "Answer a question to get a verdict.";
/** @typedef {{reply: Reply | null, reading: Reading | null}} Result */

export class DecisionPage {
  /** @type {Latest<Result>} */ #latest = new Latest(0);
  /** @type {View | null} */ #view = null;
  #asking = false;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    /** @type {Places} */
    this.places = JSON.parse(host.dataset.places ?? "{}");
    this.decision = host.dataset.decision ?? "";
    this.client = clientOf(host);
    this.panels = new Panels(host);
    this.form = new Form(one(host, "form.check__all"), {
      answer: (field, value, typed) => this.#answer(field, value, typed ? TYPING_MS : 0),
      mark: (field, kind) => this.#change(withMark(this.case.state, field, kind)),
    });
    this.case = new Case({
      decision: this.decision,
      fields: this.form.fields,
      version: host.dataset.version ?? "",
      checked: this.places.checked,
      resultOf: this.places.resultOf,
      accepts: (field, value) => this.form.accepts(field, value),
    });
    this.#listen();
    this.case.restore(new URLSearchParams(location.search), loadSystem(), passedText(this.decision));
    this.panels.tellDropped(this.case.dropped);
    this.#show();
    this.#showSystem();
    if (this.case.text || this.#answered()) this.#update();
  }

  close() {
    this.#latest.drop();
    this.panels.close();
    this.client.removeEventListener("progress", this.#onProgress);
    removeEventListener("storage", this.#onStorage);
  }

  #listen() {
    const begin = () => this.client.prepare();
    this.host.addEventListener("focusin", begin, { once: true });
    this.host.addEventListener("input", begin, { once: true });
    this.client.addEventListener("progress", this.#onProgress);
    addEventListener("storage", this.#onStorage);
    one(this.host, "form.scenario").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#describe(/** @type {HTMLTextAreaElement} */ (one(this.host, ".scenario textarea")));
    });
  }

  #onProgress = () => {
    const { ready, received, config } = this.client;
    if (this.#asking && !ready) this.panels.say(progress(received, config.sizes));
  };

  // Another tab changed the system: what it gives here may have changed too.
  #onStorage = () => {
    const before = JSON.stringify([this.case.marks(), this.case.answers()]);
    this.case.system = loadSystem();
    this.#show();
    this.#showSystem();
    if (JSON.stringify([this.case.marks(), this.case.answers()]) !== before) this.#update();
  };

  #answered() {
    return Object.keys(this.case.answers()).length > 0;
  }

  /** @param {string} field @param {string} value */
  #answer(field, value, wait = 0) {
    this.case.answer(field, value);
    this.#show();
    this.#update(wait);
  }

  /** @param {import("./state.js").State} state */
  #change(state) {
    this.case.change(state);
    this.#show();
    this.#update();
  }

  /** @param {HTMLTextAreaElement} area */
  #describe(area) {
    const text = area.value.trim();
    if (!text) {
      area.focus();
      return this.panels.say("Write a sentence or two about your workload first.");
    }
    this.case.describe(text);
    passText(text, this.decision);
    this.#show();
    this.#update();
  }

  #reset() {
    this.#latest.drop();
    this.#asking = false;
    this.#view = null;
    this.case.clear();
    forgetText();
    this.panels.read.replaceChildren();
    this.panels.busy(false);
    this.form.showProblems([]);
    this.#show();
    this.#showNone(NOTHING);
    this.panels.say("");
    this.#keep();
    if (this.#answered()) this.#update();
  }

  // Answers and form are updated at once, the verdict when Python has answered.
  #show() {
    const { state } = this.case;
    this.form.show(this.case.answers(), state.marks);
    const chips = chipsOf(this.case, this.form, this.places, toldBy(this.case));
    const aside = state.without.map((option) => ({ option, label: this.places.options[option]?.label ?? option }));
    renderChips(this.panels.answers, chips, aside, {
      edit: (field) => this.form.focus(field),
      clear: (field) => this.#answer(field, ""),
      back: (option) => this.#change({ ...state, without: state.without.filter((name) => name !== option) }),
      reset: () => this.#reset(),
    });
  }

  #update(wait = 0) {
    this.panels.busy(true);
    this.#latest.run(() => this.#ask(), (result) => this.#done(result), (error) => this.#fail(error), wait);
  }

  /** @returns {Promise<Result>} */
  async #ask() {
    if (!this.case.text && !this.#answered()) return { reply: { views: {}, problems: [] }, reading: null };
    if (this.case.plain() && !this.client.ready) {
      const page = { decision: this.decision, known: this.host.dataset.known ?? "", folder: this.host.dataset.verdicts ?? "" };
      const known = await knownReply(page, this.case.answers());
      if (known) return { reply: known, reading: null };
    }
    this.#asking = true;
    this.#onProgress();
    const request = this.case.request();
    if (request.type === "decide") return { reply: await this.client.ask([this.decision], request), reading: null };
    return { reply: null, reading: await this.client.ask(Object.keys(this.places.decisions), request) };
  }

  /** @param {Result} result */
  #done({ reply, reading }) {
    this.#asking = false;
    this.panels.busy(false);
    this.panels.say("");
    if (reading) this.#showReading(reading);
    const problems = reply?.problems ?? (reading?.area ? reading.problems : []);
    this.form.showProblems(problems);
    const view = reply ? reply.views[this.decision] : reading?.area === this.decision ? reading.view : undefined;
    this.#view = problems.length ? null : (view ?? null);
    if (this.#view) this.#showView(this.#view);
    else this.#showNone(problems.length ? "One answer cannot be read. Correct it to get a verdict." : NOTHING);
    this.#keep();
  }

  /** @param {any} error */
  #fail(error) {
    this.#asking = false;
    this.#view = null;
    this.panels.busy(false);
    this.#showNext(null);
    this.panels.showFailure(failure(error), () => this.#update());
  }

  /** @param {Reading} reading */
  #showReading(reading) {
    this.case.reading = reading;
    this.#show();
    const { area } = reading;
    const parts = renderReading(this.case.text, reading, this.case.other, {
      here: (field) => this.form.controls.has(field),
      change: (field) => this.form.focus(field),
      notMeant: (quote) => this.#notMeant(quote),
      forget: () => this.#reset(),
    });
    if (!area) parts.push(h("p", { class: "read__none" }, unread(reading)));
    else if (area !== this.decision) parts.push(this.#moved(area));
    this.panels.read.replaceChildren(...parts);
  }

  /** @param {string} area */
  #moved(area) {
    const { label, page } = this.places.decisions[area];
    const open = button(`Open ${label}`, () => {
      passText(this.case.text, area);
      go(page);
    });
    return h("p", { class: "verdict__changed" }, `Your text is about another decision: ${label}. `, open);
  }

  /** @param {string} quote */
  #notMeant(quote) {
    this.case.other = [...this.case.other, quote];
    this.#show();
    this.#update();
  }

  /** @param {View} view */
  #showView(view) {
    const { state, earlier, linked, about } = this.case;
    const what = linked ? "this link was made" : "you saved this";
    const changed = earlier && earlier.v !== about.version;
    const notes = changed ? [changedSince(earlier.was, earlier.d, view, this.places, what)] : [];
    const parts = renderVerdict(view, this.places, state.era, notes, {
      link: () => location.href,
      record: () => this.#record(),
      start: (option, form) => this.client.ask([this.decision], { ...this.case.decide(), type: "start", form, option }),
      aside: (option) => this.#change({ ...state, without: [...state.without, option] }),
      era: (era) => this.#change({ ...state, era }),
      elsewhere: (decision, option) => {
        setAside(decision, option);
        go(this.places.decisions[decision].page);
      },
    });
    this.panels.showVerdict(view, parts);
    this.#showNext(view);
  }

  /** @param {View | null} view */
  #showNext(view) {
    const unclear = this.case.unclear();
    if (unclear) {
      renderUnclear(this.panels.next, unclear, (field) => this.form.labelOf(field), {
        is: (field, value) => this.#answer(field, value),
        other: (value) => this.#notMeant(value),
      });
      return;
    }
    const example = this.form.exampleOf(view?.question?.field ?? "");
    renderNext(this.panels.next, view?.question ?? null, example, (field, value) => this.#answer(field, value));
  }

  /** @param {string} words */
  #showNone(words) {
    this.panels.showNone(words);
    this.#showNext(null);
  }

  // The link and the system hold what the verdict was made of; a link that was only opened changes nothing.
  #keep() {
    const query = this.case.query(this.#view);
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
    if (this.case.linked && !this.case.touched) return;
    this.case.system = loadSystem();
    this.case.system = this.case.kept(this.#view);
    saveSystem(this.case.system);
    this.#showSystem();
  }

  #showSystem() {
    const { system, text } = this.case;
    const hub = new URL("../", new URL(this.places.decisions[this.decision].page, document.baseURI)).href;
    renderSystem(this.panels.system, system, this.places, this.decision, {
      hub,
      record: () => designOf(this.client, system, text, hub),
      remove: (decision) => {
        if (decision === this.decision) return this.#reset();
        saveSystem(withoutDecision(loadSystem(), decision));
        this.#onStorage();
      },
    });
  }

  async #record() {
    const request = { ...this.case.decide(), type: /** @type {const} */ ("record"), link: location.href };
    return (await this.client.ask([this.decision], request)).record;
  }
}
