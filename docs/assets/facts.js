// The filter of the limits page: words and kinds, kept in the address.

class FactFilter extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.rows = [...this.querySelectorAll(".fact-row")].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    this.words = this.form.querySelector("[type=search]");
    this.boxes = [...this.form.querySelectorAll("[name=kind]")];
    this.status = this.form.querySelector("[role=status]");
    const query = new URLSearchParams(location.search);
    this.words.value = query.get("words") ?? "";
    for (const box of this.boxes) box.checked = query.getAll("kind").includes(box.value);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.#changed());
    this.form.hidden = false;
    this.#show();
    this.reveal = () => this.#reveal();
    addEventListener("hashchange", this.reveal);
    this.#reveal();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.reveal);
    clearTimeout(this.pending);
  }

  // Browsers refuse to write the address hundreds of times in a row, as fast typing would.
  #changed() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.#toAddress(), 250);
    this.#show();
  }

  #toAddress() {
    const query = new URLSearchParams();
    if (this.words.value.trim()) query.set("words", this.words.value.trim());
    for (const box of this.boxes) if (box.checked) query.append("kind", box.value);
    history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname);
  }

  // Not every browser opens the fold around a link's target.
  #reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const topic = target?.closest(".fact-topic");
    if (!topic || topic.open) return;
    topic.open = true;
    target.scrollIntoView();
  }

  #show() {
    const words = this.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = new Set(this.boxes.filter((box) => box.checked).map((box) => box.value));
    const narrowed = words.length > 0 || kinds.size > 0;
    let count = 0;
    for (const { row, text } of this.rows) {
      row.hidden = !(words.every((word) => text.includes(word)) && (!kinds.size || kinds.has(row.dataset.kind)));
      count += row.hidden ? 0 : 1;
    }
    for (const topic of this.querySelectorAll(".fact-topic")) {
      topic.hidden = !topic.querySelector(".fact-row:not([hidden])");
      if (narrowed !== this.narrowed) topic.open = narrowed;
    }
    this.narrowed = narrowed;
    this.status.textContent = count ? `${count} of ${this.rows.length} facts` : "No facts match. Remove a word or a kind.";
  }
}

if (!customElements.get("fact-filter")) customElements.define("fact-filter", FactFilter);
