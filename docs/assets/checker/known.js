// Verdicts of links that the site itself makes: worked out at build time by the same engine.
// See macros/runtime/verdicts.py, which names the files.

/** @import { Answers, Reply } from "./protocol.js" */

/** @param {Uint8Array} bytes @param {number} value */
function fnv(bytes, value) {
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}

/** @param {string} decision @param {Answers} answers */
export function nameOf(decision, answers) {
  const names = Object.keys(answers).sort();
  const text = [decision, ...names.map((name) => `${name}=${answers[name]}`)].join("\n");
  const bytes = new TextEncoder().encode(text);
  return fnv(bytes, 0x811c9dc5) + fnv(bytes, 0x01000193);
}

/**
 * The verdict on these answers where the build made it, or null.
 * @param {{decision: string, known: string, folder: string}} page
 * @param {Answers} answers
 * @returns {Promise<Reply | null>}
 */
export async function knownReply({ decision, known, folder }, answers) {
  const name = nameOf(decision, answers);
  if (!known.split(" ").includes(name)) return null;
  const response = await fetch(new URL(`${folder}${decision}-${name}.json`, document.baseURI)).catch(() => null);
  return response?.ok ? response.json() : null;
}
