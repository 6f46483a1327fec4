// The module worker that runs Python. It only ever loads this site's own files, and only plain
// JSON text crosses to and from the page.

let handle = null;

// Counts the bytes that come in, so that the page can say how far it is, and tells at once of a
// file that does not come: Pyodide itself waits for ever when its WebAssembly is missing.
function watchDownloads(report) {
  const plainFetch = self.fetch;
  let received = 0;
  let fail;
  const failed = new Promise((_, reject) => {
    fail = reject;
  });
  const counted = (response) => {
    const counter = new TransformStream({
      transform(chunk, controller) {
        received += chunk.byteLength;
        report(received);
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  };
  self.fetch = async (...request) => {
    try {
      const response = await plainFetch(...request);
      if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
      return counted(response);
    } catch (error) {
      fail(error);
      throw error;
    }
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
  return { failed, stop };
}

async function start({ core, checker }) {
  if (typeof WebAssembly === "undefined") throw new Error("no-webassembly");
  const downloads = watchDownloads((bytes) => self.postMessage({ progress: bytes }));
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const loading = loadPyodide({
    indexURL: core,
    stdLibURL: `${core}python_stdlib.zip`,
    lockFileURL: `${checker}pyodide-lock.json`,
    packageBaseUrl: checker,
    packages: ["sagemaker-checker"],
    checkIntegrity: true,
  });
  const pyodide = await Promise.race([loading, downloads.failed]);
  handle = pyodide.pyimport("checker.browser").handle;
  downloads.stop();
  return "ready";
}

const methods = { start, ask: (request) => JSON.parse(handle(JSON.stringify(request))) };

self.onmessage = async ({ data: { id, method, params } }) => {
  try {
    self.postMessage({ id, result: await methods[method](params) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
