// Small repairs to the theme, and diagrams that load only where a reader gets to see them.

// The search dialog has a role but no name (squidfunk/mkdocs-material issue 6838).
function nameSearch() {
  document.querySelector('.md-search[role="dialog"]')?.setAttribute("aria-label", "Search");
}

let library = null;

async function draw(block) {
  const source = block.querySelector("code").textContent;
  library ??= import(new URL("vendor/mermaid/mermaid.esm.min.mjs", import.meta.url)).then(
    ({ default: mermaid }) => {
      const dark = document.body.dataset.mdColorScheme === "slate";
      mermaid.initialize({
        startOnLoad: false,
        theme: dark ? "dark" : "neutral",
        securityLevel: "strict",
        gantt: { fontSize: 14, sectionFontSize: 14, barHeight: 26, useWidth: 900 },
      });
      return mermaid;
    },
  );
  const mermaid = await library;
  const { svg } = await mermaid.render(`diagram-${crypto.randomUUID()}`, source);
  const figure = document.createElement("figure");
  figure.className = "diagram";
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  figure.append(document.importNode(parsed, true));
  block.replaceWith(figure);
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    // The source of the diagram stays where it is when it cannot be drawn.
    draw(target).catch((error) => console.warn("diagram not drawn:", error));
  }
}, { rootMargin: "300px" });

function ready() {
  nameSearch();
  for (const block of document.querySelectorAll("pre.diagram-source")) seen.observe(block);
}

// The theme's instant navigation replaces the page without loading it anew.
if (window.document$) window.document$.subscribe(ready);
else ready();
