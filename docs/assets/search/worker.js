// Answers the theme's search box in place of the theme's own worker, by the theme's messages: lunr
// cannot require every word of what is typed, and ranks a page by how often a word is in it.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
// Building the index occupies a core for a moment, which the page itself needs more at first.
const WAIT_MS = 2500;

let docs = null;
let built = null;

function search() {
  built ??= Promise.all([import("../vendor/minisearch/index.js"), import("./ranking.js")]).then(
    ([{ default: MiniSearch }, { Search }]) => new Search(MiniSearch, docs),
  );
  return built;
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    docs = data.docs;
    setTimeout(search, WAIT_MS);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    postMessage({ type: RESULT, data: { items: (await search()).find(data) } });
  }
});
