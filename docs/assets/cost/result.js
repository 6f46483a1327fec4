// An estimate as elements, in the order in which the page has its worked example.

import { chart } from "./chart.js";
import { h, list, row, table } from "./dom.js";

export function renderResult(found, kindOf) {
  return [
    figure(found, kindOf),
    ...crossings(found),
    table(
      `Cost of a month of ${found.month} hours, ${found.currency}`,
      "cost__table",
      ["Option and meter", "Quantity", "Price", "Amount"],
      found.options.flatMap(rows),
    ),
    table(
      "Prices used",
      "cost__table",
      ["Meter", "Price", "Where it comes from"],
      found.prices.map((price) => row(price.label, `${price.shown} per ${price.unit}`, origin(price))),
    ),
    found.notes.length ? list("ul", found.notes, { class: "cost__notes" }) : null,
    h("details", { class: "cost__more" }, h("summary", {}, "Not counted"), list("ul", found.not_counted)),
  ].filter(Boolean);
}

function figure(found, kindOf) {
  const label = "Cost a month by requests a month";
  const box = { class: "table-box picture-box", role: "region", "aria-label": label, tabindex: "0" };
  const letters = Object.fromEntries(found.chart.lines.map(({ option, letter }) => [option, letter]));
  const keys = found.options.map(({ option, label: name, shown, out }) =>
    h(
      "li",
      { class: `cost__key${out ? " cost__out" : ""}` },
      h("span", { class: `cost__swatch ${kindOf(option)}`, "aria-hidden": "true" }, letters[option] ?? "–"),
      " ",
      out ? `${name}: ${out.sentence}` : `${name}: ${shown ?? "a figure is missing"}`,
    ),
  );
  return h(
    "figure",
    { class: "cost__chart" },
    h("div", box, chart(found.chart, kindOf)),
    h("ul", { class: "cost__legend" }, ...keys),
  );
}

function crossings({ crossings: points, throughout, warm }) {
  const others = [...throughout, ...(warm ? [warm.sentence] : [])];
  const said = points.map(({ sentence }) => sentence);
  return [
    h("h3", {}, "Where costs cross"),
    said.length ? list("ol", said, { class: "cost__crossings" }) : null,
    others.length ? list("ul", others) : null,
  ];
}

function rows({ label, shown, out, missing, meters, notes }) {
  const why = out ? `${out.sentence}${out.rule ? ` (${out.rule})` : ""}` : missing.map(({ sentence }) => sentence).join(" ");
  const total = h(
    "tr",
    { class: out ? "cost__total cost__out" : "cost__total" },
    h("th", { scope: "row" }, label),
    h("td", { colspan: "2" }, why || notes.join(" ")),
    h("td", {}, out ? "ruled out" : (shown ?? "–")),
  );
  const details = out ? [] : meters;
  return [
    total,
    ...details.map((meter) =>
      row(meter.label, `${meter.quantity_shown} ${meter.unit}`, meter.price_shown, meter.amount_shown),
    ),
  ];
}

function origin({ own, source, region, seen, old, disputed }) {
  if (own) return "your own";
  const known = source.url?.startsWith("https://");
  const place = known ? h("a", { href: source.url, rel: "noopener" }, source.title) : source.title;
  const others = disputed.length ? `; also seen: ${disputed.join(" and ")}` : "";
  return h("span", {}, `${region}, seen ${seen}${old ? ", older than 90 days" : ""}${others}: `, place);
}

// What can be copied; `found` gives the newest estimate when a button is pressed.
export function renderCopies(found) {
  return h(
    "p",
    { class: "verdict__copies" },
    copy("Copy link", () => location.href),
    " ",
    copy("Copy as Markdown", () => found().copies.markdown),
    " ",
    copy("Copy as CSV", () => found().copies.csv),
    " ",
    copy("Copy as JSON", () => JSON.stringify(plain(found()), null, 2)),
  );
}

function plain({ copies: _copies, chart: _chart, ...rest }) {
  return rest;
}

function copy(label, text) {
  const button = h("button", { type: "button", class: "md-button" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser did not allow copying";
    }
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
  return button;
}
