// How a round went, by task or decision with the sections to read; and the study sheet.

/** @import { Item } from "./items.js" */
/** @import { Place } from "./parts.js" */
/** @import { Round } from "./round.js" */

import { button, h } from "../checker/dom.js";
import { keyOf } from "./items.js";
import { factOf, labelOf, onwardOf, reasonsOf, stemOf, urlOf } from "./parts.js";
import { results } from "./round.js";

/** @param {Round} round @param {Place} place @param {() => void} again */
export function resultView(round, place, again) {
  const mock = round.mode === "mock";
  const { bank } = place;
  const by = (/** @type {Item} */ { decision = "" }) => (mock ? bank.decisions[decision].task : decision);
  const label = (/** @type {string} */ key) => (mock ? `Task ${key}: ${bank.tasks[key].label}` : (bank.decisions[key]?.label ?? "Limit cards"));
  const rows = results(round.answered, by).map(({ key, right, all, missed }) =>
    h("li", {}, h("strong", {}, label(key)), `: ${right} of ${all}. `, ...sections(missed, place)),
  );
  const title = h("h2", { class: "practise__title", tabindex: "-1" }, `${round.score} of ${round.answered.length} right`);
  return h("section", { class: "practise__result", "aria-label": "Result" },
    title,
    mock ? h("p", {}, "The exam scales its score, so that this share is not an exam score.") : null,
    h("ul", { class: "practise__tasks" }, ...rows),
    h("p", { class: "practise__actions" }, button("Back to the start", again, { class: "md-button md-button--primary" })),
    mock ? h("details", {}, h("summary", {}, "All questions with their reasons"), ...round.answered.map(({ item, picked }) => solved(item, place, picked))) : null,
  );
}

/** @param {Item[]} missed @param {Place} place */
function sections(missed, place) {
  const pages = [...new Set(missed.map(({ page }) => page))];
  return pages.flatMap((page, at) => [at ? ", " : "Read ", h("a", { href: urlOf(place, page) }, nameOf(page))]);
}

// "inference/real-time/#limits" as "real time, limits".
/** @param {string} page */
function nameOf(page) {
  return page.split(/[/#]+/).filter(Boolean).slice(-2).join(", ").replaceAll("-", " ");
}

/** @param {Item} item @param {Place} place @param {string[] | null} picked */
function solved(item, place, picked) {
  const choices = (item.choices ?? []).map((choice) => {
    const [option, right] = choice;
    const mine = picked?.includes(option) ? ", your answer" : "";
    return h("li", {}, h("strong", {}, labelOf(place, option)), `: ${right ? "right" : "wrong"}${mine}.`, ...reasonsOf(place, choice));
  });
  const body = item.kind === "card" ? factOf(place, item) : h("ul", {}, ...choices);
  return h("article", { class: "practise__solved" }, ...stemOf(place, item).filter((part) => part !== null), body, item.why ? h("p", {}, item.why) : null, item.eras ? h("p", {}, item.eras) : null, onwardOf(place, item));
}

/** @param {Item[]} items @param {Place} place @param {() => void} back */
export function sheetView(items, place, back) {
  const count = items.filter((item) => keyOf(item).length).length;
  return h("section", { class: "practise__sheet", "aria-label": "Study sheet" },
    h("h2", { class: "practise__title", tabindex: "-1" }, `Study sheet: ${count} questions, ${items.length - count} cards`),
    h("p", { class: "practise__actions" }, button("Print", () => print(), { class: "md-button md-button--primary" }), button("Back to the start", back)),
    ...items.map((item) => solved(item, place, null)),
  );
}
