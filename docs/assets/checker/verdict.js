// A verdict as elements. Text goes in as text; nothing here ever parses HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const CONFIDENCE = {
  certain: "Certain: no open question can change this.",
  provided: "Provided that the open conditions below hold.",
  likely: "Likely: an open question could still change this.",
};

export function renderVerdict(verdict, context) {
  const id = `${context.decision}-verdict`;
  return [
    h("h3", { id, tabindex: "-1", class: `verdict verdict--${verdict.state}` }, verdict.sentence),
    CONFIDENCE[verdict.confidence]
      ? h("p", { class: "verdict__confidence" }, CONFIDENCE[verdict.confidence])
      : null,
    ...verdict.warnings.map(warning),
    ...block("Why", verdict.reasons.map(reason)),
    ...block("Still open", verdict.conditions.map(reason)),
    marks(verdict.marks, context),
    ...question(verdict.question, context),
    ...others("Rejected", "Why not", verdict.rejected),
    ...others("Also possible", "What speaks for it, and what is open", verdict.also),
    ...block("Clashes", verdict.clashes.map(clash)),
    cost(verdict.cost),
    verdict.exam ? h("p", { class: "verdict__exam" }, verdict.exam.sentence) : null,
    verdict.checked
      ? h("p", { class: "verdict__checked" }, `All facts used were checked on ${verdict.checked} or later. An aid, not an approval.`)
      : null,
    more(context.more),
    copies(verdict, context),
  ].filter(Boolean);
}

const ELSEWHERE =
  "Nothing in it speaks about a decision that this checker knows. Say what the model does, how requests arrive, and what must not happen.";
const TOO_LITTLE =
  "It does not say what is to be decided. Name it (how to serve, roll out, watch, track, retrain, secure or pay for a model), with what you know of sizes, times and traffic; or open a form below.";

// What is said of a text whose words ask for too much or say too little: in short, and whole.
const SPOKEN = {
  "nothing-fits": [
    "It may be that nothing fits.",
    "Your words sound as if they ask for what cannot be had together, so it may be that nothing fits. The rules find no contradiction in the answers below; the verdict weighs only those.",
  ],
  "ask-for-more": [
    "Your words say too little yet.",
    "Your words say too little to recommend anything yet. The verdict shows what they point to so far; answer more of the form.",
  ],
};

// That, where the answers that were read do not say the same by themselves.
export function spokenState({ state, verdict }) {
  return verdict && state !== verdict.state ? SPOKEN[state] : undefined;
}

// What was read from a text: quote, question, value; guesses marked, the rest named.
export function renderReading(answer, labelOf, shownOf) {
  const parts = answer.problems.map(({ message, hint }) =>
    h("p", { class: "checker__error" }, `The text cannot be read: ${message} (${hint}).`),
  );
  if (!answer.problems.length && !answer.area) {
    parts.push(h("p", {}, answer.state === "ask-for-more" ? TOO_LITTLE : ELSEWHERE));
  }
  const spoken = spokenState(answer);
  if (spoken && !answer.only.length) parts.push(h("p", { class: "scenario__only" }, spoken[1]));
  for (const { label, rejected } of answer.only) {
    const why = rejected ? `, which is rejected: ${rejected}` : ", which is possible.";
    const words = `Your words take nothing but ${label}${why} The verdict weighs every option.`;
    parts.push(h("p", { class: "scenario__only" }, words));
  }
  if (answer.read.length) {
    const rows = answer.read.map(({ field, value, quote, guess }) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, `“${quote}”`),
        h("td", {}, labelOf(field)),
        h("td", {}, shownOf(field, value), " ", guess ? h("span", { class: "kind" }, "a guess") : null),
      ),
    );
    const head = ["Your words", "Question", "Answer"].map((text) => h("th", { scope: "col" }, text));
    const table = h(
      "table",
      {},
      h("caption", {}, "What was read; change it in the form"),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...rows),
    );
    const box = { class: "table-box", role: "region", "aria-label": "What was read", tabindex: "0" };
    parts.push(h("div", box, table));
  }
  const left = [
    ...(answer.conflicts ?? []).map(({ field, quotes }) => `${labelOf(field)} Your words say two things: ${quotes.map((quote) => `“${quote}”`).join(" and ")}.`),
    ...answer.ignored.map(({ quote, belongs }) => `“${quote}” was left out: ${belongs}.`),
    ...answer.unread.map((quote) => `“${quote}” was not understood.`),
  ];
  if (left.length) parts.push(h("ul", {}, ...left.map((words) => h("li", {}, words))));
  return parts;
}

// An old link's answer beside today's; the link's own words are shown as text, never trusted.
export function renderChange({ d, was }, verdict) {
  const then = was.map((option) => option.slice(0, 60)).join(" or ") || "no option";
  const now = verdict.recommend.join(" or ") || "no option";
  const since = /^\d{4}-\d{2}-\d{2}$/.test(d ?? "") ? `on ${d}` : "at an earlier time";
  const words =
    then === now
      ? `The rules have changed since this link was made, with facts checked ${since}; the answer is the same.`
      : `The rules have changed since this link was made, with facts checked ${since}. It was: ${then}. It is now: ${now}.`;
  return [h("p", { class: "verdict__changed" }, words)];
}

// The verdict's first sentence beside what was read, and the way to the rest of it.
export function renderAnswer(verdict) {
  // A button and no link: the theme's own navigation takes the focus away after a link's click.
  const button = h("button", { type: "button", class: "md-button" }, "See why");
  button.addEventListener("click", () => {
    document.getElementById(`${verdict.decision}-verdict`).focus();
  });
  return h("p", { class: "scenario__answer" }, `${verdict.sentence} `, button);
}

// Other decisions that the same text speaks about, each one press away.
export function renderOtherAreas(forms, check) {
  if (!forms.length) return [];
  const buttons = forms.flatMap((form) => {
    const button = h("button", { type: "button", class: "md-button" }, form.dataset.label);
    button.addEventListener("click", () => check(form));
    return [button, " "];
  });
  return [h("p", { class: "scenario__others" }, "Your words also answer questions on: ", ...buttons)];
}

function block(title, items) {
  return items.length ? [h("h4", {}, title), h("ul", {}, ...items)] : [];
}

function reason(item) {
  return h("li", {}, ...reasonParts(item));
}

function reasonParts({ rule, sentence, said, fact, asks }) {
  const questions = asks.map(({ text }) => text).join(" ");
  const answers = said.map(({ label, answer }) => `${label.toLowerCase()}: ${answer}`).join("; ");
  return [
    questions ? h("strong", {}, `${questions} `) : null,
    `${sentence} `,
    answers ? h("span", { class: "verdict__said" }, `You said ${answers}. `) : null,
    fact ? source(fact) : null,
    " ",
    h("code", { class: "rule" }, rule),
  ].filter(Boolean);
}

function source(fact) {
  const [first] = fact.sources;
  const words = `${first.title}, checked ${fact.checked}`;
  const known = first.url?.startsWith("https://");
  const place = known ? h("a", { href: first.url, rel: "noopener" }, words) : words;
  return h("span", { class: "verdict__source", title: fact.text }, "(", place, ")");
}

function others(title, why, items) {
  if (!items.length) return [];
  const head = ["Option", why, "What would change it"].map((text) => h("th", { scope: "col" }, text));
  const rows = items.map(({ label, reasons, flip }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", {}, reasons.length ? h("ul", {}, ...reasons.map(reason)) : "Another option fits better."),
      h("td", {}, flip?.sentence ?? "No change of your answers brings it back."),
    ),
  );
  const table = h(
    "table",
    {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...rows),
  );
  const box = { class: "table-box", role: "region", "aria-label": title, tabindex: "0" };
  return [h("div", box, table)];
}

// Which answers the person made firm or mere wishes: part of the result, so it is said.
function marks({ hard, soft }, { labels }) {
  const named = (fields) => fields.map((field) => labels[field]).filter(Boolean).map(questionOf);
  const said = [
    [named(hard), "Counted firmly"],
    [named(soft), "Counted as a wish only"],
  ].filter(([fields]) => fields.length);
  if (!said.length) return null;
  const words = said.map(([fields, how]) => `${how}: ${fields.join(" ")}`);
  return h("p", { class: "verdict__marks" }, words.join(" "));
}

function questionOf(id) {
  return document.getElementById(id).labels[0].textContent.replace(/ \([^)]*\)$/, "");
}

function question(item, { labels }) {
  if (!item) return [];
  const button = h("button", { type: "button", class: "md-button" }, "Answer it");
  button.addEventListener("click", () => document.getElementById(labels[item.field])?.focus());
  const leads = item.leads.map(({ answer, recommend }) =>
    h("li", {}, `${answer}: ${recommend.join(" or ") || "still open"}`),
  );
  return [
    h("h4", {}, "The question that decides most"),
    h("p", {}, `${item.text} `, button),
    h("details", {}, h("summary", {}, "Where each answer leads"), h("ul", {}, ...leads)),
  ];
}

function clash({ options, sentence, fixes, fact }) {
  return h(
    "li",
    {},
    `${options.join(" + ")}: ${sentence} `,
    fact ? source(fact) : null,
    h("ul", {}, ...fixes.map((fix) => h("li", {}, fix))),
  );
}

// Sections of the guide on this decision, by tag.
function more(topics) {
  if (!topics.length) return null;
  const explorer = new URL("../../tags/", import.meta.url);
  const links = topics.flatMap(([title, query, count], place) => [
    place ? ", " : " ",
    h("a", { href: `${explorer.href}?${query}` }, `${title} (${count})`),
  ]);
  return h("p", { class: "verdict__more" }, "More on this:", ...links, ".");
}

// What the options that are left cost, and the way to the page with these figures in it.
function cost(line) {
  if (!line) return null;
  const query = new URLSearchParams(line.query);
  for (const { option } of line.options) query.append("option", option);
  const page = new URL("../../optimize/break-even/", import.meta.url);
  const link = h("a", { href: `${page.href}?${query}` }, "Compare costs with your own prices");
  return h("p", { class: "verdict__cost" }, `${line.sentence} `, link, ".");
}

function warning({ option, status, sentence, instead }) {
  return h(
    "p",
    { class: `verdict__warning status--${status}` },
    `${option}: ${sentence} `,
    instead ? `A new account: ${instead}` : null,
  );
}

function copies(verdict, { link, record }) {
  return h(
    "p",
    { class: "verdict__copies" },
    copy("Copy link", () => link),
    " ",
    copy("Copy as Markdown", record),
    " ",
    copy("Copy as JSON", () => JSON.stringify(verdict, null, 2)),
  );
}

function copy(label, text) {
  const button = h("button", { type: "button", class: "md-button" }, label);
  button.addEventListener("click", async () => {
    try {
      await toClipboard(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copying was not allowed";
    }
  });
  return button;
}

// A promise inside a ClipboardItem keeps the click's permission while Python writes the text.
async function toClipboard(text) {
  if (typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
