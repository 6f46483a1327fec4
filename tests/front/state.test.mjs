// What a person said, the link that holds it, and the system: without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Case } from "../../docs/assets/checker/case.js";
import { nameOf } from "../../docs/assets/checker/known.js";
import { Latest } from "../../docs/assets/checker/latest.js";
import { spansOf } from "../../docs/assets/checker/reading.js";
import { emptyState, fromQuery, movedTo, toQuery, withAnswer, withMark } from "../../docs/assets/checker/state.js";
import { chosenBeside, defaultsFor, emptySystem, loadSystem, outdated, saveSystem, systemQuery, withDecision } from "../../docs/assets/checker/system.js";
import { withoutDecision } from "../../docs/assets/checker/system-view.js";

const any = () => true;
const kept = (recommend, more = {}) => ({ recommend, headline: "", version: "1", checked: "", without: [], ...more });

test("a link gives back the answers, priorities, options set aside and era that made it", () => {
  let state = withAnswer(withAnswer(emptyState(), "payload", " 12 MB "), "caller", "waits");
  state = { ...withMark(state, "payload", "hard"), without: ["canary"], era: "exam" };
  const query = toQuery(state, { v: "abc", d: "2026-01-02", was: ["x", "y"] });
  const back = fromQuery(new URLSearchParams(query), any);
  assert.deepEqual(back.state, state);
  assert.deepEqual(back.earlier, { v: "abc", d: "2026-01-02", was: ["x", "y"] });
  assert.deepEqual(back.dropped, []);
});

test("what a link holds and no question takes is dropped and named", () => {
  const query = new URLSearchParams("payload=1+MB&nonsense=1&hard=latency&soft=payload");
  const { state, dropped } = fromQuery(query, (field) => field === "payload");
  assert.deepEqual(state.answers, { payload: "1 MB" });
  assert.deepEqual(state.marks, { payload: "soft" });
  assert.deepEqual(dropped, ["nonsense", "hard latency"]);
});

test("two values for one question are kept for Python to refuse, and cut at a length", () => {
  const { state } = fromQuery(new URLSearchParams(`a=1&a=2&b=${"x".repeat(99)}`), any);
  assert.equal(state.answers.a, "1 and 2");
  assert.equal(state.answers.b.length, 60);
});

test("an answer taken back takes its priority along", () => {
  const state = withMark(withAnswer(emptyState(), "a", "1"), "a", "hard");
  assert.deepEqual(withAnswer(state, "a", " "), emptyState());
});

test("an old address leads to the decision's page with all answers", () => {
  const places = { inference: { page: "inference/" } };
  const old = new URLSearchParams("decision=inference&payload=3+MB&hard=payload&v=1&was=x");
  assert.equal(movedTo(old, places), "inference/?payload=3+MB&hard=payload&v=1&was=x");
  assert.equal(movedTo(new URLSearchParams("decision=toString"), places), null);
  assert.equal(movedTo(new URLSearchParams("payload=1"), places), null);
});

test("only the last of many questions is answered, in whatever order the answers come", async () => {
  const timers = [];
  const clock = { set: (job) => timers.push(job), clear: (id) => id && (timers[id - 1] = () => {}) };
  const latest = new Latest(10, clock);
  const seen = [];
  const open = [];
  for (const name of ["a", "b", "c"]) {
    latest.run(() => new Promise((resolve) => open.push([name, resolve])), (result) => seen.push(result), assert.fail, 0);
  }
  for (const [name, resolve] of open.reverse()) resolve(name);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen, ["c"]);
  latest.run(async () => "d", (result) => seen.push(result), assert.fail);
  latest.drop();
  for (const job of timers) job();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen, ["c"]);
});

test("an error of an older question is dropped as its answer is", async () => {
  const latest = new Latest(0);
  const seen = [];
  latest.run(() => Promise.reject(new Error("old")), assert.fail, () => assert.fail("an old error"), 0);
  latest.run(async () => "new", (result) => seen.push(result), assert.fail, 0);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen, ["new"]);
});

test("the system keeps one answer for a question that two decisions ask", () => {
  let system = withDecision(emptySystem(), "inference", ["vpc", "payload"], { vpc: "yes", payload: "1 MB" }, kept(["x"]));
  system = withDecision(system, "security", ["vpc"], { vpc: "no" }, kept(["y"]));
  assert.deepEqual(system.answers, { vpc: "no", payload: "1 MB" });
  assert.deepEqual(chosenBeside(system, "security"), { inference: ["x"] });
  assert.deepEqual(defaultsFor(system, "rollout", ["vpc", "bake"], {}).vpc, { value: "no", from: "inference" });
});

test("what one decision came to answers the next, unless two options are left", () => {
  const one = withDecision(emptySystem(), "inference", ["payload"], { payload: "1 MB" }, kept(["batch"]));
  const resultOf = { serving: { batch: "batch-transform" } };
  assert.deepEqual(defaultsFor(one, "monitoring", ["serving"], resultOf), { serving: { value: "batch-transform", from: "inference" } });
  const two = withDecision(emptySystem(), "inference", ["payload"], { payload: "1 MB" }, kept(["batch", "other"]));
  assert.deepEqual(defaultsFor(two, "monitoring", ["serving"], resultOf), {});
});

test("a decision without answers is no part of the system, and one removed leaves shared answers", () => {
  let system = withDecision(emptySystem(), "a", ["x", "y"], { x: "1", y: "2" }, kept(["o"]));
  system = withDecision(system, "b", ["y"], { y: "2" }, kept(["p"]));
  assert.deepEqual(withoutDecision(system, "a"), { answers: { y: "2" }, decisions: { b: system.decisions.b } });
  assert.deepEqual(withDecision(system, "b", ["y"], {}, kept([])).decisions.b, undefined);
});

test("what is kept is checked when it is read, and a browser that keeps nothing does no harm", () => {
  const store = (text) => () => ({ getItem: () => text, setItem() { throw new Error("full"); } });
  assert.deepEqual(loadSystem(store("{broken")), emptySystem());
  assert.deepEqual(loadSystem(store('{"answers": {"a": 1}, "decisions": {}}')), emptySystem());
  assert.deepEqual(loadSystem(store('{"answers": {}, "decisions": {"a": {"recommend": "x"}}}')), emptySystem());
  const blocked = () => { throw new Error("blocked"); };
  const system = withDecision(emptySystem(), "a", ["x"], { x: "1" }, kept(["o"]));
  saveSystem(system, blocked);
  assert.deepEqual(loadSystem(blocked), system);
});

test("a saved decision tells when its rules have changed since", () => {
  assert.equal(outdated(kept(["x"]), "1"), null);
  assert.deepEqual(outdated(kept(["x"]), "2"), ["x"]);
});

test("one link holds the whole system", () => {
  const system = withDecision(emptySystem(), "a", ["x"], { x: "1 MB" }, kept(["o"], { without: ["p"] }));
  const query = new URLSearchParams(systemQuery(system));
  assert.deepEqual([...query], [["x", "1 MB"], ["without", "p"], ["system", "a"]]);
});

const about = { decision: "inference", fields: ["payload", "caller"], version: "2", checked: "2026-01-01", resultOf: {}, accepts: (field) => ["payload", "caller"].includes(field) };

test("a link's case leaves the person's own system alone until something is changed", () => {
  const page = new Case(about);
  const system = withDecision(emptySystem(), "rollout", ["payload"], { payload: "9 MB" }, kept(["canary"]));
  page.restore(new URLSearchParams("caller=waits"), system, "");
  assert.equal(page.linked, true);
  assert.deepEqual(page.answers(), { caller: "waits" });
  assert.deepEqual(page.marks().chosen, {});
  assert.equal(page.touched, false);
  page.answer("caller", "");
  assert.equal(page.touched, true);
});

test("a saved case comes back with what it was, to tell what changed", () => {
  const page = new Case(about);
  const system = withDecision(emptySystem(), "inference", ["payload"], { payload: "9 MB" }, kept(["x"], { checked: "2025-01-01" }));
  page.restore(new URLSearchParams(""), system, "");
  assert.deepEqual(page.answers(), { payload: "9 MB" });
  assert.deepEqual(page.earlier, { v: "1", d: "2025-01-01", was: ["x"] });
});

test("the person's answer goes before the text's, and what is not meant does not count", () => {
  const page = new Case(about);
  page.describe("12 MB and a caller who waits");
  page.reading = { area: "inference", state: "decided", problems: [], read: [
    { field: "payload", value: "12 MB", quote: "12 MB", guess: false },
    { field: "caller", value: "waits", quote: "waits", guess: true },
  ] };
  assert.deepEqual(page.answers(), { payload: "12 MB", caller: "waits" });
  assert.deepEqual(page.marks().guessed, ["caller"]);
  page.answer("payload", "3 MB");
  assert.equal(page.answers().payload, "3 MB");
  page.answer("caller", "");
  assert.deepEqual(page.other, ["waits"]);
  assert.deepEqual(page.answers(), { payload: "3 MB" });
  assert.equal(page.plain(), false);
});

test("a number of the text is asked about until it is placed, called something else, or all is decided", () => {
  const page = new Case(about);
  page.describe("30 MB");
  page.reading = { area: "inference", state: "ask-for-more", problems: [], read: [], question: null, unplaced: [{ quote: "30 MB", fields: ["memory", "payload"] }] };
  assert.deepEqual(page.unclear(), { quote: "30 MB", fields: ["payload"] });
  page.answer("payload", "30 MB");
  assert.equal(page.unclear(), null);
  page.answer("payload", "");
  page.other = ["30 MB"];
  assert.equal(page.unclear(), null);
  page.other = [];
  page.reading.state = "decided";
  assert.equal(page.unclear(), null);
});

test("spans never overlap, each marks its own words, and unclear numbers are marked as that", () => {
  const text = "30 MB in, 30 MB out, for a GPU";
  const reading = { area: null, state: "", problems: [], unplaced: [{ quote: "30 MB", fields: ["payload"] }], read: [
    { field: "response", value: "30 MB", quote: "30 MB out", guess: false },
    { field: "accelerator", value: "gpu", quote: "GPU", guess: true },
    { field: "none", value: "", quote: "not there", guess: false },
  ] };
  const spans = spansOf(text, reading);
  assert.deepEqual(spans.map(({ start, end, kind }) => [text.slice(start, end), kind]), [["30 MB", "unclear"], ["30 MB out", "read"], ["GPU", "guess"]]);
  assert.equal(spansOf(text, reading, ["30 MB"])[0].kind, "left");
});

test("a question has the name that the build gave its file", () => {
  assert.equal(nameOf("inference", { b: "ä", a: "1 MB" }), "5a11e37a2458898c");
});
