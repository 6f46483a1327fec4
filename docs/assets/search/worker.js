// Answers the theme's search box in place of the theme's own worker, by the theme's messages: lunr
// cannot require every word of what is typed, and ranks a page by how often a word is in it.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
// Building the index occupies a core for a moment, which the page itself needs more at first.
const WAIT_MS = 2500;

let docs = null;
let built = null;

// A published site has its sections apart from the index that the theme asks for on each page.
async function sections() {
  if (docs?.length) return docs;
  const answer = await fetch(new URL("../../search/sections.json", location.href));
  return answer.json();
}

function search() {
  built ??= Promise.all([import("../vendor/minisearch/index.js"), import("./ranking.js"), sections()]).then(
    ([{ default: MiniSearch }, { Search }, found]) => new Search(MiniSearch, found),
  );
  return built;
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    docs = data.docs;
    setTimeout(search, WAIT_MS);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    // The theme asks for nothing as a page loads.
    const items = data.trim() ? (await search()).find(data) : [];
    postMessage({ type: RESULT, data: { items } });
  }
});
