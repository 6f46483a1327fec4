// Small helpers for elements. Text goes in as text; nothing here ever parses HTML.

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, string>} [attributes]
 */
export function button(label, press, attributes = {}) {
  const made = h("button", { type: "button", class: "md-button", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

/** @param {string} label @param {() => string | Promise<string>} text */
export function copyButton(label, text) {
  const made = button(label, async () => {
    try {
      await toClipboard(text());
      made.textContent = "Copied";
    } catch {
      made.textContent = "The browser did not allow copying";
    }
    setTimeout(() => (made.textContent = label), 2500);
  });
  return made;
}

// A promise inside a ClipboardItem keeps the click's permission while Python writes the text.
/** @param {string | Promise<string>} text */
async function toClipboard(text) {
  if (typeof ClipboardItem === "undefined") {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** @template {HTMLElement} [T=HTMLElement] @param {ParentNode} root @param {string} selector @returns {T} */
export function one(root, selector) {
  return /** @type {T} */ (root.querySelector(selector));
}

/** @template {HTMLElement} [T=HTMLElement] @param {ParentNode} root @param {string} selector @returns {T[]} */
export function all(root, selector) {
  return /** @type {T[]} */ ([...root.querySelectorAll(selector)]);
}

// Only links to other pages of the web, and only https; a link's address comes from the data.
/** @param {string} url */
export function safe(url) {
  return url.startsWith("https://");
}
