import { Conversation } from './conversation.js';
import { Events } from './events.js';

/** Enough for any scrolling that is going on; the rest can be fetched again. */
const KEPT_MESSAGES = 1_000;

/**
 * The state of the page. Views listen to `list` (any summary), and with the conversation's id to `messages`,
 * `receipts`, `members`, `settings` and `typing`; `presence` names a user; `arrived` says which messages of others are new, for the screen reader.
 */
export class Store extends Events {
  #me;
  #conversations = new Map();
  /** Conversations whose messages a view is in the middle of: nothing is forgotten under a reader. */
  #pinned = new Set();

  constructor(me) {
    super();
    this.#me = me;
  }

  /** The conversation, or undefined if it was never heard of. */
  get(id) {
    return this.#conversations.get(id);
  }

  /** The conversation, made known if it was not. */
  obtain(id) {
    if (!this.#conversations.has(id)) {
      this.#conversations.set(id, new Conversation(id, this.#me));
    }
    return this.#conversations.get(id);
  }

  all() {
    return [...this.#conversations.values()];
  }

  /** Pinned ones first, then newest first; those without a message are not listed, unless they are groups. */
  list() {
    return this.all()
      .filter((conversation) => conversation.last || conversation.kind === 'group')
      .sort((one, other) => Number(other.settings.pinned) - Number(one.settings.pinned) || ageOrder(one, other));
  }

  /** In the conversations that the user wants to hear of; where it is named it wants to hear of any. */
  get unread() {
    return this.all().reduce((sum, { isQuiet, unread, mentions }) => sum + (isQuiet ? mentions : unread), 0);
  }

  merge(summaries) {
    for (const summary of summaries) {
      const conversation = this.obtain(summary.conversation);
      conversation.merge(withNumbers(summary));
      this.emit('receipts', conversation.id);
    }
    this.emit('list');
  }

  /** Messages from anywhere: delivered, confirmed or fetched. Returns those that were new. */
  insert(id, messages) {
    const conversation = this.obtain(id);
    const head = conversation.lastSeq;
    const fresh = conversation.insert(messages.map(numbered));
    if (fresh.length === 0) {
      return fresh;
    }
    if (!this.#pinned.has(id)) {
      conversation.trim(KEPT_MESSAGES);
    }
    this.emit('messages', id);
    this.emit('list');
    const arrived = fresh.filter(({ seq, sender }) => seq > head && sender !== this.#me);
    if (arrived.length > 0) {
      this.emit('arrived', { id, messages: arrived });
    }
    return fresh;
  }

  /** The reactions to messages of a page, as they stand. */
  reactions(id, reactions) {
    const { revisions } = this.obtain(id);
    for (const { seq, user, emoji, by } of reactions) {
      revisions.react({ target: Number(seq), seq: Number(by), user, emoji, removed: false });
    }
  }

  skip(id, fromSeq, toSeq) {
    this.obtain(id).skip(fromSeq, toSeq);
    this.emit('messages', id);
  }

  /** A fetch found nothing older. */
  reachStart(id) {
    this.obtain(id).startReached = true;
    this.emit('messages', id);
  }

  readUpTo(id, seq) {
    const changed = this.obtain(id).readUpTo(seq);
    if (changed) {
      this.emit('list');
    }
    return changed;
  }

  receipt({ conversation: id, ...receipt }) {
    if (receipt.user === this.#me) {
      this.readUpTo(id, Number(receipt.lastRead ?? 0));
      return;
    }
    this.obtain(id).receipt(receipt);
    this.emit('receipts', id);
  }

  setMembers(id, members, complete) {
    const conversation = this.obtain(id);
    conversation.members = members;
    conversation.membersComplete = complete;
    this.emit('members', id);
    this.emit('receipts', id);
  }

  setAttributes(id, attributes) {
    this.obtain(id).attributes = attributes;
    this.emit('members', id);
  }

  pin(id, pinned) {
    pinned ? this.#pinned.add(id) : this.#pinned.delete(id);
  }

  /** The server's log is another one: nothing that is known of the old one holds. */
  clear() {
    this.#conversations.clear();
    this.emit('cleared');
    this.emit('list');
  }
}

function ageOrder(one, other) {
  return Number(other.last?.sentAt ?? 0) - Number(one.last?.sentAt ?? 0);
}

/** Integers may be written as strings. */
function numbered(message) {
  return { ...message, seq: Number(message.seq), sentAt: Number(message.sentAt) };
}

function withNumbers(summary) {
  return summary.lastMessage ? { ...summary, lastMessage: numbered(summary.lastMessage) } : summary;
}
