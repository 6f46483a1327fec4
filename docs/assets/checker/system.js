// The system so far: what the decisions came to, kept in this browser and carried by one link.

/** @import { Answers } from "./protocol.js" */

const KEY = "guide.system";

/**
 * @typedef {object} Kept one decision as it was last decided
 * @property {string[]} fields the questions it asks that were answered
 * @property {string[]} recommend
 * @property {string} headline
 * @property {string} version
 * @property {string} checked
 * @property {string[]} without
 * @property {{options: string[], text: string}[]} [clashes]
 *
 * @typedef {object} System
 * @property {Answers} answers one answer for a question, wherever it is asked
 * @property {Record<string, Kept>} decisions
 */

/** @returns {System} */
export function emptySystem() {
  return { answers: {}, decisions: {} };
}

// Where a browser keeps nothing, the system lasts as long as the visit.
/** @type {System | null} */
let visit = null;

/** @param {() => Storage} storage @returns {System} */
export function loadSystem(storage = () => localStorage) {
  try {
    const found = JSON.parse(storage().getItem(KEY) ?? "null");
    if (isSystem(found)) return found;
  } catch {
    return visit ?? emptySystem();
  }
  return visit ?? emptySystem();
}

/** @param {any} found */
function isSystem(found) {
  if (typeof found?.answers !== "object" || typeof found?.decisions !== "object") return false;
  const texts = Object.values(found.answers).every((value) => typeof value === "string");
  return texts && Object.values(found.decisions).every((kept) => Array.isArray(/** @type {any} */ (kept)?.recommend));
}

/** @param {System} system @param {() => Storage} storage */
export function saveSystem(system, storage = () => localStorage) {
  visit = system;
  try {
    storage().setItem(KEY, JSON.stringify(system));
  } catch {
    // Blocked or full: the visit has it.
  }
}

/**
 * The system with one decision as it is now; one without an answer is no part of it.
 * @param {System} system
 * @param {string} decision
 * @param {string[]} fields the questions that the decision asks
 * @param {Answers} answers
 * @param {Omit<Kept, "fields">} result
 * @returns {System}
 */
export function withDecision(system, decision, fields, answers, result) {
  const kept = Object.fromEntries(Object.entries(system.answers).filter(([field]) => !fields.includes(field)));
  const answered = fields.filter((field) => field in answers);
  const { [decision]: _, ...others } = system.decisions;
  const decisions = answered.length ? { ...others, [decision]: { fields: answered, ...result } } : others;
  return { answers: { ...kept, ...answers }, decisions };
}

// What the other decisions came to, for clashes between them.
/** @param {System} system @param {string} decision @returns {Record<string, string[]>} */
export function chosenBeside(system, decision) {
  return Object.fromEntries(
    Object.entries(system.decisions)
      .filter(([name, kept]) => name !== decision && kept.recommend.length)
      .map(([name, kept]) => [name, kept.recommend]),
  );
}

/**
 * Answers that a page need not ask for: given on another page, or the result of another decision.
 * @param {System} system
 * @param {string} decision
 * @param {string[]} fields
 * @param {Record<string, Record<string, string>>} resultOf
 * @returns {Record<string, {value: string, from: string}>}
 */
export function defaultsFor(system, decision, fields, resultOf) {
  /** @type {Record<string, {value: string, from: string}>} */
  const found = {};
  for (const field of fields) {
    const giver = Object.keys(system.decisions).find(
      (name) => name !== decision && system.decisions[name].fields.includes(field),
    );
    if (giver && field in system.answers) found[field] = { value: system.answers[field], from: giver };
    for (const [name, kept] of Object.entries(system.decisions)) {
      const value = kept.recommend.length === 1 ? resultOf[field]?.[kept.recommend[0]] : undefined;
      if (name !== decision && value) found[field] = { value, from: name };
    }
  }
  return found;
}

// What changed since a decision was kept: null where its rules are the same.
/** @param {Kept} kept @param {string} version */
export function outdated(kept, version) {
  return kept.version === version ? null : kept.recommend;
}

// Another decision without the option that clashes, among what the person has said there.
/** @param {string} decision @param {string} option @param {() => Storage} storage */
export function setAside(decision, option, storage = () => localStorage) {
  const system = loadSystem(storage);
  const kept = system.decisions[decision];
  if (kept) kept.without = [...new Set([...(kept.without ?? []), option])];
  saveSystem(system, storage);
}

/** @param {System} system */
export function systemQuery(system) {
  const query = new URLSearchParams();
  for (const field of Object.keys(system.answers).sort()) query.set(field, system.answers[field]);
  for (const kept of Object.values(system.decisions)) for (const option of kept.without ?? []) query.append("without", option);
  query.set("system", Object.keys(system.decisions).join(" "));
  return query.toString();
}
