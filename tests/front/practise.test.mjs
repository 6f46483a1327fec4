// Practice apart from any element: rounds, the mini-mock, what is remembered, and when items come back.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as library from "ts-fsrs";

import { chosen, everything, filterOf, isRight, queryOf } from "../../docs/assets/practise/items.js";
import { KEY, Memory, merged, OLD_KEY, parse, serialized } from "../../docs/assets/practise/memory.js";
import { mockItems, results, Round, shares } from "../../docs/assets/practise/round.js";
import { due, inOrder, schedule } from "../../docs/assets/practise/schedule.js";
import { changes } from "../../docs/assets/practise/turn.js";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-26T12:00:00Z");
const one = (id, more = {}) => ({ id, kind: "one", stem: "", page: "", era: "both", decision: "a", choices: [["x", 1], ["y", 0], ["z", 0]], ...more });
const two = (id) => one(id, { kind: "two", choices: [["x", 1], ["y", 1], ["z", 0]] });
const plan = await schedule(async () => library);

function storage(start = {}) {
  const kept = { ...start };
  return { kept, getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] };
}
const entry = (last, days = 1) => ({ right: 1, wrong: 0, last, card: plan.next(undefined, true, last - days * DAY) });

test("an answer is right with all right options and no other, and locked after submitting", () => {
  assert.ok(isRight(two("q"), ["y", "x"]));
  assert.ok(!isRight(two("q"), ["x"]) && !isRight(two("q"), ["x", "z"]));
  const round = new Round([two("q"), one("r")]);
  round.pick(["x"]);
  assert.equal(round.submit(), null);
  round.pick(["x", "z"]);
  assert.equal(round.submit()?.right, false);
  round.pick(["x", "y"]);
  assert.equal(round.submit(), null);
  assert.deepEqual(round.picked, ["x", "z"]);
  assert.equal(round.score, 0);
});

test("a round goes on after an answer alone, and ends after the last", () => {
  const round = new Round([one("q"), one("r")]);
  round.next();
  assert.equal(round.at, 0);
  round.pick(["x"]);
  round.submit();
  round.next();
  assert.deepEqual([round.at, round.locked, round.picked, round.done], [1, false, [], false]);
  round.judge(true);
  round.next();
  assert.deepEqual([round.done, round.score], [true, 2]);
});

test("when the time is over, what is left counts as wrong", () => {
  const round = new Round([one("q"), one("r"), one("s")], "mock");
  round.judge(true);
  round.stop();
  assert.deepEqual([round.done, round.score, round.answered.length], [true, 1, 3]);
});

test("a link chooses a decision, a tag, a kind and an era; unknown ones are left out", () => {
  const bank = { items: [one("q"), one("r", { era: "exam", decision: "b" }), one("s", { kind: "card" })], decisions: { a: {}, b: {} }, tags: { core: "" } };
  const filter = filterOf(new URLSearchParams("decision=b&era=exam&tag=nonsense&kind=x"), bank);
  assert.deepEqual(filter, { decision: "b", tag: "", kind: "", era: "exam" });
  assert.equal(queryOf(filter), "decision=b&era=exam");
  assert.deepEqual(chosen(bank, filter).map(({ id }) => id), ["r"]);
  assert.deepEqual(chosen(bank, { ...everything(), kind: "card" }).map(({ id }) => id), ["s"]);
  assert.deepEqual(chosen(bank, everything()).map(({ id }) => id), ["q", "s"]);
});

test("a mini-mock has questions of domains 3 and 4 by weight, and no cards", () => {
  const task = (domain, weight, skills) => ({ domain, weight, skills });
  const bank = {
    tasks: { 2.3: task("2", 24, 10), 3.1: task("3", 24, 10), 3.2: task("3", 24, 10), 4.1: task("4", 24, 20) },
    decisions: { a: { task: "3.1" }, b: { task: "3.2" }, c: { task: "4.1" }, d: { task: "2.3" } },
    items: ["a", "b", "c", "d"].flatMap((decision) => Array.from({ length: 30 }, (_, n) => one(`${decision}${n}`, { decision, era: n % 5 ? "both" : "exam" }))),
  };
  bank.items.push(one("card", { decision: "a", kind: "card" }));
  const found = mockItems(bank);
  assert.equal(found.length, 24);
  const counts = Object.groupBy(found, ({ decision }) => decision);
  assert.deepEqual([counts.a.length, counts.b.length, counts.c.length], [6, 6, 12]);
  assert.ok(found.every(({ era, kind }) => era !== "exam" && kind !== "card"));
  assert.deepEqual(shares([1, 1], [1, 9], 6), [1, 5]);
});

test("results are by topic, the weakest first, with what was missed", () => {
  const answered = [["a", true], ["b", false], ["a", false]].map(([decision, right]) => ({ item: one("q", { decision }), right, picked: [] }));
  const found = results(answered, ({ decision }) => decision);
  assert.deepEqual(found.map(({ key, right, all, missed }) => [key, right, all, missed.length]), [["b", 0, 1, 1], ["a", 1, 2, 1]]);
});

test("an item comes back after days, sooner after a wrong answer, and is due a month ahead", () => {
  const right = plan.next(undefined, true, NOW);
  const wrong = plan.next(undefined, false, NOW);
  assert.ok(Date.parse(wrong.due) < Date.parse(right.due) && Date.parse(wrong.due) > NOW);
  const later = plan.next(right, true, Date.parse(right.due));
  assert.ok(Date.parse(later.due) - Date.parse(right.due) > Date.parse(right.due) - NOW);
  const entries = { q: { card: right }, r: { card: wrong } };
  const items = [one("q"), one("r"), one("new")];
  assert.deepEqual(due(items, entries, NOW), []);
  assert.deepEqual(due(items, entries, NOW + 31 * DAY).map(({ id }) => id), ["r", "q"]);
  assert.deepEqual(inOrder(items, entries, NOW).map(({ id }) => id), ["new", "r", "q"]);
});

test("progress is kept under a versioned key, and the earlier version is read", () => {
  const old = storage({ [OLD_KEY]: JSON.stringify({ q: entry(NOW) }) });
  const memory = new Memory(() => old);
  assert.equal(memory.entries.q.right, 1);
  memory.record("q", false, plan.next(memory.entries.q.card, false, NOW + 1), NOW + 1);
  assert.deepEqual([memory.entries.q.right, memory.entries.q.wrong, OLD_KEY in old.kept], [1, 1, false]);
  assert.equal(parse(old.kept[KEY]).q.wrong, 1);
});

test("two tabs keep what both wrote", () => {
  const shared = storage();
  const [first, second] = [new Memory(() => shared), new Memory(() => shared)];
  first.record("q", true, plan.next(undefined, true, NOW), NOW);
  second.record("r", true, plan.next(undefined, true, NOW), NOW);
  assert.deepEqual(Object.keys(new Memory(() => shared).entries).sort(), ["q", "r"]);
  assert.equal(merged({ q: entry(2) }, { q: entry(1) }).q.last, 2);
});

test("blocked or full storage is told, and the visit goes on", () => {
  const blocked = new Memory(() => {
    throw new Error("SecurityError");
  });
  blocked.record("q", true, plan.next(undefined, true, NOW), NOW);
  assert.deepEqual([blocked.keeping, blocked.entries.q.right], ["blocked", 1]);
  const full = new Memory(() => ({ ...storage(), setItem: () => { throw new DOMException("", "QuotaExceededError"); } }));
  full.record("q", true, plan.next(undefined, true, NOW), NOW);
  assert.deepEqual([full.keeping, full.entries.q.right], ["full", 1]);
});

test("a broken file is refused whole, with the reason", () => {
  const good = { q: entry(NOW) };
  const memory = new Memory(() => storage());
  for (const [text, words] of [
    ["{", /not JSON/],
    ["[]", /no progress/],
    ["null", /no progress/],
    ['{"version":1}', /no progress/],
    ['{"version":9,"entries":{}}', /newer version/],
    [serialized({ ...good, r: { right: 1 } }), /1 broken entries, the first is "r"/],
    [serialized({ q: { ...good.q, card: { ...good.q.card, due: "soon" } } }), /broken/],
    ["x".repeat(2_000_001), /too large/],
  ]) {
    assert.throws(() => memory.import(text), words);
    assert.equal(Object.keys(memory.entries).length, 0);
  }
  assert.equal(memory.import(serialized(good)), 1);
  assert.throws(() => parse('{"version":2,"entries":{"__proto__":{}}}'), /broken/);
});

test("the answers that were changed are counted", () => {
  assert.deepEqual(changes({ a: "1", b: "2" }, { a: "1", b: "3" }), ["b"]);
});
