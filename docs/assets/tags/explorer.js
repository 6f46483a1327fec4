// The tag explorer: any number of tags and words, with counts that follow, kept in the address.

const STEP = 50;

class TagExplorer extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "yes";
    this.form = this.querySelector("form");
    this.result = this.querySelector(".explorer__result");
    this.boxes = [...this.form.querySelectorAll("[name=tag]")];
    this.words = this.form.querySelector("#explorer-words");
    this.any = this.form.querySelector("#explorer-any");
    this.plain = [...this.result.childNodes];
    this.status = element("p", { class: "explorer__status", role: "status", "aria-live": "polite" });
    this.list = element("ol", { class: "explorer__list" });
    this.more = element("button", { type: "button", class: "md-button" }, "Show more");
    this.more.addEventListener("click", () => this.#show(this.shown + STEP));
    try {
      await this.#load();
    } catch (error) {
      console.warn("tag explorer:", error);
      return;
    }
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.#changed());
    this.form.addEventListener("reset", () => setTimeout(() => this.#changed()));
    this.onHash = () => this.#fromAddress();
    window.addEventListener("hashchange", this.onHash);
    this.#fromAddress();
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.onHash);
  }

  async #load() {
    const at = (path) => new URL(path, document.baseURI).href;
    const [{ default: MiniSearch }, response] = await Promise.all([
      import(at(this.dataset.search)),
      fetch(at(this.dataset.index)),
    ]);
    if (!response.ok) throw new Error(`${response.status} for the index`);
    this.entries = await response.json();
    this.search = new MiniSearch({
      fields: ["title", "crumbs", "tags", "text"],
      extractField: (entry, name) => (Array.isArray(entry[name]) ? entry[name].join(" ") : entry[name]),
      searchOptions: { boost: { title: 4, tags: 3, crumbs: 2 }, prefix: true, combineWith: "AND" },
    });
    this.search.addAll(this.entries);
  }

  // The address holds the filter: ?tag=exam-tip&tag=kind:limit&words=serverless&any=1, or #tag:exam-tip.
  #fromAddress() {
    const query = new URLSearchParams(location.search);
    const wanted = new Set(query.getAll("tag"));
    const anchor = decoded(location.hash.slice(1));
    if (anchor.startsWith("tag:")) wanted.add(this.#tagOf(anchor));
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
    const query = new URLSearchParams();
    for (const tag of this.#tags()) query.append("tag", tag);
    if (this.words.value.trim()) query.set("words", this.words.value.trim());
    if (this.any.checked) query.set("any", "1");
    const address = query.size ? `?${query}` : location.pathname;
    history.replaceState(history.state, "", address);
    this.#update();
  }

  #tags() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  #update() {
    const tags = this.#tags();
    const words = this.words.value.trim();
    const found = this.#spoken(words);
    this.found = found.filter((entry) => this.#fits(entry, tags));
    for (const box of this.boxes) this.#count(box, found, tags);
    if (tags.length || words) {
      this.#show(STEP);
    } else {
      this.status.textContent = `${this.entries.length} tagged pages and sections. Pick tags, or type words.`;
      this.result.replaceChildren(this.status, ...this.plain);
    }
  }

  #spoken(words) {
    if (!words) return this.entries;
    const bare = words.replaceAll("#", " ");
    return this.search.search(bare).map(({ id }) => this.entries[id]);
  }

  #fits(entry, tags) {
    if (!tags.length) return true;
    const has = (tag) => entry.tags.includes(tag);
    return this.any.checked ? tags.some(has) : tags.every(has);
  }

  // How many results there are with this tag, as well as those picked.
  #count(box, found, tags) {
    const with_ = this.any.checked ? [box.value] : [...tags, box.value];
    const has = (entry) => with_.every((tag) => entry.tags.includes(tag));
    const count = found.reduce((sum, entry) => sum + has(entry), 0);
    const label = box.closest("label");
    label.querySelector(".explorer__count").textContent = count;
    label.classList.toggle("explorer__tag--empty", count === 0);
  }

  #show(most) {
    this.shown = most;
    const root = new URL(this.dataset.root, document.baseURI);
    this.list.replaceChildren(...this.found.slice(0, most).map((entry) => item(entry, root)));
    const count = this.found.length;
    this.status.textContent = count === 1 ? "1 result" : `${count} results`;
    this.more.hidden = count <= most;
    this.result.replaceChildren(this.status, this.list, this.more);
  }
}

function item(entry, root) {
  const link = element("a", { href: new URL(entry.url, root).href }, entry.title);
  const crumbs = entry.crumbs.length
    ? element("span", { class: "explorer__crumbs" }, `${entry.crumbs.join(" › ")} › `)
    : "";
  const text = entry.text.length > 160 ? `${entry.text.slice(0, 160)}…` : entry.text;
  return element(
    "li",
    {},
    crumbs,
    link,
    element("p", { class: "explorer__text" }, text),
    element("p", { class: "explorer__tags" }, entry.tags.join(" · ")),
  );
}

// An anchor that a mail program or a prankster cut short is no tag, and no reason to stop.
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
