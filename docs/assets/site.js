// Small repairs to the theme, and what every page does when it comes up.

import { watchDiagrams } from "./diagrams.js";

// The search dialog has a role but no name (squidfunk/mkdocs-material issue 6838).
function nameSearch() {
  document.querySelector('.md-search[role="dialog"]')?.setAttribute("aria-label", "Search");
}

// The home page's box: its text goes behind the "#", which no host gets to see.
function takeToChecker() {
  const form = document.querySelector("form.home-ask");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.querySelector("textarea").value.trim();
    location.href = `${new URL(form.dataset.check, document.baseURI)}#text=${encodeURIComponent(text)}`;
  });
}

function ready() {
  takeToChecker();
  nameSearch();
  watchDiagrams();
}

// The theme's instant navigation replaces the page without loading it anew.
if (window.document$) window.document$.subscribe(ready);
else ready();
