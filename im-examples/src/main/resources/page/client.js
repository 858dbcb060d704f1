import { Delivery } from './delivery.js';
import { Groups } from './groups.js';
import { randomId } from './ids.js';
import { Link } from './link.js';
import { mentionsIn } from './mentions.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { StatusError } from './protocol.js';
import { ReadBy } from './read-by.js';
import { Reads } from './reads.js';
import { Rooms } from './rooms.js';
import { Settings } from './settings.js';
import { Store } from './store.js';
import { Typing } from './typing.js';

const HISTORY_PAGE = 50;
const RATE_LIMIT_TRIES = 3;

/** What the views talk to: the state of one signed-in user, and what can be done. */
export class Client {
  store;
  link;
  outbox;
  typing;
  groups;
  readBy;
  people;
  rooms;
  settings;
  #delivery;
  #reads;
  #listing;
  #listingAgain;
  #loading = new Map();

  /** `onState(state)` follows the link, `onWelcome(welcome)` every connection. */
  constructor({ account, deviceId, shelf, onState, onWelcome }) {
    const store = new Store(account.user);
    this.me = account.user;
    this.store = store;
    this.link = new Link({
      url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/im`,
      account,
      deviceId,
      resume: () => this.#delivery.resume(),
      onFrame: (name, body) => this.#frame(name, body),
      onWelcome: (welcome) => {
        onWelcome(welcome);
        this.#welcomed(welcome);
      },
      onState,
    });
    this.#delivery = new Delivery({ store, shelf, link: this.link });
    this.#reads = new Reads({ store, link: this.link });
    this.outbox = new Outbox({
      shelf,
      link: this.link,
      namedIn: ({ conversation, text }) => this.#namedIn(conversation, text),
      onConfirmed: (entry, reply) => this.#confirmed(entry, reply),
      onChange: (conversation) => store.emit('messages', conversation),
    });
    this.typing = new Typing({ link: this.link, onChange: (conversation) => store.emit('typing', conversation) });
    this.groups = new Groups(this);
    this.readBy = new ReadBy(this);
    this.people = new People(this);
    this.rooms = new Rooms(this);
    this.settings = new Settings(this);
  }

  /** As `link.request`, but a rate limit is waited out, a few times. */
  async request(name, body, tries = RATE_LIMIT_TRIES) {
    try {
      return await this.link.request(name, body);
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== 429 || tries <= 1) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMillis || 1_000));
      return this.request(name, body, tries - 1);
    }
  }

  /** `replyTo` is a seq, or undefined. */
  send(conversation, text, replyTo) {
    this.store.obtain(conversation);
    this.typing.sent(conversation);
    this.outbox.add(conversation, { text, replyTo });
  }

  async edit(conversation, seq, text) {
    return this.#revise(conversation, seq, { edit: { text, mentions: await this.#namedIn(conversation, text) } });
  }

  recall(conversation, seq) {
    return this.#revise(conversation, seq, { recall: {} });
  }

  react(conversation, seq, emoji, remove) {
    return this.#revise(conversation, seq, { react: { emoji, remove } });
  }

  /** The answer to a notification in the own inbox, such as a friend request. */
  answer(seq, status) {
    return this.request('notify', { user: this.me, seq, status, type: '', clientMessageId: randomId('n') });
  }

  askForFriendship(user) {
    const id = randomId('n');
    return this.request('notify', { user, type: 'friend-request', status: 'pending', clientMessageId: id });
  }

  /** Everything is read, in all conversations. */
  async readAll() {
    await this.request('readAll', {});
    await this.refresh();
  }

  /** How many messages the server has for this device that did not arrive yet. */
  get behind() {
    return this.store.all().reduce((sum, { id, lastSeq }) => {
      const position = this.#delivery.positionOf(id);
      return sum + (position === undefined ? 0 : Math.max(0, lastSeq - position));
    }, 0);
  }

  async #revise(conversation, seq, revision) {
    const body = { conversation, seq, clientMessageId: randomId('r'), ...revision };
    const done = await this.request('revise', body);
    // This device hears of its own entry by the reply, in the place of a delivery.
    const { edit, react } = revision;
    const kind = revision.recall ? 'recall' : edit ? 'edit' : 'reaction';
    const ext = react?.remove ? { remove: 'true' } : undefined;
    const entry = { kind, revises: seq, sender: this.me, text: edit?.text ?? react?.emoji, mentions: edit?.mentions, ext };
    this.store.insert(conversation, [
      { ...entry, seq: done.seq, sentAt: done.sentAt, clientMessageId: body.clientMessageId },
    ]);
    this.#delivery.confirmed(conversation, Number(done.seq));
  }

  /** Whom a text names, out of those it is written to; without an `@` nobody has to be asked for them. */
  async #namedIn(id, text) {
    if (!text.includes('@')) {
      return [];
    }
    const { peer } = this.store.obtain(id);
    return mentionsIn(text, peer ? [peer] : await this.groups.usersIn(id));
  }

  seen(conversation, seq) {
    this.#reads.seen(conversation, seq);
  }

  /** Somebody writes here; of a conversation without a message nobody else knows yet. */
  writes(conversation) {
    if (this.store.obtain(conversation).lastSeq > 0) {
      this.typing.tell(conversation);
    }
  }

  /** Fetches the page before the oldest message here; one request at a time for each conversation. */
  loadOlder(id) {
    if (!this.#loading.has(id)) {
      const loading = this.#fetchOlder(id).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return this.#loading.get(id);
  }

  isLoadingOlder(id) {
    return this.#loading.has(id);
  }

  /** The conversations anew. A listing under way may miss what just changed: then one more follows it, for all callers. */
  refresh() {
    if (!this.#listing) {
      this.#listing = this.#list().finally(() => (this.#listing = undefined));
      return this.#listing;
    }
    this.#listingAgain ??= this.#listing
      .catch(() => {})
      .then(() => {
        this.#listingAgain = undefined;
        return this.refresh();
      });
    return this.#listingAgain;
  }

  #welcomed(welcome) {
    this.#delivery.welcome(welcome);
    this.store.emit('online');
    this.#reads.flush();
    // First the listing: where a conversation begins must be known before a reply counts as one of its messages.
    this.refresh()
      .catch((error) => console.warn('conversations not listed:', error.message))
      .finally(() => this.outbox.flush());
  }

  async #list() {
    let cursor;
    do {
      const page = await this.request('conversations', { cursor });
      const summaries = page.conversations ?? [];
      summaries.forEach((summary) => this.#delivery.listed(summary));
      this.store.merge(summaries);
      cursor = page.cursor;
    } while (cursor);
  }

  async #fetchOlder(id) {
    const conversation = this.store.obtain(id);
    // With nothing here yet: what lies before the next message to be delivered, so that the stretch has no hole.
    const beforeSeq = conversation.oldestSeq ?? (this.#delivery.positionOf(id) ?? 0) + 1;
    if (beforeSeq <= Math.max(1, conversation.joinedSeq)) {
      this.store.reachStart(id);
      return;
    }
    const page = await this.request('fetch', { conversation: id, beforeSeq, limit: HISTORY_PAGE });
    const messages = page.messages ?? [];
    this.store.reactions(id, page.reactions ?? []);
    this.store.insert(id, messages);
    if (!page.more || messages.length === 0) {
      this.store.reachStart(id);
    }
  }

  #frame(name, body) {
    switch (name) {
      case 'deliver':
        this.#delivery.deliver(body);
        this.#noticeOwn(body);
        this.#noticeMembership(body);
        this.#noticeSettings(body);
        break;
      case 'skipped':
        this.#delivery.skipped(body);
        break;
      case 'receipt':
        this.store.receipt(body);
        break;
      case 'signal':
        if (body.event === 'typing' && body.sender !== this.me) {
          this.typing.heard(body.conversation, body.sender);
        }
        break;
      case 'presence':
        this.people.heard(body);
        break;
      case 'roomEvent':
        this.rooms.heard(body);
        break;
      case 'membership':
        this.#refreshQuietly();
        break;
      case 'goAway':
        this.#delivery.flush();
        this.link.moveAway(body.reconnectAfterMillis);
        break;
      case 'error':
        // About an ack or a signal, which concerns nobody who looks at the page.
        console.warn('the server says:', body.status?.message);
        break;
      default:
      // A newer server may say more than this page knows.
    }
  }

  #confirmed({ clientMessageId, type, text, replyTo, mentions }, { conversation, seq, sentAt }) {
    const message = { seq, sentAt, clientMessageId, type, text, replyTo, mentions, sender: this.me };
    this.store.insert(conversation, [message]);
    this.#delivery.confirmed(conversation, Number(seq));
    this.readBy.isFresh(conversation, Number(seq));
  }

  #noticeOwn({ messages = [] }) {
    const own = messages.filter(({ sender }) => sender === this.me).map(({ clientMessageId }) => clientMessageId);
    this.outbox.delivered(new Set(own));
  }

  /** Who joins or leaves changes the list, or the members that are shown. */
  #noticeMembership({ conversation: id, messages = [] }) {
    messages.forEach(({ sender }) => this.typing.stopped(id, sender));
    const changes = messages.filter(({ kind }) => kind === 'membership').map(({ ext }) => ext ?? {});
    if (changes.length > 0) {
      this.groups.changed(id);
    }
    const isNew = id.startsWith('group:') && this.store.get(id)?.role === undefined;
    if (isNew || changes.some(({ change, users }) => change === 'dissolved' || users?.split(',').includes(this.me))) {
      this.#refreshQuietly();
    }
  }

  #noticeSettings({ conversation, messages = [] }) {
    if (conversation === `inbox:${this.me}`) {
      messages.filter(({ kind }) => kind === 'settings').forEach((entry) => this.settings.heard(entry));
    }
  }

  #refreshQuietly() {
    this.refresh().catch((error) => console.warn('conversations not listed:', error.message));
  }
}
