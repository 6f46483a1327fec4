// The first view: what to practise, what is due, weak topics, and a person's own data.

/** @import { Bank, Filter } from "./items.js" */
/** @import { Place } from "./parts.js" */
/** @import { Memory } from "./memory.js" */

import { button, h } from "../checker/dom.js";
import { chosen } from "./items.js";
import { keepingWords, serialized } from "./memory.js";
import { select, urlOf } from "./parts.js";
import { MOCK_QUESTIONS } from "./round.js";
import { due } from "./schedule.js";

/**
 * @typedef {object} Actions
 * @property {(filter: Filter) => void} filter
 * @property {() => void} practise
 * @property {() => void} review
 * @property {(timed: boolean) => void} mock
 * @property {() => void} turn
 * @property {() => void} sheet
 * @property {() => void} changed
 * @property {(words: string) => void} say
 */

/** @param {Place} place @param {Filter} filter @param {Memory} memory @param {string} deck @param {number} now @param {Actions} actions */
export function setupView(place, filter, memory, deck, now, actions) {
  const items = chosen(place.bank, filter);
  const waiting = due(items, memory.entries, now).length;
  const turns = items.filter(({ turn }) => turn).length;
  const keeping = keepingWords(memory.keeping);
  return h("div", { class: "practise__setup" },
    keeping ? h("p", { class: "practise__warning" }, keeping) : null,
    h("section", { class: "practise__panel", "aria-label": "Practise" },
      h("h2", { class: "practise__title", tabindex: "-1" }, "Choose what to practise"),
      filters(place.bank, filter, actions),
      h("p", { class: "practise__count" }, `${items.length} items, ${waiting} due for review.`),
      h("p", { class: "practise__actions" },
        start("Start a round", actions.practise, items.length > 0, true),
        start(`Review what is due (${waiting})`, actions.review, waiting > 0),
        start("Print a study sheet", actions.sheet, items.length > 0),
        h("a", { class: "md-button", href: deck, download: "" }, "Anki deck"),
      ),
    ),
    mock(actions),
    h("section", { class: "practise__panel", "aria-label": "Change the verdict" },
      h("h2", {}, "Change the verdict"),
      h("p", {}, "Change one answer of a situation so that another option wins. The rules judge it in your browser, which loads Python for this task only."),
      h("p", { class: "practise__actions" }, start(`Start with ${turns} ${turns === 1 ? "situation" : "situations"}`, actions.turn, turns > 0)),
    ),
    progress(place, memory, actions),
  );
}

/** @param {string} label @param {() => void} press @param {boolean} possible @param {boolean} [primary] */
function start(label, press, possible, primary = false) {
  const attributes = { class: primary ? "md-button md-button--primary" : "md-button" };
  return button(label, press, possible ? attributes : { ...attributes, disabled: "" });
}

/** @param {Bank} bank @param {Filter} filter @param {Actions} actions */
function filters(bank, filter, { filter: change }) {
  const decisions = Object.fromEntries(Object.entries(bank.decisions).map(([key, { label }]) => [key, label]));
  return h("div", { class: "practise__filters" },
    select("Decision", { "": "All decisions", ...decisions }, filter.decision, (decision) => change({ ...filter, decision })),
    select("Tag", { "": "All tags", ...bank.tags }, filter.tag, (tag) => change({ ...filter, tag })),
    select("Kind", { "": "Questions and cards", question: "Questions", card: "Limit cards" }, filter.kind, (kind) => change({ ...filter, kind })),
    select("Answers for", { today: "Today", exam: "Exam era" }, filter.era, (era) => change({ ...filter, era: era === "exam" ? "exam" : "today" })),
  );
}

/** @param {Actions} actions */
function mock({ mock: run }) {
  const clock = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
  return h("section", { class: "practise__panel", "aria-label": "Mini-mock" },
    h("h2", {}, "Mini-mock"),
    h("p", {}, `${MOCK_QUESTIONS} questions of domains 3 and 4, by the exam's weights. Each question counts only if all of it is right, and you see the reasons at the end.`),
    h("p", {}, h("label", {}, clock, " With a time limit, two minutes for each question")),
    h("p", { class: "practise__actions" }, button("Start the mini-mock", () => run(clock.checked))),
  );
}

/** @param {Place} place @param {Memory} memory @param {Actions} actions */
function progress(place, memory, actions) {
  const { entries } = memory;
  const answered = place.bank.items.filter(({ id }) => entries[id]);
  const sums = new Map();
  for (const { id, decision = "" } of answered) {
    const { right, wrong } = sums.get(decision) ?? { right: 0, wrong: 0 };
    sums.set(decision, { right: right + entries[id].right, wrong: wrong + entries[id].wrong });
  }
  const weak = [...sums].filter(([, { wrong }]) => wrong).sort(([, a], [, b]) => b.wrong / (b.right + b.wrong) - a.wrong / (a.right + a.wrong));
  const lines = weak.map(([decision, { right, wrong }]) => {
    const found = place.bank.decisions[decision];
    const link = h("a", { href: urlOf(place, found?.page ?? "limits/") }, found?.label ?? "Limits");
    return h("li", {}, link, `: ${right} of ${right + wrong} answers right`);
  });
  return h("section", { class: "practise__panel", "aria-label": "Progress" },
    h("h2", {}, "Your progress"),
    h("p", {}, `${answered.length} of ${place.bank.items.length} items answered.`),
    lines.length ? h("p", {}, "Read these topics next, the weakest first:") : null,
    lines.length ? h("ul", { class: "practise__weak" }, ...lines) : null,
    ...data(memory, actions),
  );
}

/** @param {Memory} memory @param {Actions} actions */
function data(memory, actions) {
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: ".json,application/json" }));
  file.addEventListener("change", async () => {
    try {
      const count = memory.import((await file.files?.[0]?.text()) ?? "");
      actions.changed();
      actions.say(`${count} items imported.`);
    } catch (error) {
      actions.say(/** @type {Error} */ (error).message);
    }
  });
  const reset = button("Reset progress", () => {
    if (reset.dataset.sure) {
      memory.reset();
      actions.changed();
      actions.say("Your progress is reset.");
    } else {
      reset.dataset.sure = "yes";
      reset.textContent = "Press again to delete all progress";
    }
  });
  return [
    h("p", { class: "practise__actions" }, button("Export progress", () => save(serialized(memory.entries))), reset),
    h("p", {}, h("label", {}, "Import progress from a file ", file)),
  ];
}

/** @param {string} text */
function save(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: address, download: "practise-progress.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address));
}
