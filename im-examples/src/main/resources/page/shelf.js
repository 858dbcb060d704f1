/** JSON values in the browser's storage under one prefix; where storage is refused, in memory for the life of the page. */
export class Shelf {
  /** A function, as a browser may throw where storage is merely mentioned. */
  #area;
  #prefix;
  #memory = new Map();

  constructor(area, prefix) {
    this.#area = area;
    this.#prefix = prefix;
  }

  get(name, otherwise) {
    try {
      const text = this.#area().getItem(this.#prefix + name);
      return text === null ? (this.#memory.get(name) ?? otherwise) : JSON.parse(text);
    } catch {
      return this.#memory.get(name) ?? otherwise;
    }
  }

  set(name, value) {
    this.#memory.set(name, value);
    try {
      this.#area().setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // Full or forbidden: the value lives in memory, and a reload costs duplicates, which are dropped by seq.
    }
  }

  remove(name) {
    this.#memory.delete(name);
    try {
      this.#area().removeItem(this.#prefix + name);
    } catch {
      // As in set.
    }
  }
}

export const browserShelf = new Shelf(() => localStorage, 'lastack/');
export const tabShelf = new Shelf(() => sessionStorage, 'lastack/');

/** What one device of one user keeps: its outbox and its positions. */
export function deviceShelf(user, deviceId) {
  return new Shelf(() => localStorage, `lastack/${user}/${deviceId}/`);
}
