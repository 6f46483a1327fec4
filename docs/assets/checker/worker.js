// The module worker that runs Python. It only ever loads this site's own files, and only plain
// JSON text crosses to and from the page.

let checker = null;
let wordsAt = "";
let words = null;

// Nearly every host compresses .wasm, .txt and .json on the way. From one that does not, the twin is taken
// that the build packed, and unpacked here: a third of the bytes.
async function fetchSmall(plainFetch, url, init) {
  const response = await plainFetch(url, init);
  const { ok, headers } = response;
  if (!ok || !/(\.wasm|\.txt|words\.json)$/.test(url) || headers.has("content-encoding")) return response;
  if (typeof DecompressionStream === "undefined") return response;
  const packed = await plainFetch(`${url}.packed`);
  if (!packed.ok) return response;
  response.body.cancel();
  const type = headers.get("content-type");
  return new Response(packed.body.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "content-type": type },
  });
}

const TELL_MS = 100;

// Counts the bytes that come in, so that the page can say how far it is, and tells at once of a
// file that does not come: Pyodide itself waits for ever when its WebAssembly is missing.
function watchDownloads(report) {
  const plainFetch = self.fetch;
  let received = 0;
  let told = 0;
  let fail;
  const failed = new Promise((_, reject) => {
    fail = reject;
  });
  // A copy is counted: of a response made anew the browser keeps no compiled code for next time.
  const count = ({ body }) =>
    body.pipeTo(
      new WritableStream({
        write({ byteLength }) {
          received += byteLength;
          if (performance.now() < told + TELL_MS) return;
          told = performance.now();
          report(received);
        },
      }),
    );
  const early = new Map();
  const fetchWatched = async (url, init) => {
    try {
      const response = await fetchSmall(plainFetch, String(url), init);
      if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
      count(response.clone()).catch(fail);
      return response;
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  self.fetch = (url, init) => early.get(String(url)) ?? fetchWatched(url, init);
  // What Pyodide asks for once it has started is asked for beside it.
  const begin = (urls) => {
    for (const url of urls) early.set(url, fetchWatched(url));
  };
  // One that does not compile, as half of it came or another page in its place, is only logged.
  const plainCompile = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (...source) => {
    const compiling = plainCompile(...source);
    compiling.catch(fail);
    return compiling;
  };
  const stop = () => {
    self.fetch = plainFetch;
    WebAssembly.instantiateStreaming = plainCompile;
  };
  return { begin, failed, stop };
}

// What a first question would have to wait for is done while none is asked: after each piece the
// worker looks for questions first.
const PAUSE_MS = 100;
let pause = 0;

function warmUp() {
  if (checker.warm()) pause = setTimeout(warmUp);
  else if (!words) loadWords().then(warmUp, () => {});
}

// What only texts are read with comes after the first verdict, or with the first text.
function loadWords() {
  words ??= fetchWords().catch((error) => {
    words = null;
    throw error;
  });
  return words;
}

async function fetchWords() {
  const response = await fetchSmall(fetch, wordsAt);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  checker.add_words(await response.text());
}

async function ask(request) {
  clearTimeout(pause);
  try {
    if ("text" in request) await loadWords();
    return JSON.parse(checker.handle(JSON.stringify(request)));
  } finally {
    pause = setTimeout(warmUp, PAUSE_MS);
  }
}

async function start({ core, checker: place }) {
  if (typeof WebAssembly === "undefined") throw new Error("no-webassembly");
  const downloads = watchDownloads((bytes) => self.postMessage({ progress: bytes }));
  const stdLibURL = `${core}python_stdlib.zip.txt`;
  const lockFileURL = `${place}pyodide-lock.json`;
  downloads.begin([`${core}pyodide.asm.wasm`, stdLibURL, lockFileURL]);
  import(`${core}pyodide.asm.mjs`).catch(() => {});
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const loading = loadPyodide({
    indexURL: core,
    stdLibURL,
    lockFileURL,
    packageBaseUrl: place,
    packages: ["sagemaker-checker"],
    checkIntegrity: true,
  });
  const pyodide = await Promise.race([loading, downloads.failed]);
  checker = pyodide.pyimport("checker.browser");
  wordsAt = `${place}words.json`;
  downloads.stop();
  pause = setTimeout(warmUp, PAUSE_MS);
  return "ready";
}

const methods = { start, ask };

self.onmessage = async ({ data: { id, method, params } }) => {
  try {
    self.postMessage({ id, result: await methods[method](params) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
