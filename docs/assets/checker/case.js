// One decision's case, apart from any element: what a link, the system, a text and the person say.

/** @import { Answers, Decide, Read, Reading, View } from "./protocol.js" */

import { emptyState, fromQuery, marked, toQuery, withAnswer } from "./state.js";
import { chosenBeside, defaultsFor, emptySystem, outdated, withDecision } from "./system.js";

/**
 * @typedef {object} About what the page knows of its decision
 * @property {string} decision
 * @property {string[]} fields
 * @property {string} version
 * @property {string} checked
 * @property {Record<string, Record<string, string>>} resultOf
 * @property {(field: string, value: string) => boolean} accepts
 */

export class Case {
  state = emptyState();
  system = emptySystem();
  text = "";
  /** @type {string[]} quotes of the text that are not meant */ other = [];
  /** @type {Reading | null} */ reading = null;
  /** @type {import("./state.js").Earlier | null} */ earlier = null;
  /** @type {string[]} */ dropped = [];
  // Whether a link brought the answers: the person's own system is left out of it.
  linked = false;
  touched = false;

  /** @param {About} about */
  constructor(about) {
    this.about = about;
  }

  /** @param {URLSearchParams} query @param {import("./system.js").System} system @param {string} text */
  restore(query, system, text) {
    const { state, dropped, earlier } = fromQuery(query, this.about.accepts);
    [this.state, this.system, this.earlier, this.dropped] = [state, system, earlier, dropped];
    this.linked = Object.keys(state.answers).length > 0;
    if (this.linked) return;
    this.text = text;
    const kept = system.decisions[this.about.decision];
    if (!kept || text) return;
    const mine = kept.fields.filter((field) => this.about.accepts(field, system.answers[field] ?? ""));
    const answers = Object.fromEntries(mine.map((field) => [field, system.answers[field]]));
    this.state = { ...state, answers, without: kept.without ?? [] };
    if (outdated(kept, this.about.version)) this.earlier = { v: kept.version, d: kept.checked, was: kept.recommend };
  }

  /** @param {string} text */
  describe(text) {
    [this.state, this.text, this.other, this.reading, this.earlier] = [emptyState(), text, [], null, null];
    [this.linked, this.touched] = [false, true];
  }

  clear() {
    this.describe("");
  }

  /** @param {string} field @param {string} value */
  answer(field, value) {
    // An answer from the text is removed by its words.
    const said = this.reading?.read.find((read) => read.field === field)?.quote;
    if (!value.trim() && said && !this.state.answers[field]) this.other = [...this.other, said];
    this.change(withAnswer(this.state, field, value));
  }

  /** @param {import("./state.js").State} state */
  change(state) {
    this.state = state;
    this.earlier = null;
    this.touched = true;
  }

  // Answers that other decisions of the system give.
  defaults() {
    const { decision, fields, resultOf } = this.about;
    return this.linked ? {} : defaultsFor(this.system, decision, fields, resultOf);
  }

  /** @returns {Answers} */
  read() {
    const mine = (this.reading?.read ?? []).filter(({ field, value }) => this.about.accepts(field, value));
    return Object.fromEntries(mine.map(({ field, value }) => [field, value]));
  }

  // The number of the text to ask about: the one that decides, or while nothing is decided the first.
  unclear() {
    const { question, state, unplaced = [] } = this.reading ?? {};
    const asked = question?.quote ? [{ quote: question.quote, fields: question.fields ?? [] }] : [];
    const open = state === "decided" ? [] : unplaced;
    for (const { quote, fields } of [...asked, ...open]) {
      const mine = fields.filter((field) => this.about.fields.includes(field));
      const known = mine.some((field) => this.state.answers[field] === quote);
      if (mine.length && !known && !this.other.includes(quote)) return { quote, fields: mine };
    }
    return null;
  }

  // What the person and the text say, without other decisions.
  own() {
    return { ...this.read(), ...this.state.answers };
  }

  /** @returns {Answers} all that counts: the person's own words before those of others */
  answers() {
    const given = Object.entries(this.defaults()).map(([field, { value }]) => [field, value]);
    const own = this.own();
    const said = new Set((this.reading?.read ?? []).filter(({ quote }) => this.other.includes(quote)).map(({ field }) => field));
    return Object.fromEntries([...given, ...Object.entries(own)].filter(([field]) => !said.has(field) || field in this.state.answers));
  }

  marks() {
    const chosen = this.linked ? {} : chosenBeside(this.system, this.about.decision);
    const guessed = (this.reading?.read ?? []).filter(({ guess, field }) => guess && !(field in this.state.answers)).map(({ field }) => field);
    const { era, without } = this.state;
    return { hard: marked(this.state, "hard"), soft: marked(this.state, "soft"), chosen, guessed, era, without };
  }

  // Whether the answers are all there is, as in a link that the site itself makes.
  plain() {
    const { hard, soft, chosen, without, era } = this.marks();
    const more = [...hard, ...soft, ...without, ...Object.keys(chosen)];
    return !this.text && !more.length && era === "today";
  }

  /** @returns {Decide | Read} */
  request() {
    const { decision } = this.about;
    if (this.text) return { type: "read", text: this.text, answers: this.state.answers, other: this.other, decision, ...this.marks() };
    return this.decide();
  }

  /** @returns {Decide} */
  decide() {
    const { decision } = this.about;
    return { type: "decide", decisions: [decision], answers: this.answers(), ...this.marks() };
  }

  /** @param {View | null} view */
  query(view) {
    const was = view?.options.map(({ option }) => option) ?? [];
    const state = { ...this.state, answers: this.answers() };
    return toQuery(state, view ? { v: this.about.version, d: this.about.checked, was } : undefined);
  }

  // The system with this case in it.
  /** @param {View | null} view */
  kept(view) {
    const { decision, fields, version, checked } = this.about;
    const clashes = view?.clashes.map(({ options, text }) => ({ options, text })) ?? [];
    const recommend = view?.options.map(({ option }) => option) ?? [];
    const result = { recommend, headline: view?.headline ?? "", version, checked, without: this.state.without, clashes };
    return withDecision(this.system, decision, fields, this.own(), result);
  }
}
