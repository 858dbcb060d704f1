/** The server lets a connection watch so many. */
const MOST_WATCHED = 1_000;

/** Who is online, of those that the page shows. What is known is of this connection: after a new welcome it is asked anew. */
export class People {
  #client;
  #watched = new Set();
  #states = new Map();
  #asking;

  constructor(client) {
    this.#client = client;
    client.store.on('online', () => {
      const again = [...this.#watched];
      this.#watched.clear();
      this.watch(again);
    });
  }

  watch(users) {
    const fresh = users.filter((user) => user !== this.#client.me && !this.#watched.has(user));
    if (fresh.length === 0) {
      return;
    }
    fresh.slice(0, MOST_WATCHED - this.#watched.size).forEach((user) => this.#watched.add(user));
    this.#asking = [...(this.#asking ?? []), ...fresh];
    queueMicrotask(() => this.#ask());
  }

  /** `{online, lastActivity}`, or undefined of somebody who is not watched, or hidden. */
  stateOf(user) {
    return this.#states.get(user);
  }

  isOnline(user) {
    return this.#states.get(user)?.online === true;
  }

  heard({ user, online, lastActivity }) {
    this.#states.set(user, { online: online === true, lastActivity: Number(lastActivity ?? 0) });
    this.#client.store.emit('presence', user);
  }

  async #ask() {
    const watch = (this.#asking ?? []).filter((user) => this.#watched.has(user));
    this.#asking = undefined;
    if (watch.length === 0 || !this.#client.link.online) {
      return;
    }
    try {
      const { users = [] } = await this.#client.request('presence', { watch });
      users.forEach((state) => this.heard(state));
    } catch (error) {
      console.warn('presence not known:', error.message);
    }
  }
}
