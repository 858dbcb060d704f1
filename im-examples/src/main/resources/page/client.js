import { Delivery } from './delivery.js';
import { Groups } from './groups.js';
import { Link } from './link.js';
import { Outbox } from './outbox.js';
import { StatusError } from './protocol.js';
import { ReadBy } from './read-by.js';
import { Reads } from './reads.js';
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
      onConfirmed: (entry, reply) => this.#confirmed(entry, reply),
      onChange: (conversation) => store.emit('messages', conversation),
    });
    this.typing = new Typing({ link: this.link, onChange: (conversation) => store.emit('typing', conversation) });
    this.groups = new Groups(this);
    this.readBy = new ReadBy(this);
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

  send(conversation, text) {
    this.store.obtain(conversation);
    this.typing.sent(conversation);
    this.outbox.add(conversation, text);
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

  #confirmed({ clientMessageId, type, text }, { conversation, seq, sentAt }) {
    this.store.insert(conversation, [{ seq, sentAt, clientMessageId, type, text, sender: this.me }]);
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

  #refreshQuietly() {
    this.refresh().catch((error) => console.warn('conversations not listed:', error.message));
  }
}
