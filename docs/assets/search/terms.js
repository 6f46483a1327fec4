// How a text becomes the words that the search compares: the same for pages and for what is typed.

const STOP_WORDS = new Set("a an and are at be by can do does for how i if in is it of on or that the to what when which with".split(" "));
const UNIT = /(\d)(kb|mb|gb|tb|kib|mib|gib|ms|s|min|h|days?)\b/gi;

export function tokenize(text) {
  return text
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(UNIT, "$1 $2")
    // "A/B" and "CI/CD" are one word each.
    .replace(/\b([a-z]{1,2})\/([a-z]{1,2})\b/gi, "$1$2")
    .split(/[^\p{L}\p{N}.]+|\.(?!\d)|(?<!\d)\./u)
    .filter(Boolean);
}

export function processTerm(word) {
  const lower = word.toLowerCase();
  if (STOP_WORDS.has(lower)) return null;
  if (lower.length > 3 && lower.endsWith("s") && !lower.endsWith("ss")) return lower.slice(0, -1);
  return lower;
}

export function words(text) {
  return tokenize(text).map(processTerm).filter(Boolean);
}
