// The tag explorer: any number of tags and words, with counts that follow, kept in the address.

const STEP = 25;
// Browsers refuse to write the address hundreds of times in a row, as fast typing would.
const PAUSE = 250;
const STOP_WORDS = new Set(["a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"]);
const NARROW = window.matchMedia("(max-width: 59.9375em)");

class TagExplorer extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "no";
    this.form = this.querySelector("form");
    this.result = this.querySelector(".explorer__result");
    this.boxes = [...this.form.querySelectorAll("[name=tag]")];
    this.labels = new Map(this.boxes.map((box) => [box.value, box.closest("label")]));
    this.names = new Map(this.boxes.map((box) => [box.value, box.nextSibling.textContent.trim()]));
    this.words = this.form.querySelector("#explorer-words");
    this.any = this.form.querySelector("#explorer-any");
    this.plain = [...this.result.childNodes];
    this.status = element("p", { class: "explorer__status", role: "status", "aria-live": "polite" });
    this.list = element("ol", { class: "explorer__list" });
    this.more = element("button", { type: "button", class: "md-button" }, "Show more");
    this.more.addEventListener("click", () => this.#showMore());
    try {
      await this.#load();
    } catch (error) {
      console.warn("tag explorer:", error);
      this.dataset.ready = "failed";
      return;
    }
    this.#listen();
    this.form.hidden = false;
    this.form.querySelector("details").open = !NARROW.matches;
    this.#fromAddress();
    this.dataset.ready = "yes";
  }

  disconnectedCallback() {
    clearTimeout(this.pending);
    window.removeEventListener("hashchange", this.onAddress);
    window.removeEventListener("popstate", this.onAddress);
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.list.querySelector("a")?.focus();
    });
    this.form.addEventListener("input", () => this.#changed());
    this.result.addEventListener("click", () => this.pending && this.#toAddress(), { capture: true });
    this.form.addEventListener("reset", () => setTimeout(() => this.#changed()));
    this.onAddress = () => this.#fromAddress();
    window.addEventListener("hashchange", this.onAddress);
    window.addEventListener("popstate", this.onAddress);
  }

  async #load() {
    const at = (path) => new URL(path, document.baseURI).href;
    const [{ default: MiniSearch }, response] = await Promise.all([
      import(at(this.dataset.search)),
      fetch(at(this.dataset.index)),
    ]);
    if (!response.ok) throw new Error(`${response.status} for the index`);
    this.entries = await response.json();
    for (const entry of this.entries) entry.has = new Set(entry.tags);
    this.search = new MiniSearch({
      fields: ["title", "crumbs", "tags", "text"],
      extractField: (entry, name) => (Array.isArray(entry[name]) ? entry[name].join(" ") : entry[name]),
      processTerm: term,
      searchOptions: { boost: { title: 4, tags: 3, crumbs: 2 }, prefix: true, combineWith: "AND" },
    });
    this.search.addAll(this.entries);
    this.tokenize = MiniSearch.getDefault("tokenize");
  }

  // The address holds the filter: ?tag=exam-tip&tag=kind:limit&words=serverless&any=1, or #tag:exam-tip.
  #fromAddress() {
    const query = new URLSearchParams(location.search);
    const wanted = new Set(query.getAll("tag"));
    const anchor = decoded(location.hash.slice(1));
    if (anchor.startsWith("tag:")) {
      wanted.add(this.#tagOf(anchor));
      // The anchor itself is further down, where tags are explained.
      requestAnimationFrame(() => scrollTo(0, 0));
    }
    for (const box of this.boxes) box.checked = wanted.has(box.value);
    this.words.value = query.get("words") ?? "";
    this.any.checked = query.has("any");
    this.#update();
  }

  // The theme's own listing writes tags into anchors without their marks.
  #tagOf(anchor) {
    const bare = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
    const name = bare(anchor.slice("tag:".length));
    return this.boxes.find((box) => bare(box.value) === name)?.value;
  }

  #changed() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.#toAddress(), PAUSE);
    this.#update();
  }

  // Instant navigation changes the address before it removes this element, so what is pending
  // is written before a link is followed; it is also what the way back leads to.
  #toAddress() {
    clearTimeout(this.pending);
    this.pending = null;
    const query = new URLSearchParams();
    for (const tag of this.#tags()) query.append("tag", tag);
    if (this.words.value.trim()) query.set("words", this.words.value.trim());
    if (this.any.checked) query.set("any", "1");
    history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname);
  }

  #tags() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  #update() {
    const tags = this.#tags();
    const words = this.words.value.trim();
    const spoken = this.#spoken(words);
    this.picked = new Set(tags);
    this.found = spoken.filter((entry) => this.#fits(entry, tags));
    // With any-of, a further tag adds to the result; with all-of it narrows it.
    this.#count(this.any.checked ? spoken : this.found);
    this.form.querySelector("summary").textContent = tags.length ? `Tags (${tags.length} selected)` : "Tags";
    if (tags.length || words) {
      this.#show(STEP);
    } else {
      this.status.textContent = `${this.entries.length} tagged pages and sections. Select tags or enter words.`;
      this.result.replaceChildren(this.status, ...this.plain);
    }
  }

  #spoken(words) {
    if (!words) return this.entries;
    const queries = this.tokenize(words)
      .filter(term)
      .map((word) => ({ queries: [word], boostDocument: firstMatch() }));
    return this.search.search({ combineWith: "AND", queries }).map(({ id }) => this.entries[id]);
  }

  #fits(entry, tags) {
    if (!tags.length) return true;
    return this.any.checked ? tags.some((tag) => entry.has.has(tag)) : tags.every((tag) => entry.has.has(tag));
  }

  // How many results there are with each tag, as well as those picked.
  #count(found) {
    const counts = new Map();
    for (const { tags } of found) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    for (const [tag, label] of this.labels) {
      const count = counts.get(tag) ?? 0;
      label.querySelector(".explorer__count").textContent = count;
      label.classList.toggle("explorer__tag--empty", count === 0);
    }
  }

  #show(most) {
    this.shown = most;
    const root = new URL(this.dataset.root, document.baseURI);
    const items = this.found.slice(0, most).map((entry) => item(entry, root, this.picked, this.names));
    this.list.replaceChildren(...items);
    const count = this.found.length;
    const words = count === 1 ? "1 result" : `${count} results`;
    this.status.textContent = count ? words : "No results. Remove a tag or a word.";
    this.more.hidden = count <= most;
    this.result.replaceChildren(this.status, this.list, this.more);
  }

  // Focus moves to the first new result after the reader asks for more.
  #showMore() {
    const before = this.shown;
    this.#show(before + STEP);
    this.list.children[before]?.querySelector("a")?.focus();
  }
}

// Small words say nothing, and "tips" looks for "tip" as well.
function term(word) {
  const lower = word.toLowerCase();
  if (STOP_WORDS.has(lower)) return null;
  return lower.length > 3 && lower.endsWith("s") && !lower.endsWith("ss") ? lower.slice(0, -1) : lower;
}

// A page counts with the first of the words that begin as the typed one does, the word itself before
// longer ones: weighing all of them is several times slower per key, for the same order in practice.
function firstMatch() {
  const first = new Map();
  return (id, found) => {
    if (!first.has(id)) first.set(id, found);
    return first.get(id) === found ? 1 : 0;
  };
}

function item(entry, root, picked, names) {
  const link = element("a", { href: new URL(entry.url, root).href }, entry.title);
  const crumbs = entry.crumbs.length
    ? element("span", { class: "explorer__crumbs" }, `${entry.crumbs.join(" › ")} › `)
    : "";
  const text = entry.text.length > 200 ? `${entry.text.slice(0, 200).replace(/\s+\S*$/, "")} …` : entry.text;
  const chips = entry.tags.flatMap((tag) => {
    const kind = picked.has(tag) ? "explorer__chip explorer__chip--picked" : "explorer__chip";
    return [element("span", { class: kind }, names.get(tag) ?? tag), " "];
  });
  return element(
    "li",
    {},
    element("p", { class: "explorer__title" }, crumbs, link),
    element("p", { class: "explorer__text" }, text),
    element("p", { class: "explorer__tags" }, ...chips),
  );
}

// An incomplete anchor, as from a mail program, is not a tag and must not stop the page.
function decoded(anchor) {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return "";
  }
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

if (!customElements.get("tag-explorer")) customElements.define("tag-explorer", TagExplorer);
