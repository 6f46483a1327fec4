// The verdicts this browser has had: a link that is opened again has its verdict before Python is
// there. A verdict follows from the checker's files and the question alone, and is kept under both.
// Where a browser keeps nothing, each verdict is worked out anew. Texts are not kept.

const NAME = "verdicts ";
const AT_MOST = 50;

export class Kept {
  // checker: the address of the checker's files, in a folder that is named by their content.
  constructor(checker) {
    this.checker = checker;
    this.name = `${NAME}${checker}`;
  }

  // The answer to a question, or null.
  async find(question) {
    try {
      const found = await caches.match(this.#place(question), { cacheName: this.name });
      return found ? await found.json() : null;
    } catch {
      return null;
    }
  }

  // Takes an answer in; the oldest go where there are many, and those of other checkers at once.
  async keep(question, answer) {
    try {
      const mine = await caches.open(this.name);
      await mine.put(this.#place(question), new Response(JSON.stringify(answer)));
      for (const place of (await mine.keys()).slice(0, -AT_MOST)) await mine.delete(place);
      const family = `${NAME}${new URL("..", this.checker)}`;
      const others = (await caches.keys()).filter((name) => name.startsWith(family) && name !== this.name);
      await Promise.all(others.map((name) => caches.delete(name)));
    } catch {
      // Only time is lost: the next visit asks Python.
    }
  }

  // The order in which answers stand in a form or a link makes no other question.
  #place({ answers, ...more }) {
    const question = [Object.entries(answers).sort(), Object.entries(more).sort()];
    return `${this.checker}verdict?${encodeURIComponent(JSON.stringify(question))}`;
  }
}
