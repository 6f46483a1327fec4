// Diagrams, drawn where a reader gets to see them, in the site's colours and never too small to read.

const LEAST_PX = 12;
const FONT_PX = 16;
// The part of the figure's width that padding and border use.
const FRAME_PX = 34;
// What the drawings of each kind consist of; one without any of these has failed.
const PARTS = ".node, .actor, .task, .state, .cluster";

let library = null;
let drawings = Promise.resolve();
// The source of each diagram that was drawn, for drawing it anew in the other colours.
const sources = new Map();

// Blocks whose drawing has begun.
const begun = new WeakSet();

export function watchDiagrams() {
  for (const block of document.querySelectorAll("pre.diagram-source")) seen.observe(block);
}

// Mermaid occupies a page for a moment: before the reader scrolls, only what is on the screen is
// drawn; after that, what comes soon as well.
let seen = watcher("0px");

addEventListener("scroll", () => {
  seen.disconnect();
  seen = watcher("300px");
  watchDiagrams();
}, { once: true, passive: true });

function watcher(rootMargin) {
  return new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || begun.has(target)) continue;
      begun.add(target);
      tryDrawing(target.querySelector("code").textContent, target);
    }
  }, { rootMargin });
}

new MutationObserver(() => {
  for (const [figure, source] of [...sources]) {
    sources.delete(figure);
    if (figure.isConnected) tryDrawing(source, figure);
  }
}).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

// One after the other, as Mermaid has one configuration for all. A diagram that cannot be drawn says
// so and stays as text.
function tryDrawing(source, place) {
  drawings = drawings
    .then(() => draw(source, place))
    .catch((error) => {
      console.warn("diagram not drawn:", error);
      const note = document.createElement("p");
      note.className = "diagram-failed";
      note.textContent = "This diagram could not be drawn here. The text below says the same.";
      place.before(note);
    });
}

async function draw(source, place) {
  library ??= import(new URL("vendor/mermaid/mermaid.esm.min.mjs", import.meta.url));
  const { default: mermaid } = await library;
  const scheme = document.body.dataset.mdColorScheme;
  const room = place.parentElement.clientWidth - FRAME_PX;
  mermaid.initialize(settings(room));
  let drawn = await render(mermaid, source);
  const upright = source.replace(/^(\s*flowchart\s+)(?:LR|RL)/, "$1TD");
  if (upright !== source && letters(drawn, room) < LEAST_PX) drawn = await render(mermaid, upright);
  // The reader may have switched the palette in the meantime.
  if (scheme !== document.body.dataset.mdColorScheme) return draw(source, place);
  const figure = document.createElement("figure");
  figure.className = "diagram";
  figure.dataset.scheme = scheme;
  // What is still too wide scrolls: letters stay large enough.
  // (a Gantt chart's axis has no larger ones to begin with).
  const drawnPx = source.trim().startsWith("gantt") ? LEAST_PX : FONT_PX;
  const least = (drawn.viewBox.baseVal.width * LEAST_PX) / drawnPx;
  if (least > room) {
    drawn.style.minWidth = `${Math.ceil(least)}px`;
    Object.assign(figure, { tabIndex: 0 });
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", "Diagram, wider than the page: scroll to see all of it");
  }
  figure.append(drawn);
  place.replaceWith(figure);
  sources.set(figure, source);
}

async function render(mermaid, source) {
  const { svg } = await mermaid.render(`diagram-${crypto.randomUUID()}`, source);
  // As HTML: a label may hold an element that XML wants closed, as <br>.
  const drawn = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  if (!drawn?.querySelector(PARTS)) throw new Error("nothing was drawn");
  return document.importNode(drawn, true);
}

// How large the letters are where a drawing has this much room.
function letters(drawn, room) {
  return Math.min(1, room / drawn.viewBox.baseVal.width) * FONT_PX;
}

function settings(room) {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name).trim();
  const [text, line, fill, card] = ["--diagram-text", "--diagram-line", "--diagram-fill", "--guide-card"].map(colour);
  const [accent, done] = ["--guide-teal", "--diagram-done"].map(colour);
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: "strict",
    theme: "base",
    fontFamily: style.fontFamily,
    fontSize: FONT_PX,
    flowchart: { wrappingWidth: 220, padding: 12, nodeSpacing: 36, rankSpacing: 44 },
    gantt: { fontSize: 13, sectionFontSize: 14, barHeight: 26, barGap: 6, useWidth: Math.max(room, 620), leftPadding: 110 },
    sequence: { messageFontSize: FONT_PX, actorFontSize: FONT_PX, noteFontSize: FONT_PX, actorMargin: 36, wrap: true },
    themeVariables: {
      fontFamily: style.fontFamily,
      fontSize: `${FONT_PX}px`,
      background: card,
      mainBkg: fill,
      primaryColor: fill,
      primaryBorderColor: line,
      primaryTextColor: text,
      secondaryColor: card,
      secondaryBorderColor: line,
      tertiaryColor: card,
      tertiaryBorderColor: line,
      lineColor: line,
      textColor: text,
      titleColor: text,
      nodeTextColor: text,
      edgeLabelBackground: card,
      clusterBkg: card,
      clusterBorder: line,
      actorBkg: fill,
      actorBorder: line,
      actorTextColor: text,
      actorLineColor: line,
      signalColor: text,
      signalTextColor: text,
      noteBkgColor: card,
      noteBorderColor: line,
      noteTextColor: text,
      labelTextColor: text,
      sectionBkgColor: fill,
      sectionBkgColor2: fill,
      altSectionBkgColor: card,
      gridColor: line,
      taskBkgColor: done,
      taskBorderColor: accent,
      taskTextColor: text,
      taskTextDarkColor: text,
      taskTextLightColor: text,
      taskTextOutsideColor: text,
      transitionColor: line,
      transitionLabelColor: text,
      stateBkg: fill,
      stateLabelColor: text,
      specialStateColor: text,
    },
  };
}
