// What a person has learned: one record for each item, kept in this browser under a versioned key.

export const KEY = "guide.practise.v2";
export const OLD_KEY = "guide.practise.v1";
export const VERSION = 2;
const MOST_BYTES = 2_000_000;
const CARD_NUMBERS = ["stability", "difficulty", "elapsed_days", "scheduled_days", "learning_steps", "reps", "lapses", "state"];

/**
 * @typedef {object} Card of ts-fsrs, with its dates as text
 * @property {string} due
 * @property {string} [last_review]
 * @property {number} reps
 *
 * @typedef {{right: number, wrong: number, last: number, card: Card}} Entry
 * @typedef {Record<string, Entry>} Entries
 * @typedef {"kept" | "blocked" | "full"} Keeping
 */

export class MemoryError extends Error {}

/** @param {any} card */
function isCard(card) {
  const dates = [card?.due, card?.last_review ?? card?.due].every((day) => typeof day === "string" && !Number.isNaN(Date.parse(day)));
  return dates && CARD_NUMBERS.every((name) => Number.isFinite(card[name]));
}

/** @param {any} entry */
function isEntry(entry) {
  return [entry?.right, entry?.wrong, entry?.last].every((number) => Number.isFinite(number) && number >= 0) && isCard(entry.card);
}

/**
 * The entries in a file or in the browser's text.
 * @param {string} text
 * @returns {Entries}
 */
export function parse(text) {
  if (text.length > MOST_BYTES) throw new MemoryError("The file is too large to be an export of this page.");
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new MemoryError("The file is not JSON. Choose a file that this page exported.");
  }
  const entries = migrated(found);
  if (!entries || typeof entries !== "object" || Array.isArray(entries)) {
    throw new MemoryError("The file has no progress in it. Choose a file that this page exported.");
  }
  const broken = Object.entries(entries).filter(([id, entry]) => id.length > 120 || !isEntry(entry));
  if (broken.length) {
    throw new MemoryError(`The file has ${broken.length} broken entries, the first is "${broken[0][0].slice(0, 60)}". Nothing was imported.`);
  }
  return Object.assign(Object.create(null), entries);
}

// Version 1 was the entries alone; version 2 has them beside its number.
/** @param {any} found */
function migrated(found) {
  if (found?.version === VERSION) return found.entries;
  if (found?.version > VERSION) throw new MemoryError("The file is from a newer version of this page. Reload the page and try again.");
  return found?.version === undefined ? found : null;
}

/** @param {Entries} entries */
export function serialized(entries) {
  return JSON.stringify({ version: VERSION, entries });
}

// Of two records of an item the later one counts, as two tabs may have written.
/** @param {Entries} one @param {Entries} other @returns {Entries} */
export function merged(one, other) {
  const found = Object.assign(Object.create(null), one);
  for (const [id, entry] of Object.entries(other)) {
    if (!found[id] || found[id].last < entry.last) found[id] = entry;
  }
  return found;
}

export class Memory {
  /** @type {Entries} */ entries = Object.create(null);
  /** @type {Keeping} */ keeping = "kept";

  /** @param {() => Storage} storage */
  constructor(storage = () => localStorage) {
    this.storage = storage;
    this.refresh();
  }

  // What another tab wrote meanwhile comes in.
  refresh() {
    this.entries = merged(this.entries, this.#stored());
  }

  /** @returns {Entries} */
  #stored() {
    let text;
    try {
      text = this.storage().getItem(KEY) ?? this.storage().getItem(OLD_KEY);
    } catch {
      this.keeping = "blocked";
      return {};
    }
    try {
      return text ? parse(text) : {};
    } catch {
      return {};
    }
  }

  /** @param {string} id @param {boolean} right @param {Card} card @param {number} now */
  record(id, right, card, now) {
    this.refresh();
    const { right: rights, wrong } = this.entries[id] ?? { right: 0, wrong: 0 };
    this.entries[id] = { right: rights + Number(right), wrong: wrong + Number(!right), last: now, card };
    this.#save();
  }

  // Only a whole file counts; returns how many entries it has.
  /** @param {string} text */
  import(text) {
    const found = parse(text);
    this.entries = merged(this.entries, found);
    this.#save();
    return Object.keys(found).length;
  }

  reset() {
    this.entries = Object.create(null);
    try {
      this.storage().removeItem(OLD_KEY);
    } catch {
      this.keeping = "blocked";
    }
    this.#save();
  }

  #save() {
    try {
      this.storage().setItem(KEY, serialized(this.entries));
      this.storage().removeItem(OLD_KEY);
      this.keeping = "kept";
    } catch (error) {
      this.keeping = /** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "blocked";
    }
  }
}

// What is said where the browser keeps nothing.
/** @param {Keeping} keeping */
export function keepingWords(keeping) {
  if (keeping === "blocked") return "Your browser blocks storage for this page, so that your progress lasts until you close it. Export it to keep it.";
  if (keeping === "full") return "Your browser's storage is full, so that new progress lasts until you close this page. Export it to keep it.";
  return "";
}
