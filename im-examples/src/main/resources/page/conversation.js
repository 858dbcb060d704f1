import { kindOf, localPart, peerOf } from './ids.js';
import { Revisions } from './revisions.js';

/**
 * What the page knows of one conversation: its summary, and a contiguous stretch of its log up to the newest message
 * delivered. Older messages are fetched when somebody scrolls there; the log itself stays on the server.
 */
export class Conversation {
  name;
  role;
  joinedSeq = 0;
  /** Of a former member the last seq that is shown; 0 while a member. */
  leftSeq = 0;
  /** The highest seq known to exist, which may be ahead of what was delivered. */
  lastSeq = 0;
  lastRead = 0;
  unread = 0;
  /** How many of the unread messages name this user. */
  mentions = 0;
  /** How this user wants it shown; times are in milliseconds, 0 for not muted. */
  settings = { pinned: false, archived: false, mutedUntil: 0 };
  /** Before then this member may not write, in milliseconds since the epoch. */
  mutedUntil = 0;
  /** The newest message, for the list. */
  last;
  messages = [];
  /** Whether a fetch found nothing before the oldest message here. */
  startReached = false;
  /** What the server said it keeps back: [{fromSeq, toSeq}]. */
  skips = [];
  revisions = new Revisions();
  /** The others' receipts, user to {lastAck, lastRead}: each a lower bound, as receipts only grow. */
  receipts = new Map();
  /** Of a group, once asked for: [{user, role, joinedSeq}], and whether that is all of them. */
  members;
  membersComplete = false;
  #me;
  #namedAt = 0;

  constructor(id, me) {
    this.id = id;
    this.#me = me;
    this.kind = kindOf(id);
    this.peer = this.kind === 'direct' ? peerOf(id, me) : undefined;
  }

  /** What to call it: the other user, the group's name; an inbox has none of its own. */
  get title() {
    return this.peer || this.name || (this.kind === 'group' ? localPart(this.id) : '');
  }

  get writable() {
    return this.kind !== 'inbox' && this.leftSeq === 0 && !this.isMuted;
  }

  /** Whether an admin has silenced this member. */
  get isMuted() {
    return this.mutedUntil > Date.now();
  }

  /** Whether this user wants to hear nothing of it. */
  get isQuiet() {
    return this.settings.mutedUntil > Date.now();
  }

  get oldestSeq() {
    return this.messages[0]?.seq;
  }

  /** Whether the server may have messages before the oldest one here. */
  get hasOlder() {
    const first = Math.max(1, this.joinedSeq);
    return !this.startReached && (this.oldestSeq ?? this.lastSeq + 1) > first;
  }

  get newestSeq() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** Takes over an entry of the `conversations` reply. */
  merge(summary) {
    this.role = summary.role;
    this.joinedSeq = Number(summary.joinedSeq ?? 0);
    this.leftSeq = Number(summary.leftSeq ?? 0);
    this.mutedUntil = Number(summary.mutedUntil ?? 0);
    const { pinned = false, archived = false, mutedUntil } = summary.settings ?? {};
    this.settings = { pinned, archived, mutedUntil: Number(mutedUntil ?? 0) };
    if (summary.peer) {
      this.receipt(summary.peer);
    }
    const head = Number(summary.lastSeq ?? 0);
    this.#rename(summary.name, head);
    this.lastRead = Math.max(this.lastRead, Number(summary.lastRead ?? 0));
    // A read still on its way to the server is not in its count, nor is what came in since it counted.
    const counted = Math.max(0, Math.min(Number(summary.unread ?? 0), head - this.lastRead));
    this.unread = counted + this.#unreadIn((seq) => seq > head);
    this.mentions = Math.min(this.unread, Number(summary.mentions ?? 0) + this.#mentionsIn((seq) => seq > head));
    if (head >= this.lastSeq) {
      this.lastSeq = head;
      this.last = isShown(summary.lastMessage) ? summary.lastMessage : this.last;
    }
  }

  /** Puts messages in their places and returns those that are new here: a repeat is known by its seq. */
  insert(messages) {
    const newest = this.newestSeq;
    const isKnown = (seq) => seq <= newest && this.messages.some((message) => message.seq === seq);
    const fresh = messages.filter(({ seq }) => !isKnown(seq));
    this.messages.push(...fresh);
    // What is delivered comes in order; history and a reply ahead of the backlog do not.
    if (fresh.some(({ seq }) => seq < newest)) {
      this.messages.sort((one, other) => one.seq - other.seq);
    }
    fresh.forEach((message) => this.#count(message));
    return fresh;
  }

  /** The server keeps these back: the stretch begins anew after them. */
  skip(fromSeq, toSeq) {
    this.skips.push({ fromSeq, toSeq });
    this.messages = this.messages.filter(({ seq }) => seq > toSeq);
    this.lastSeq = Math.max(this.lastSeq, toSeq);
    this.startReached = false;
  }

  /** Forgets the oldest beyond `limit`; they can be fetched again. */
  trim(limit) {
    if (this.messages.length > limit) {
      this.messages.splice(0, this.messages.length - limit);
      this.startReached = false;
    }
  }

  /** Returns whether anything is newly read. */
  readUpTo(seq) {
    if (seq <= this.lastRead) {
      return false;
    }
    const newlyRead = this.#unreadIn((other) => other <= seq);
    this.lastRead = seq;
    this.unread = seq >= this.lastSeq ? 0 : Math.max(0, this.unread - newlyRead);
    this.mentions = Math.min(this.unread, this.#mentionsIn((other) => other > seq));
    return true;
  }

  receipt({ user, lastAck, lastRead }) {
    const known = this.receipts.get(user) ?? { lastAck: 0, lastRead: 0 };
    const read = Math.max(known.lastRead, Number(lastRead ?? 0));
    this.receipts.set(user, { lastAck: Math.max(known.lastAck, Number(lastAck ?? 0), read), lastRead: read });
  }

  /** The members entitled to the message, without its sender; undefined while not all members are known. */
  audienceOf(seq) {
    if (this.kind === 'direct') {
      return 1;
    }
    if (!this.membersComplete) {
      return undefined;
    }
    return this.members.filter((member) => member.user !== this.#me && Number(member.joinedSeq ?? 0) <= seq).length;
  }

  /** How many of the others have the message, and have read it, as far as is known. */
  reachOf(seq) {
    const others = [...this.receipts.entries()].filter(([user]) => user !== this.#me);
    return {
      delivered: others.filter(([, receipt]) => receipt.lastAck >= seq).length,
      read: others.filter(([, receipt]) => receipt.lastRead >= seq).length,
    };
  }

  #count(message) {
    if (message.revises) {
      this.revisions.add(message);
    }
    // Up to lastSeq the server has counted already.
    if (message.seq > this.lastSeq) {
      this.lastSeq = message.seq;
      this.last = isShown(message) ? message : this.last;
      this.unread += this.#isUnread(message) ? 1 : 0;
      this.mentions += this.#isUnread(message) && message.mentions?.includes(this.#me) ? 1 : 0;
      if (message.kind === 'recall') {
        this.#uncount(Number(message.revises));
      }
    }
    if (message.kind === 'membership') {
      this.#rename(message.ext?.name, message.seq);
    }
  }

  /** History arrives backwards: an old name must not replace a newer one. */
  #rename(name, seq) {
    if (name && seq >= this.#namedAt) {
      this.name = name;
      this.#namedAt = seq;
    }
  }

  /** A recalled message does not count as unread, whether or not it is here. */
  #uncount(seq) {
    if (seq > this.lastRead && this.unread > 0) {
      const recalled = this.messages.find((message) => message.seq === seq);
      this.unread -= recalled === undefined || this.#isOfOthers(recalled) ? 1 : 0;
      this.mentions = Math.min(this.unread, this.#mentionsIn((other) => other > this.lastRead && other !== seq));
    }
  }

  #mentionsIn(isIn) {
    return this.messages.filter((message) => isIn(message.seq) && this.#isUnread(message) && this.#names(message)).length;
  }

  #names(message) {
    return this.revisions.current(message).mentions?.includes(this.#me) === true;
  }

  #unreadIn(isIn) {
    return this.messages.filter((message) => isIn(message.seq) && this.#isUnread(message)).length;
  }

  /** As the server counts: messages and notifications of others, but no entries about the group or other messages. */
  #isUnread(message) {
    return message.seq > this.lastRead && this.#isOfOthers(message) && !this.revisions.isRecalled(message);
  }

  #isOfOthers({ sender, kind = 'message' }) {
    return sender !== this.#me && (kind === 'message' || kind === 'notification');
  }
}

/** Settings of the user stand in its inbox, for its devices and not for its eyes. */
function isShown(message) {
  return message !== undefined && message.kind !== 'settings';
}
