// The items as the build wrote them, and which of them a person asked for.

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {"one" | "two" | "card"} kind
 * @property {string} stem
 * @property {string} page
 * @property {"both" | "today" | "exam"} era
 * @property {string} [decision]
 * @property {[string, string][]} [also] further answers that hold, as label and value
 * @property {[string, 0 | 1, ...string[]][]} [choices] option, whether it is right, rules
 * @property {string} [why]
 * @property {string} [eras]
 * @property {Record<string, string>} [answers]
 * @property {string[]} [tags]
 * @property {string[]} [facts]
 * @property {string} [turn] an option that one changed answer makes the verdict
 *
 * @typedef {{text: string, short: string, title: string, url: string, checked: string}} Fact
 * @typedef {{label: string, domain: string, weight: number, skills: number, covers: number}} Task
 *
 * @typedef {object} Bank
 * @property {number} version
 * @property {Item[]} items
 * @property {Record<string, {no?: string, yes?: string, fact: string}>} rules
 * @property {Record<string, Fact>} facts
 * @property {Record<string, {label: string, page: string}>} options
 * @property {Record<string, {label: string, question: string, page: string, task: string}>} decisions
 * @property {Record<string, {label: string, values: Record<string, string>, hint: string}>} fields
 * @property {Record<string, Task>} tasks
 * @property {Record<string, string>} tags
 *
 * @typedef {object} Filter
 * @property {string} decision
 * @property {string} tag
 * @property {string} kind "" for all, "question", "card"
 * @property {"today" | "exam"} era
 */

/** @returns {Filter} */
export function everything() {
  return { decision: "", tag: "", kind: "", era: "today" };
}

// What a link asks for; what the items do not have is left out.
/** @param {URLSearchParams} query @param {Bank} bank @returns {Filter} */
export function filterOf(query, bank) {
  const decision = query.get("decision") ?? "";
  const tag = query.get("tag") ?? "";
  const kind = query.get("kind") ?? "";
  return {
    decision: decision in bank.decisions ? decision : "",
    tag: tag in bank.tags ? tag : "",
    kind: ["question", "card"].includes(kind) ? kind : "",
    era: query.get("era") === "exam" ? "exam" : "today",
  };
}

/** @param {Filter} filter */
export function queryOf({ decision, tag, kind, era }) {
  const query = new URLSearchParams();
  if (decision) query.set("decision", decision);
  if (tag) query.set("tag", tag);
  if (kind) query.set("kind", kind);
  if (era === "exam") query.set("era", era);
  return query.toString();
}

/** @param {Bank} bank @param {Filter} filter */
export function chosen(bank, { decision, tag, kind, era }) {
  return bank.items.filter(
    (item) =>
      (!decision || item.decision === decision) &&
      (!tag || item.tags?.includes(tag)) &&
      (!kind || (item.kind === "card") === (kind === "card")) &&
      (item.era === "both" || item.era === era),
  );
}

/** @param {Item} item @returns {string[]} the right options */
export function keyOf(item) {
  return (item.choices ?? []).filter(([, right]) => right).map(([option]) => option);
}

// All right options and no other: there is no partial credit.
/** @param {Item} item @param {string[]} picked */
export function isRight(item, picked) {
  const key = keyOf(item);
  return key.length === picked.length && key.every((option) => picked.includes(option));
}

/** @template T @param {T[]} list @param {() => number} random @returns {T[]} */
export function shuffled(list, random = Math.random) {
  const left = [...list];
  const mixed = [];
  while (left.length) mixed.push(...left.splice(Math.floor(random() * left.length), 1));
  return mixed;
}
