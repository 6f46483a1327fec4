// Small repairs to the theme, and diagrams that load only where a reader gets to see them.

// The search dialog has a role but no name (squidfunk/mkdocs-material issue 6838).
function nameSearch() {
  document.querySelector('.md-search[role="dialog"]')?.setAttribute("aria-label", "Search");
}

// The search builds its index a little after the page (javascripts/workers/hold.js), or at once for
// a reader who turns to it.
const wanted = new BroadcastChannel("search-wanted");
const search = document.querySelector("form[name=search]");
for (const sign of ["focusin", "input"]) {
  search?.addEventListener(sign, () => wanted.postMessage("now"), { once: true });
}
if (search?.contains(document.activeElement)) wanted.postMessage("now");

// The theme's own grey behind the words on an edge leaves them a contrast of 4.4 to 1.
const DARK = { theme: "dark", themeVariables: { edgeLabelBackground: "#2e303e" } };

let library = null;
// The source of each diagram that was drawn, for drawing it anew in the other colours.
const sources = new Map();

async function draw(source, place) {
  library ??= import(new URL("vendor/mermaid/mermaid.esm.min.mjs", import.meta.url));
  const { default: mermaid } = await library;
  const scheme = document.body.dataset.mdColorScheme;
  mermaid.initialize({
    startOnLoad: false,
    ...(scheme === "slate" ? DARK : { theme: "neutral" }),
    securityLevel: "strict",
    gantt: { fontSize: 14, sectionFontSize: 14, barHeight: 26, useWidth: 900 },
  });
  const { svg } = await mermaid.render(`diagram-${crypto.randomUUID()}`, source);
  // The reader may have switched meanwhile.
  if (scheme !== document.body.dataset.mdColorScheme) return draw(source, place);
  const figure = document.createElement("figure");
  figure.className = "diagram";
  figure.dataset.scheme = scheme;
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  figure.append(document.importNode(parsed, true));
  place.replaceWith(figure);
  sources.set(figure, source);
}

// The source of a diagram stays where it is when it cannot be drawn.
function tryDrawing(source, place) {
  draw(source, place).catch((error) => console.warn("diagram not drawn:", error));
}

new MutationObserver(() => {
  for (const [figure, source] of [...sources]) {
    sources.delete(figure);
    if (figure.isConnected) tryDrawing(source, figure);
  }
}).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    tryDrawing(target.querySelector("code").textContent, target);
  }
}, { rootMargin: "300px" });

function ready() {
  nameSearch();
  for (const block of document.querySelectorAll("pre.diagram-source")) seen.observe(block);
}

// The theme's instant navigation replaces the page without loading it anew.
if (window.document$) window.document$.subscribe(ready);
else ready();
