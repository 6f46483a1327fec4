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

// A print has everything; Safari before 18.4 cannot open a fold by style, which print.css does.
function unfoldForPrint() {
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("article details:not([open])")) {
      fold.open = true;
      opened.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });
}

function ready() {
  takeToChecker();
  nameSearch();
  watchDiagrams();
}

unfoldForPrint();

// The theme's instant navigation replaces the page without loading it anew.
if (window.document$) window.document$.subscribe(ready);
else ready();
