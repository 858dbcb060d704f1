/** No end, as the protocol writes it. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** What this user has set for itself, on whichever device: how conversations are shown, and whom it has blocked. */
export class Settings {
  #client;
  #blocked = new Set();

  constructor(client) {
    this.#client = client;
    client.store.on('online', () => this.#loadBlocked());
  }

  isBlocked(user) {
    return this.#blocked.has(user);
  }

  get blocked() {
    return [...this.#blocked].sort();
  }

  /** Changes some of a conversation's settings; the others stay. */
  async change(id, some) {
    const { pinned, archived, mutedUntil } = this.#client.store.obtain(id).settings;
    await this.#client.request('settings', { conversation: id, pinned, archived, mutedUntil, ...some });
    this.#apply(id, { pinned, archived, mutedUntil, ...some });
  }

  async block(user, blocked) {
    await this.#client.request('block', { user, blocked });
    this.#blockedIs(user, blocked);
  }

  /** An entry of the own inbox tells what was set, here or on another device. */
  heard({ ext = {} }) {
    if (ext.change === 'conversation') {
      const { conversation, pinned, archived, mutedUntil } = ext;
      this.#apply(conversation, {
        pinned: pinned === 'true',
        archived: archived === 'true',
        mutedUntil: Number(mutedUntil ?? 0),
      });
    } else if (ext.user) {
      this.#blockedIs(ext.user, ext.change === 'block');
    }
  }

  #apply(id, settings) {
    this.#client.store.obtain(id).settings = settings;
    this.#client.store.emit('list');
    this.#client.store.emit('settings', id);
  }

  #blockedIs(user, blocked) {
    blocked ? this.#blocked.add(user) : this.#blocked.delete(user);
    this.#client.store.emit('settings');
  }

  async #loadBlocked() {
    try {
      const all = [];
      let after;
      do {
        const page = await this.#client.request('blocked', { after });
        all.push(...(page.users ?? []));
        after = page.after;
      } while (after);
      this.#blocked = new Set(all);
      this.#client.store.emit('settings');
    } catch (error) {
      console.warn('block list not known:', error.message);
    }
  }
}
