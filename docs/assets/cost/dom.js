// Elements from plain values. Text goes in as text; nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

// A table in a box that scrolls by keyboard and says what it is.
export function table(caption, kind, columns, rows) {
  const head = columns.map((words) => h("th", { scope: "col" }, words));
  const body = h("tbody", {}, ...rows);
  const inner = [h("caption", {}, caption), h("thead", {}, h("tr", {}, ...head)), body];
  const box = { class: "table-box", role: "region", "aria-label": caption, tabindex: "0" };
  return h("div", box, h("table", { class: kind }, ...inner));
}

export function row(header, ...cells) {
  return h("tr", {}, h("th", { scope: "row" }, header), ...cells.map((cell) => h("td", {}, cell)));
}

export function list(tag, items, attributes = {}) {
  return h(tag, attributes, ...items.map((words) => h("li", {}, words)));
}
