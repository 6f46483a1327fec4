// The module worker that runs Python. It only ever loads this site's own files, and only plain
// JSON text crosses to and from the page.

let handle = null;

// Counts the bytes that come in, so that the page can say how far it is.
function countDownloads(report) {
  const plainFetch = self.fetch;
  let received = 0;
  self.fetch = async (...request) => {
    const response = await plainFetch(...request);
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
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
  return () => {
    self.fetch = plainFetch;
  };
}

async function start({ core, checker }) {
  if (typeof WebAssembly === "undefined") throw new Error("no-webassembly");
  const stopCounting = countDownloads((bytes) => self.postMessage({ progress: bytes }));
  const { loadPyodide } = await import(`${core}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: core,
    stdLibURL: `${core}python_stdlib.zip`,
    lockFileURL: `${checker}pyodide-lock.json`,
    packageBaseUrl: checker,
    packages: ["sagemaker-checker"],
    checkIntegrity: true,
  });
  handle = pyodide.pyimport("checker.browser").handle;
  stopCounting();
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
