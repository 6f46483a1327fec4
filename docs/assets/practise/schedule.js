// When an item comes back, by FSRS. The library comes from the page's own vendor folder.

/** @import { Card, Entries } from "./memory.js" */
/** @import { Item } from "./items.js" */

const LIBRARY = new URL("../vendor/ts-fsrs/index.mjs", import.meta.url).href;

/**
 * @typedef {object} Schedule
 * @property {(card: Card | undefined, right: boolean, now: number) => Card} next
 */

/** @param {() => Promise<any>} load @returns {Promise<Schedule>} */
export async function schedule(load = () => import(LIBRARY)) {
  const { createEmptyCard, fsrs, Rating } = await load();
  // Days, not minutes, are the steps of a page that nobody keeps open.
  const plan = fsrs({ enable_fuzz: false, enable_short_term: false });
  return {
    next(card, right, now) {
      const before = card ? { ...card, due: new Date(card.due), last_review: card.last_review ? new Date(card.last_review) : undefined } : createEmptyCard(new Date(now));
      const after = plan.next(before, new Date(now), right ? Rating.Good : Rating.Again).card;
      return { ...after, due: after.due.toISOString(), last_review: after.last_review?.toISOString() };
    },
  };
}

// The items that are due, the longest due first. Items that were never answered are not.
/** @param {Item[]} items @param {Entries} entries @param {number} now */
export function due(items, entries, now) {
  const at = (/** @type {Item} */ { id }) => Date.parse(entries[id]?.card.due ?? "");
  return items.filter((item) => at(item) <= now).sort((one, other) => at(one) - at(other));
}

// What comes first in a round: due, then never answered, then the rest by when it is due.
/** @param {Item[]} items @param {Entries} entries @param {number} now */
export function inOrder(items, entries, now) {
  const first = due(items, entries, now);
  const fresh = items.filter(({ id }) => !entries[id]);
  const seen = new Set([...first, ...fresh]);
  const rest = items.filter((item) => !seen.has(item));
  return [...first, ...fresh, ...rest.sort((one, other) => Date.parse(entries[one.id].card.due) - Date.parse(entries[other.id].card.due))];
}
