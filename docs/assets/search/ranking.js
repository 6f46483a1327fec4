// What the search finds, best first: every word has to be there, and titles count most.

import { processTerm, tokenize, words } from "./terms.js";

const BOOST = { title: 8, page: 4, text: 1, whole: 0.3 };
// A page whose title says what was typed, and little else, is what was looked for; then a section.
const SAME_TITLE = { page: 6, begins: 3, section: 2 };
const WHOLE_PAGE = 2;
// A reader who types a number, or a word for a limit, looks for a fact rather than for a page.
const FACT = 5;
const ASKS_FOR_A_FACT = /^(?:\d|limit|quota|max|minimum|maximum|largest|longest)/;
const MOST = 60;
const AROUND = 90;
const MOST_OF_A_FACT = 700;

export class Search {
  // `docs` is the theme's index: pages, then their sections, each with a location, a title and HTML.
  constructor(MiniSearch, docs) {
    this.docs = docs.map((doc, id) => entry(doc, id));
    const titles = new Map();
    for (const doc of this.docs) if (!doc.anchor) titles.set(doc.path, doc.title);
    for (const doc of this.docs) doc.page = doc.anchor ? (titles.get(doc.path) ?? "") : "";
    this.pages = new Map(this.docs.filter((doc) => !doc.anchor).map((doc) => [doc.path, doc]));
    // A page is found as a whole if the words are spread over its sections.
    for (const page of this.pages.values()) page.whole = [];
    for (const doc of this.docs) this.pages.get(doc.path)?.whole.push(doc.title, doc.text);
    for (const page of this.pages.values()) page.whole = page.boost < 1 ? "" : page.whole.join(" ");
    this.index = new MiniSearch({
      fields: ["title", "page", "text", "whole"],
      tokenize,
      processTerm,
      searchOptions: {
        boost: BOOST,
        combineWith: "AND",
        // Numbers count as they are typed, so that 4 MB finds no 400.
        prefix: (term) => !/^\d/.test(term),
        boostDocument: (id) => this.docs[id].boost,
      },
    });
    this.index.addAll(this.docs);
    for (const page of this.pages.values()) page.whole = "";
  }

  // Groups of one page each: what the theme shows as a page with its sections below.
  find(typed) {
    const wanted = words(typed);
    if (!wanted.length) return [];
    let found = this.index.search(typed);
    if (!found.length) found = this.index.search(typed, { fuzzy: (term) => (term.length > 4 ? 0.2 : false) });
    const same = bare(typed);
    const fact = wanted.some((word) => ASKS_FOR_A_FACT.test(word)) ? FACT : 1;
    const ranked = found
      .slice(0, MOST)
      .map(({ id, score, match }) => {
        const doc = this.docs[id];
        const whole = titled(doc, same);
        const kind = doc.fact ? fact : doc.anchor ? 1 : WHOLE_PAGE;
        return { doc, score: score * whole * kind, terms: Object.keys(match) };
      })
      .sort((one, other) => other.score - one.score);
    const groups = new Map();
    for (const hit of ranked) groups.set(hit.doc.path, [...(groups.get(hit.doc.path) ?? []), hit]);
    return [...groups.values()].map((hits) => this.#group(hits, wanted));
  }

  #group(hits, wanted) {
    const { path } = hits[0].doc;
    const page = this.pages.get(path);
    if (page && !hits.some(({ doc }) => doc === page)) hits = [...hits, { doc: page, score: 0, terms: [] }];
    return hits.map(({ doc, score, terms }) => ({
      location: doc.location,
      title: marked(doc.title, terms),
      text: marked(excerpt(doc, terms), terms),
      score,
      terms: Object.fromEntries(wanted.map((word) => [word, true])),
    }));
  }
}

// Small words count here: "With Debugger" is not "Debugger".
function bare(title) {
  return tokenize(title.toLowerCase().replace(/^(?:amazon|aws|managed|sagemaker)\s+/, ""))
    .map((word) => word.replace(/s$/, ""))
    .join(" ");
}

function titled(doc, same) {
  const title = bare(doc.title);
  if (doc.anchor) return title === same ? SAME_TITLE.section : 1;
  if (title === same) return SAME_TITLE.page;
  return title.startsWith(`${same} `) ? SAME_TITLE.begins : 1;
}

function entry({ location, title, text, boost = 1 }, id) {
  const [path, anchor = ""] = location.split("#");
  const fact = path === "limits/" && anchor.includes(".");
  return { id, location, path, anchor, fact, title: plain(title), text: plain(text), boost };
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

function plain(html) {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity])
    .replace(/\s+/g, " ")
    .trim();
}

// The words around the first place that has one of the terms.
function excerpt({ text, fact }, terms) {
  // A fact is short, and its source and date are at its end.
  if (fact && text.length < MOST_OF_A_FACT) return text;
  const first = pattern(terms)?.exec(text);
  const start = first ? Math.max(0, first.index - AROUND) : 0;
  const from = start ? text.indexOf(" ", start) + 1 : 0;
  const end = Math.min(text.length, from + 2 * AROUND + 20);
  const to = end < text.length ? text.lastIndexOf(" ", end) : end;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

function marked(text, terms) {
  const found = pattern(terms, "giu");
  if (!found) return escaped(text);
  let [html, at] = ["", 0];
  for (const match of text.matchAll(found)) {
    html += `${escaped(text.slice(at, match.index))}<mark>${escaped(match[0])}</mark>`;
    at = match.index + match[0].length;
  }
  return html + escaped(text.slice(at));
}

function pattern(terms, flags = "iu") {
  const bare = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return bare.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${bare.join("|")})[\\p{L}\\p{N}]*`, flags) : null;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
