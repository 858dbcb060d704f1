import { randomId } from './ids.js';
import { StatusError } from './protocol.js';

const RETRY_MILLIS = 2_000;
const RETRYABLE = new Set([401, 429, 500, 503]);

/**
 * Messages that the server has not confirmed, kept across reloads. Each is sent with the same clientMessageId until it
 * is answered: the server stores it once and answers a repeat like the first. One at a time for each conversation, so
 * that a message which has to wait (429) is not overtaken by the next.
 */
export class Outbox {
  #shelf;
  #link;
  #namedIn;
  #onConfirmed;
  #onChange;
  #entries;
  /** Conversations with a send under way, and those that sit out a delay. */
  #busy = new Set();
  #waiting = new Set();

  /**
   * `namedIn(entry)` resolves with the users that it names. `onConfirmed(entry, reply)` once for each;
   * `onChange(conversation)` whenever what is listed changed.
   */
  constructor({ shelf, link, namedIn, onConfirmed, onChange }) {
    this.#shelf = shelf;
    this.#link = link;
    this.#namedIn = namedIn;
    this.#onConfirmed = onConfirmed;
    this.#onChange = onChange;
    this.#entries = shelf.get('outbox', []);
  }

  /** What waits in a conversation, in the order of writing; `error` says why the server did not take it. */
  of(conversation) {
    return this.#entries.filter((entry) => entry.conversation === conversation);
  }

  /** `content` is `{text, replyTo}`; whom the text names is found when it is sent, as that may take a request. */
  add(conversation, content) {
    const entry = { clientMessageId: randomId('m'), conversation, type: 'text', ...content, writtenAt: Date.now() };
    this.#entries.push(entry);
    this.#changed(conversation);
    this.#sendNext(conversation);
  }

  /** Sends again what the server refused. */
  retry(clientMessageId) {
    this.#edit(clientMessageId, (entry) => delete entry.error);
  }

  discard(clientMessageId) {
    this.#edit(clientMessageId, (entry) => this.#remove(entry));
  }

  /** To be called on every welcome. */
  flush() {
    new Set(this.#entries.map((entry) => entry.conversation)).forEach((conversation) => this.#sendNext(conversation));
  }

  /** Own messages may come back by delivery before, or instead of, the reply that was lost. */
  delivered(clientMessageIds) {
    for (const entry of this.#entries.filter(({ clientMessageId }) => clientMessageIds.has(clientMessageId))) {
      this.#remove(entry);
      this.#changed(entry.conversation);
    }
  }

  async #sendNext(conversation) {
    const entry = this.of(conversation).find(({ error }) => !error);
    if (!entry || this.#busy.has(conversation) || this.#waiting.has(conversation) || !this.#link.online) {
      return;
    }
    this.#busy.add(conversation);
    try {
      entry.mentions ??= await this.#namedIn(entry);
      const { clientMessageId, type, text, replyTo, mentions } = entry;
      const body = { conversation, clientMessageId, type, text, replyTo, mentions };
      const reply = await this.#link.request('send', body);
      this.#remove(entry);
      this.#onConfirmed(entry, reply);
    } catch (error) {
      this.#failed(entry, error);
    } finally {
      this.#busy.delete(conversation);
    }
    this.#changed(conversation);
    this.#sendNext(conversation);
  }

  #failed(entry, error) {
    if (error instanceof StatusError && !RETRYABLE.has(error.code)) {
      entry.error = error.message;
    } else if (this.#link.online) {
      this.#later(entry.conversation, error.retryAfterMillis || RETRY_MILLIS);
    }
    // Otherwise the connection is gone: the next welcome flushes.
  }

  #later(conversation, millis) {
    this.#waiting.add(conversation);
    setTimeout(() => {
      this.#waiting.delete(conversation);
      this.#sendNext(conversation);
    }, millis);
  }

  #edit(clientMessageId, action) {
    const entry = this.#entries.find((candidate) => candidate.clientMessageId === clientMessageId);
    if (entry) {
      action(entry);
      this.#changed(entry.conversation);
      this.#sendNext(entry.conversation);
    }
  }

  #remove(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  #changed(conversation) {
    this.#shelf.set('outbox', this.#entries);
    this.#onChange(conversation);
  }
}
