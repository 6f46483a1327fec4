// Stands before the theme's search worker, whose file is named behind the "#", and holds back what
// it is sent: building the index takes a core for half a second, which Python and the page itself
// need more at first. It goes on once a reader turns to the search, or a little later by itself.

const WAIT_MS = 2500;
const held = [];

function hold(event) {
  event.stopImmediatePropagation();
  held.push(event.data);
}

function go() {
  clearTimeout(timer);
  wanted.close();
  removeEventListener("message", hold);
  importScripts(location.hash.slice(1));
  for (const data of held) dispatchEvent(new MessageEvent("message", { data }));
}

const timer = setTimeout(go, WAIT_MS);
const wanted = new BroadcastChannel("search-wanted");
wanted.onmessage = go;
addEventListener("message", hold);
