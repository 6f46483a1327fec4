// What a person has said on one decision, apart from any element: answers, priorities, and the link
// that holds them.

/** @import { Answers, Era } from "./protocol.js" */

// Words of a link that are no question.
const RESERVED = ["decision", "v", "d", "was", "hard", "soft", "era", "without", "system"];
const MOST = 60;

/**
 * @typedef {object} State
 * @property {Answers} answers
 * @property {Record<string, "hard" | "soft">} marks
 * @property {string[]} without
 * @property {Era} era
 */

/** @returns {State} */
export function emptyState() {
  return { answers: {}, marks: {}, without: [], era: "today" };
}

// An answer set, or removed with ""; its priority goes with it.
/** @param {State} state @param {string} field @param {string} value @returns {State} */
export function withAnswer(state, field, value) {
  const { [field]: _, ...answers } = state.answers;
  const { [field]: mark, ...marks } = state.marks;
  const text = value.trim();
  if (!text) return { ...state, answers, marks };
  return { ...state, answers: { ...answers, [field]: text }, marks: mark ? { ...marks, [field]: mark } : marks };
}

/** @param {State} state @param {string} field @param {string} mark @returns {State} */
export function withMark(state, field, mark) {
  const { [field]: _, ...marks } = state.marks;
  if (mark === "hard" || mark === "soft") marks[field] = mark;
  return { ...state, marks };
}

/** @param {State} state @param {"hard" | "soft"} kind */
export function marked(state, kind) {
  return Object.keys(state.marks).filter((field) => state.marks[field] === kind).sort();
}

/**
 * @typedef {object} Earlier what a link said when it was made
 * @property {string} v the rules' version
 * @property {string} d the day of the facts
 * @property {string[]} was the options recommended
 */

/**
 * The state in a link; what is not known there is dropped and named.
 * @param {URLSearchParams} query
 * @param {(field: string, value: string) => boolean} accepts
 * @returns {{state: State, dropped: string[], earlier: Earlier | null}}
 */
export function fromQuery(query, accepts) {
  let state = emptyState();
  const dropped = [];
  for (const field of new Set(query.keys())) {
    if (RESERVED.includes(field)) continue;
    // Two different values are both shown, for Python to refuse.
    const value = [...new Set(query.getAll(field))].join(" and ").slice(0, MOST);
    if (accepts(field, value)) state = withAnswer(state, field, value);
    else dropped.push(field);
  }
  for (const kind of ["hard", "soft"]) {
    for (const field of query.getAll(kind)) {
      if (field in state.answers) state = withMark(state, field, kind);
      else dropped.push(`${kind} ${field}`);
    }
  }
  state = { ...state, without: query.getAll("without"), era: query.get("era") === "exam" ? "exam" : "today" };
  const v = query.get("v");
  const earlier = v ? { v, d: query.get("d") ?? "", was: query.getAll("was") } : null;
  return { state, dropped, earlier };
}

/**
 * The link's query; with what it came to, so that a later visit can tell what changed.
 * @param {State} state
 * @param {Earlier} [result]
 */
export function toQuery(state, result) {
  const query = new URLSearchParams();
  for (const field of Object.keys(state.answers).sort()) query.set(field, state.answers[field]);
  for (const kind of /** @type {const} */ (["hard", "soft"])) {
    for (const field of marked(state, kind)) query.append(kind, field);
  }
  for (const option of state.without) query.append("without", option);
  if (state.era === "exam") query.set("era", "exam");
  if (result && Object.keys(state.answers).length) {
    query.set("v", result.v);
    query.set("d", result.d);
    for (const option of result.was) query.append("was", option);
  }
  return query.toString();
}

// Where an old address with `?decision=...` leads now; null for any other.
/** @param {URLSearchParams} query @param {Record<string, {page: string}>} decisions */
export function movedTo(query, decisions) {
  const decision = query.get("decision");
  if (!decision || !Object.hasOwn(decisions, decision)) return null;
  const rest = new URLSearchParams(query);
  rest.delete("decision");
  const words = rest.toString();
  return decisions[decision].page + (words ? `?${words}` : "");
}
