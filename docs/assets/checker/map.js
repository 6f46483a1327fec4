// Marks the person's point on the maps of a decision; the maps themselves are drawn at build time.

export function markPoint(maps, situation) {
  if (!maps) return;
  const said = Object.fromEntries(situation.map((item) => [item.field, item]));
  const traffic = said.traffic?.answer;
  for (const map of maps.querySelectorAll("details.map")) {
    const share = (axis) => shareOf(map.dataset[axis], said[axis]?.number);
    place(map, share("payload"), share("duration"), said);
    if (traffic && map.querySelector("summary").textContent.endsWith(traffic.toLowerCase())) map.open = true;
  }
}

// Where a number stands between the ends of a log scale, from 0 to 1; null where there is none.
function shareOf(ends, number) {
  if (typeof number !== "number") return null;
  const [low, high] = ends.split(",").map(Number);
  const inside = Math.min(Math.max(number, low), high);
  return Math.log(inside / low) / Math.log(high / low);
}

function place(map, across, up, said) {
  const point = map.querySelector(".map__point");
  const words = map.querySelector(".map__you");
  const shown = across !== null && up !== null;
  point.toggleAttribute("hidden", !shown);
  words.hidden = !shown;
  if (!shown) return;
  const area = map.querySelector(".map__frame");
  const at = (name) => Number(area.getAttribute(name));
  point.setAttribute("cx", at("x") + across * at("width"));
  point.setAttribute("cy", at("y") + (1 - up) * at("height"));
  words.textContent = `Your point: ${said.payload.answer} and ${said.duration.answer}. Your other answers can lead elsewhere than this map; the verdict counts them all.`;
}
