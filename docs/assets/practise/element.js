// The practice page, from when its element is there to when it goes: which view is shown.

/** @import { Answered } from "./round.js" */
/** @import { Bank, Filter, Item } from "./items.js" */
/** @import { Place } from "./parts.js" */
/** @import { Schedule } from "./schedule.js" */

import { clientOf } from "../checker/client.js";
import { button, one } from "../checker/dom.js";
import { chosen, everything, filterOf, queryOf, shuffled } from "./items.js";
import { KEY, Memory } from "./memory.js";
import { questionView } from "./question.js";
import { resultView, sheetView } from "./result.js";
import { MOCK_MINUTES, mockItems, Round } from "./round.js";
import { due, inOrder, schedule } from "./schedule.js";
import { setupView } from "./setup.js";
import { turnView } from "./turn.js";

const ROUND = 10;
const FAILED = "The questions could not be loaded. ";

class PractisePage extends HTMLElement {
  /** @type {Place | null} */ #place = null;
  /** @type {Schedule | null} */ #schedule = null;
  /** @type {Filter} */ #filter = everything();
  #memory = new Memory();
  #clock = 0;
  /** @type {Item[]} */ #turns = [];
  #heard = (/** @type {StorageEvent} */ { key }) => this.#changedElsewhere(key);

  connectedCallback() {
    addEventListener("storage", this.#heard);
    void this.#load();
  }

  disconnectedCallback() {
    removeEventListener("storage", this.#heard);
    clearInterval(this.#clock);
  }

  async #load() {
    this.#say("");
    try {
      const [response, plan] = await Promise.all([fetch(this.#at("items")), schedule()]);
      if (!response.ok) throw new Error(response.statusText);
      /** @type {Bank} */
      const bank = await response.json();
      this.#place = { bank, site: this.#at("site") };
      this.#schedule = plan;
      this.#filter = filterOf(new URLSearchParams(location.search), bank);
      this.#setup(false);
      this.dataset.ready = "yes";
    } catch {
      one(this, ".check__status").replaceChildren(FAILED, button("Try again", () => void this.#load()));
    }
  }

  /** @param {string} name */
  #at(name) {
    return new URL(this.dataset[name] ?? "", document.baseURI);
  }

  /** @param {HTMLElement} view @param {boolean} [focus] */
  #show(view, focus = true) {
    one(this, ".practise__stage").replaceChildren(view);
    this.dataset.view = view.getAttribute("aria-label") ?? "Setup";
    if (!focus) return;
    const title = one(view, ".practise__title");
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "nearest" });
  }

  #setup(focus = true) {
    const place = this.#place;
    if (!place) return;
    clearInterval(this.#clock);
    this.#say("");
    const items = chosen(place.bank, this.#filter);
    const view = setupView(place, this.#filter, this.#memory, this.#at("deck").href, Date.now(), {
      filter: (filter) => this.#choose(filter),
      practise: () => this.#start(new Round(this.#ordered(items).slice(0, ROUND))),
      review: () => this.#start(new Round(due(items, this.#memory.entries, Date.now()))),
      mock: (timed) => this.#mock(timed),
      turn: () => this.#turn(shuffled(items.filter(({ turn }) => turn))),
      sheet: () => this.#show(sheetView(items, place, () => this.#setup())),
      changed: () => this.#setup(),
      say: (words) => this.#say(words),
    });
    this.#show(view, focus);
  }

  /** @param {Item[]} items */
  #ordered(items) {
    return inOrder(shuffled(items), this.#memory.entries, Date.now());
  }

  /** @param {Filter} filter */
  #choose(filter) {
    const names = /** @type {(keyof Filter)[]} */ (["decision", "tag", "kind", "era"]);
    const changed = names.findIndex((name) => filter[name] !== this.#filter[name]);
    this.#filter = filter;
    const query = queryOf(filter);
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
    this.#setup(false);
    this.querySelectorAll("select")[changed]?.focus();
  }

  /** @param {Round} round */
  #start(round) {
    const place = this.#place;
    if (!place) return;
    const view = round.done ? resultView(round, place, () => this.#setup()) : questionView(round, place, this.#actions(round));
    this.#show(view);
  }

  /** @param {Round} round */
  #actions(round) {
    const next = () => {
      round.next();
      if (round.done) clearInterval(this.#clock);
      this.#start(round);
    };
    return {
      next,
      answered: () => {
        this.#remember(round.answered[round.answered.length - 1]);
        // In a mock the reasons come at the end.
        if (round.mode === "mock") next();
      },
      leave: () => {
        if (round.mode === "mock") round.stop();
        else round.at = round.items.length;
        clearInterval(this.#clock);
        this.#say("");
        if (round.answered.length) this.#start(round);
        else this.#setup();
      },
    };
  }

  /** @param {Answered} answered */
  #remember({ item, right }) {
    const now = Date.now();
    const card = this.#schedule?.next(this.#memory.entries[item.id]?.card, right, now);
    if (card) this.#memory.record(item.id, right, card, now);
  }

  /** @param {boolean} timed */
  #mock(timed) {
    if (!this.#place) return;
    const round = new Round(mockItems(this.#place.bank), "mock");
    this.#start(round);
    if (timed) this.#tick(round, Date.now() + MOCK_MINUTES * 60_000);
  }

  /** @param {Round} round @param {number} end */
  #tick(round, end) {
    clearInterval(this.#clock);
    let told = "";
    this.#clock = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 60_000));
      const words = `${left} minutes left.`;
      if (words !== told) this.#say(words);
      told = words;
      if (left) return;
      clearInterval(this.#clock);
      round.stop();
      this.#start(round);
      this.#say("The time is over. Questions without an answer count as wrong.");
    }, 1000);
  }

  /** @param {Item[]} items */
  #turn(items) {
    this.#turns = items;
    this.#nextTurn();
  }

  #nextTurn() {
    const item = this.#turns.shift();
    const place = this.#place;
    if (!item || !place) return this.#setup();
    const judge = async (/** @type {string} */ decision, /** @type {Record<string, string>} */ answers) => {
      const marks = { hard: [], soft: [], chosen: {}, guessed: [], era: /** @type {const} */ ("today"), without: [] };
      const reply = await clientOf(this).ask([decision], { type: "decide", decisions: [decision], answers, ...marks });
      if (reply.problems.length) throw new Error(reply.problems[0].message);
      return reply.views[decision];
    };
    return this.#show(turnView(item, place, judge, { next: () => this.#nextTurn(), leave: () => this.#setup() }));
  }

  /** @param {string | null} key */
  #changedElsewhere(key) {
    if (key !== KEY) return;
    this.#memory.refresh();
    if (this.querySelector(".practise__setup")) this.#setup(false);
  }

  /** @param {string} words */
  #say(words) {
    one(this, ".check__status").textContent = words;
  }
}

if (!customElements.get("practise-page")) customElements.define("practise-page", PractisePage);
