import { AckCursor } from './cursor.js';

const ACK_DELAY_MILLIS = 100;
const SAVE_DELAY_MILLIS = 250;
const GAP_PATIENCE_MILLIS = 1_500;

/**
 * Takes what the server delivers, and acknowledges what is contiguous: one cumulative position for each conversation,
 * many conversations in a frame, after a short delay or as soon as half of the server's window is used up.
 */
export class Delivery {
  #store;
  #shelf;
  #link;
  #cursors = new Map();
  /** The highest seq that came over this connection, by conversation: no more than that may be acknowledged on it. */
  #received = new Map();
  #epoch;
  #window = 64;
  #dirty = new Set();
  #nacks = [];
  #unacked = 0;
  #ackTimer;
  #saveTimer;
  #gapTimer;

  constructor({ store, shelf, link }) {
    this.#store = store;
    this.#shelf = shelf;
    this.#link = link;
    const { epoch, positions } = shelf.get('positions', { positions: {} });
    this.#epoch = epoch;
    for (const [conversation, seq] of Object.entries(positions)) {
      this.#cursors.set(conversation, AckCursor.startingAt(seq));
    }
    window.addEventListener('pagehide', () => this.#save());
  }

  /** For hello: where this device goes on. */
  resume() {
    const resume = [...this.#cursors].map(([conversation, cursor]) => ({ conversation, seq: cursor.lastAck }));
    return this.#epoch === undefined ? { resume } : { resume, epoch: this.#epoch };
  }

  /** Returns whether the log is another one than before: then every position and message of the old one is void. */
  welcome({ epoch, resumed, window }) {
    const isAnother = resumed === false || (epoch !== undefined && epoch !== this.#epoch);
    const replaced = this.#epoch !== undefined && isAnother;
    this.#epoch = epoch ?? this.#epoch;
    this.#window = Number(window ?? this.#window);
    this.#received.clear();
    this.#dirty.clear();
    this.#nacks = [];
    this.#unacked = 0;
    if (replaced) {
      this.#cursors.clear();
      this.#store.clear();
    }
    this.#saveSoon();
    return replaced;
  }

  deliver({ conversation, messages = [] }) {
    if (messages.length === 0) {
      return;
    }
    // Nothing that this device should have lies before the first message it is sent of a new conversation.
    const cursor = this.#cursor(conversation, () => Number(messages[0].seq) - 1);
    this.#take(conversation, messages, (seq) => cursor.acked(seq));
    this.#ackSoon(conversation, Number(messages.at(-1).seq), messages.length);
  }

  skipped({ conversation, fromSeq, toSeq }) {
    const [from, to] = [Number(fromSeq), Number(toSeq)];
    this.#store.skip(conversation, from, to);
    this.#cursor(conversation, () => from - 1).ackedRange(from, to);
    this.#ackSoon(conversation, to, 1);
  }

  /** The reply to `send` stands in the place of the message, and is acknowledged like one. */
  confirmed(conversation, seq) {
    // A conversation that neither listing nor delivery named begins with this message, or with one still under way.
    this.#cursor(conversation, () => 0).acked(seq);
    this.#ackSoon(conversation, seq, 1);
  }

  /** The listing says where a conversation begins for a device that holds no position of its own. */
  listed({ conversation, lastAck, lastSeq, joinedSeq }) {
    const floor = Number(lastAck ?? 0);
    const isBeyondTheEnd = this.positionOf(conversation) > Number(lastSeq ?? 0);
    if (isBeyondTheEnd && !this.#received.has(conversation)) {
      // A position of another log that has the same name: it would hide what comes next.
      this.#cursors.delete(conversation);
    }
    this.#cursor(conversation, () => floor).ackedThrough(Number(joinedSeq ?? 0) - 1);
  }

  /** Where delivery stands: what comes next is above. Undefined for a conversation never heard of. */
  positionOf(conversation) {
    return this.#cursors.get(conversation)?.lastAck;
  }

  #cursor(conversation, startingAt) {
    if (!this.#cursors.has(conversation)) {
      this.#cursors.set(conversation, AckCursor.startingAt(startingAt()));
    }
    return this.#cursors.get(conversation);
  }

  /** Stores the messages, then counts each as had: in this order, or a failure between would lose one. */
  #take(conversation, messages, had) {
    const isReadable = ({ sender, sentAt }) => typeof sender === 'string' && Number.isFinite(Number(sentAt));
    this.#store.insert(conversation, messages.filter(isReadable));
    for (const message of messages) {
      const seq = Number(message.seq);
      if (isReadable(message)) {
        had(seq);
      } else {
        this.#cursors.get(conversation).failed(seq);
        this.#nacks.push({ conversation, seq, reason: 'sender or sentAt is missing' });
      }
    }
  }

  #ackSoon(conversation, seq, count) {
    this.#received.set(conversation, Math.max(seq, this.#received.get(conversation) ?? 0));
    this.#dirty.add(conversation);
    this.#unacked += count;
    if (this.#unacked >= this.#window / 2) {
      this.flush();
    } else {
      this.#ackTimer ??= setTimeout(() => this.flush(), ACK_DELAY_MILLIS);
    }
    if (this.#cursors.get(conversation).hasGap) {
      this.#gapTimer ??= setTimeout(() => this.#healGaps(), GAP_PATIENCE_MILLIS);
    }
    this.#saveSoon();
  }

  /** Acknowledges what is due, now. */
  flush() {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    this.#unacked = 0;
    const positions = [...this.#dirty].map((conversation) => ({
      conversation,
      seq: Math.min(this.#cursors.get(conversation).lastAck, this.#received.get(conversation)),
    }));
    const nacks = this.#nacks;
    this.#dirty.clear();
    this.#nacks = [];
    if (positions.length > 0 || nacks.length > 0) {
      this.#link.tell('ack', nacks.length > 0 ? { positions, nacks } : { positions });
    }
  }

  /**
   * A gap that stays open is either a loss on the way or a stretch that this member may not see (between leaving a
   * group and joining again). The log itself answers: what a page before the gap's end does not hold is not for us.
   */
  async #healGaps() {
    this.#gapTimer = undefined;
    for (const [conversation, cursor] of this.#cursors) {
      let moved = true;
      while (moved && cursor.hasGap && this.#link.online) {
        moved = await this.#healLast(conversation, cursor);
      }
    }
  }

  async #healLast(conversation, cursor) {
    const gap = cursor.missing(this.#received.get(conversation) ?? 0).at(-1);
    if (!gap) {
      return false;
    }
    try {
      const { messages = [], more } = await this.#link.request('fetch', { conversation, beforeSeq: gap.to + 1 });
      const owed = messages.filter(({ seq }) => Number(seq) >= gap.from);
      this.#take(conversation, owed, (seq) => cursor.acked(seq));
      let next = more && owed.length > 0 ? Number(owed[0].seq) : gap.from;
      for (const { seq } of [...owed, { seq: gap.to + 1 }]) {
        cursor.ackedRange(next, Number(seq) - 1);
        next = Number(seq) + 1;
      }
      this.#ackSoon(conversation, 0, 0);
      return cursor.missing(gap.to).at(-1)?.to !== gap.to;
    } catch (error) {
      console.warn(`gap in ${conversation} stays open for now:`, error.message);
      return false;
    }
  }

  #saveSoon() {
    this.#saveTimer ??= setTimeout(() => this.#save(), SAVE_DELAY_MILLIS);
  }

  #save() {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    const positions = Object.fromEntries([...this.#cursors].map(([id, cursor]) => [id, cursor.lastAck]));
    this.#shelf.set('positions', { epoch: this.#epoch, positions });
  }
}
