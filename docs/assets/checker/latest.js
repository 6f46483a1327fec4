// Of many questions in a row only the last one's answer counts.

/**
 * Runs a job a moment after the last call, and drops what an older call came to.
 * @template T
 */
export class Latest {
  #number = 0;
  /** @type {any} */ #timer = 0;

  /**
   * @param {number} wait milliseconds of quiet before a job starts
   * @param {{set: (job: () => void, ms: number) => any, clear: (timer: any) => void}} [clock]
   */
  constructor(wait, clock) {
    this.wait = wait;
    this.clock = clock ?? { set: (job, ms) => setTimeout(job, ms), clear: (timer) => clearTimeout(timer) };
  }

  /** Drops whatever is under way. */
  drop() {
    this.#number += 1;
    this.clock.clear(this.#timer);
  }

  /**
   * @param {() => Promise<T>} job
   * @param {(result: T) => void} done
   * @param {(error: any) => void} failed
   * @param {number} [wait]
   */
  run(job, done, failed, wait = this.wait) {
    this.drop();
    const mine = this.#number;
    const current = () => mine === this.#number;
    const begin = () =>
      job().then(
        (result) => current() && done(result),
        (error) => current() && failed(error),
      );
    if (wait) this.#timer = this.clock.set(() => void begin(), wait);
    else void begin();
  }
}
