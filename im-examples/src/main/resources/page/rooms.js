import { StatusError } from './protocol.js';

/** Rooms that this page is in: what is said there is for who is there now, and kept nowhere. */
export class Rooms {
  #client;
  #listeners = new Map();

  constructor(client) {
    this.#client = client;
    client.store.on('online', () => {
      for (const room of this.#listeners.keys()) {
        this.#join(room).catch((error) => console.warn(`room ${room} not entered:`, error.message));
      }
    });
  }

  /**
   * `listener` has `event({event, text, sender})` and `joined(count)`, which comes again after every reconnect. Without a
   * connection the room is entered when there is one.
   */
  async enter(room, listener) {
    this.#listeners.set(room, listener);
    if (!this.#client.link.online) {
      return;
    }
    try {
      await this.#join(room);
    } catch (error) {
      if (error instanceof StatusError) {
        this.#listeners.delete(room);
      }
      throw error;
    }
  }

  leave(room) {
    if (this.#listeners.delete(room) && this.#client.link.online) {
      this.#client.request('room', { room, leave: {} }).catch(() => {});
    }
  }

  publish(room, event, text) {
    return this.#client.request('room', { room, publish: { event, payload: { text } } });
  }

  async count(room) {
    return Number((await this.#client.request('room', { room, count: {} })).count ?? 0);
  }

  heard({ room, event, payload, sender }) {
    this.#listeners.get(room)?.event({ event, sender, text: payload?.text ?? '' });
  }

  async #join(room) {
    const { count } = await this.#client.request('room', { room, join: {} });
    this.#listeners.get(room)?.joined(Number(count ?? 1));
  }
}
