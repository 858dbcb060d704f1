/** Of a larger group the first are shown. */
const MOST_MEMBERS = 1_000;
const WATCHED = 100;
/** Of many changes in a row only the outcome matters. */
const RELOAD_DELAY_MILLIS = 200;

/** Groups and their members: what the caller's role allows, the server decides. */
export class Groups {
  #client;
  #reloads = new Map();

  constructor(client) {
    this.#client = client;
  }

  /** Resolves with the id of the new group's conversation. */
  async create(name, members) {
    const { conversation } = await this.#client.request('group', { create: { name, members } });
    await this.#client.refresh();
    return conversation;
  }

  add(conversation, users) {
    return this.#change(conversation, { addMembers: { users } });
  }

  remove(conversation, user) {
    return this.#change(conversation, { removeMembers: { users: [user] } });
  }

  setRole(conversation, user, role) {
    return this.#change(conversation, { setRole: { user, role } });
  }

  transfer(conversation, user) {
    return this.#change(conversation, { transfer: { user } });
  }

  /** Until then the member may not write; 0 ends it. */
  mute(conversation, user, until) {
    return this.#change(conversation, { muteMember: { user, until } });
  }

  rename(conversation, name) {
    return this.#change(conversation, { rename: { name } });
  }

  /** All of them, in the place of those before. */
  setAttributes(conversation, attributes) {
    return this.#change(conversation, { setAttributes: { attributes } });
  }

  leave(conversation) {
    return this.#change(conversation, { leave: {} });
  }

  dissolve(conversation) {
    return this.#change(conversation, { dissolve: {} });
  }

  /** What is said about the group, its members, page after page, and which of them are online. */
  async load(conversation) {
    const { info } = await this.#client.request('group', { conversation, info: {} });
    this.#client.store.setAttributes(conversation, info?.attributes ?? {});
    const members = [];
    let after;
    do {
      const page = await this.#client.request('group', { conversation, members: { after } });
      members.push(...(page.members ?? []));
      after = page.after;
    } while (after && members.length < MOST_MEMBERS);
    this.#client.people.watch(members.slice(0, WATCHED).map(({ user }) => user));
    this.#client.store.setMembers(conversation, members, !after);
  }

  /** Resolves with the names of the members as they are now: loaded first where they are not here, or out of date. */
  async usersIn(conversation) {
    if (!this.#client.store.get(conversation)?.members || this.#reloads.has(conversation)) {
      await this.load(conversation);
    }
    return this.#client.store.get(conversation).members.map(({ user }) => user);
  }

  /** Membership entries came: what is known of the members is out of date, if anybody asked for it. */
  changed(conversation) {
    if (this.#client.store.get(conversation)?.members && !this.#reloads.has(conversation)) {
      this.#reloads.set(
        conversation,
        setTimeout(() => this.#reload(conversation), RELOAD_DELAY_MILLIS),
      );
    }
  }

  #reload(conversation) {
    this.#reloads.delete(conversation);
    this.load(conversation).catch((error) => console.warn('members not loaded:', error.message));
  }

  async #change(conversation, operation) {
    await this.#client.request('group', { conversation, ...operation });
    await this.#client.refresh();
  }
}
