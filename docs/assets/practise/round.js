// One round of questions, apart from any element: what was picked, what is locked, how it went.

/** @import { Bank, Item } from "./items.js" */

import { isRight, shuffled } from "./items.js";

export const MOCK_QUESTIONS = 24;
export const MOCK_DOMAINS = ["3", "4"];
// The pace of the exam: about two minutes for a question.
export const MOCK_MINUTES = 48;

/** @typedef {{item: Item, right: boolean, picked: string[]}} Answered */

export class Round {
  at = 0;
  locked = false;
  /** @type {string[]} */ picked = [];
  /** @type {Answered[]} */ answered = [];

  /** @param {Item[]} items @param {"practice" | "mock"} mode @param {() => number} random */
  constructor(items, mode = "practice", random = Math.random) {
    this.items = items;
    this.mode = mode;
    this.orders = items.map((item) => shuffled(item.choices ?? [], random));
  }

  get item() {
    return this.items[this.at];
  }

  get choices() {
    return this.orders[this.at];
  }

  get done() {
    return this.at >= this.items.length;
  }

  get score() {
    return this.answered.filter(({ right }) => right).length;
  }

  // How many options have to be picked.
  get wanted() {
    return this.item.kind === "two" ? 2 : 1;
  }

  /** @param {string[]} options */
  pick(options) {
    if (!this.locked) this.picked = options;
  }

  // Locks the answer; null where it is not complete yet.
  submit() {
    if (this.locked || this.picked.length !== this.wanted) return null;
    return this.#lock(isRight(this.item, this.picked));
  }

  // A card is judged by the person.
  /** @param {boolean} right */
  judge(right) {
    return this.locked ? null : this.#lock(right);
  }

  /** @param {boolean} right */
  #lock(right) {
    this.locked = true;
    const found = { item: this.item, right, picked: this.picked };
    this.answered.push(found);
    return found;
  }

  next() {
    if (!this.locked) return;
    this.at += 1;
    this.locked = false;
    this.picked = [];
  }

  // Time is up: what is left counts as wrong.
  stop() {
    const left = this.items.slice(this.answered.length);
    this.answered.push(...left.map((item) => ({ item, right: false, picked: [] })));
    this.at = this.items.length;
  }
}

/**
 * The questions of a mini-mock: domains by their weights in the exam, tasks by their skills, and
 * within a task at random.
 * @param {Bank} bank
 * @param {() => number} random
 * @param {number} count
 */
export function mockItems(bank, random = Math.random, count = MOCK_QUESTIONS) {
  /** @type {Map<string, Item[]>} */
  const pools = new Map();
  for (const item of shuffled(bank.items, random)) {
    const task = bank.decisions[item.decision ?? ""]?.task ?? "";
    const mine = bank.tasks[task];
    if (!mine || !MOCK_DOMAINS.includes(mine.domain) || item.era === "exam" || item.kind === "card") continue;
    pools.set(task, [...(pools.get(task) ?? []), item]);
  }
  const tasks = [...pools.keys()];
  const weights = tasks.map((task) => {
    const { domain, weight, skills } = bank.tasks[task];
    const sum = tasks.filter((other) => bank.tasks[other].domain === domain).reduce((all, other) => all + bank.tasks[other].skills, 0);
    return (weight * skills) / sum;
  });
  const limits = tasks.map((task) => pools.get(task)?.length ?? 0);
  const counts = shares(weights, limits, count);
  return shuffled(tasks.flatMap((task, place) => (pools.get(task) ?? []).slice(0, counts[place])), random);
}

// Whole numbers in proportion to weights and within limits: each next one goes where most is missing.
/** @param {number[]} weights @param {number[]} limits @param {number} count */
export function shares(weights, limits, count) {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const found = weights.map(() => 0);
  for (let given = 0; given < Math.min(count, limits.reduce((all, limit) => all + limit, 0)); given += 1) {
    const missing = weights.map((weight, place) => (found[place] < limits[place] ? (weight / sum) * count - found[place] : -Infinity));
    found[missing.indexOf(Math.max(...missing))] += 1;
  }
  return found;
}

/**
 * Results by task or decision, the weakest first.
 * @param {Answered[]} answered
 * @param {(item: Item) => string} by
 */
export function results(answered, by) {
  /** @type {Map<string, {key: string, right: number, all: number, missed: Item[]}>} */
  const found = new Map();
  for (const { item, right } of answered) {
    const key = by(item);
    const line = found.get(key) ?? { key, right: 0, all: 0, missed: [] };
    line.all += 1;
    if (right) line.right += 1;
    else line.missed.push(item);
    found.set(key, line);
  }
  return [...found.values()].sort((one, other) => one.right / one.all - other.right / other.all || one.key.localeCompare(other.key));
}
