// Where a browser blocks storage, even looking at it throws, and the theme looks before all else:
// it would lose search and palettes. It gets a memory that lasts as long as the page instead.

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
  };
}

for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].getItem("");
  } catch {
    Object.defineProperty(window, name, { value: memory() });
  }
}
