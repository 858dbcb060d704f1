const DELAY_MILLIS = 300;

/**
 * Tells the server what was read: only what was seen in a visible, focused page, and only the newest position of each
 * conversation. What could not be told while offline is told on the next welcome.
 */
export class Reads {
  #store;
  #link;
  /** Conversation to the newest seq that was seen and not yet told. */
  #wanted = new Map();
  #timer;

  constructor({ store, link }) {
    this.#store = store;
    this.#link = link;
  }

  seen(conversation, seq) {
    if (document.visibilityState === 'visible' && document.hasFocus() && this.#store.readUpTo(conversation, seq)) {
      this.#wanted.set(conversation, seq);
      this.#soon(DELAY_MILLIS);
    }
  }

  /** To be called on every welcome. */
  flush() {
    for (const [conversation, seq] of this.#wanted) {
      this.#tell(conversation, seq);
    }
  }

  async #tell(conversation, seq) {
    try {
      await this.#link.request('read', { conversation, seq });
      this.#settle(conversation, seq);
    } catch (error) {
      if (error.code === 429) {
        this.#soon(error.retryAfterMillis);
      } else if (error.code >= 400 && error.code < 500) {
        this.#settle(conversation, seq);
      }
    }
  }

  #settle(conversation, seq) {
    if (this.#wanted.get(conversation) === seq) {
      this.#wanted.delete(conversation);
    }
  }

  #soon(millis) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush();
    }, millis);
  }
}
