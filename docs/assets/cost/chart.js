// Draws the geometry that Python gives, as macros/draw/cost.py draws it into the page.

import { s } from "./dom.js";

const LINE = "map__grid";
// The room of a crossing's label in pixels, as checker/cost/chart.py has it.
const LABEL = 120;

export function chart({ width, height, frame, title, x_ticks, y_ticks, lines, crossings, you }, kindOf) {
  const [left, top, right, bottom] = frame;
  const middle = (left + right) / 2;
  const attributes = {
    class: "picture picture--cost",
    role: "img",
    "aria-label": title,
    viewBox: `-1 -1 ${width + 2} ${height + 2}`,
    width: width + 2,
    height: height + 2,
  };
  return s(
    "svg",
    attributes,
    ...x_ticks.map(({ at }) => path(`M${at} ${top}V${bottom}`, LINE)),
    ...y_ticks.map(({ at }) => path(`M${left} ${at}H${right}`, LINE)),
    ...x_ticks.map(({ at, words }) => text(at, bottom + 15, words, "map__tick", "middle")),
    ...y_ticks.map(({ at, words }) => text(left - 6, at + 4, words, "map__tick", "end")),
    text(middle, bottom + 36, "Requests a month (log scale)", "map__axis", "middle"),
    ...(you === null
      ? []
      : [path(`M${you} ${top}V${bottom}`, "cost__you"), text(you + 4, bottom - 6, "you", "map__tick")]),
    ...lines.map(({ option, path: points }) =>
      path(`M${points.map(([x, y]) => `${x} ${y}`).join("L")}`, `cost__line ${kindOf(option)}`),
    ),
    ...lines.flatMap(({ option, letter, tag: [x, y] }) => [
      s("circle", { cx: x + 14, cy: y, r: 9, class: `cost__tag ${kindOf(option)}` }),
      text(x + 14, y + 4, letter, "cost__letter", "middle"),
    ]),
    ...crossings.flatMap((mark) => crossing(mark, left)),
  );
}

// Its label goes up and to the left, or down and to the right: no rising line runs there.
function crossing({ number, x, y, words, shown }, left) {
  const side = x - left > LABEL ? -1 : 1;
  const label = shown ? `${number}: ${words}` : number;
  return [
    s("circle", { cx: x, cy: y, r: 5, class: "cost__point" }),
    text(x + 6 * side, y + (side < 0 ? -11 : 18), label, "cost__crossing", side < 0 ? "end" : "start"),
  ];
}

function path(d, kind) {
  return s("path", { d, class: kind });
}

function text(x, y, words, kind, anchor = "start") {
  return s("text", { class: kind, "text-anchor": anchor, x, y }, words);
}
