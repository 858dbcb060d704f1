const FIRST_MILLIS = 500;
const LONGEST_MILLIS = 30_000;

/**
 * Exponential back-off with jitter: each delay is drawn from the upper half of a doubling range, so that the clients
 * of a restarted server do not all come back in the same instant, and none comes back at once.
 */
export class Backoff {
  #failures = 0;

  next() {
    const ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** this.#failures++);
    return Math.round(ceiling * (0.5 + Math.random() / 2));
  }

  reset() {
    this.#failures = 0;
  }
}
