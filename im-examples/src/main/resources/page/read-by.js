/** At most so many of the messages on screen are asked about; a click asks about any. */
const ASKED_AT_ONCE = 12;

/**
 * Who has read a group's message. The page keeps for each member the newest position it heard of, by push or by asking;
 * a count is shown only where it is exact: for messages sent on this connection, and for those asked about.
 */
export class ReadBy {
  #client;
  /** Conversation to the seqs whose counts are exact, as pushes keep them so while the connection lives. */
  #exact = new Map();
  /** What the server answered on this connection, or refused to. */
  #asked = new Set();
  #queue = [];
  #asking = false;

  constructor(client) {
    this.#client = client;
    // Pushes missed while offline were not made up for.
    client.store.on('online', () => {
      this.#exact.clear();
      this.#asked.clear();
    });
  }

  /** The server's lists for a person to look at: {readBy, unreadBy, deliveredTo, …}. */
  async ask(conversation, seq) {
    const answer = await this.#client.request('receipts', { conversation, seq });
    const { store } = this.#client;
    (answer.deliveredTo ?? []).forEach(({ user }) => store.receipt({ conversation, user, lastAck: seq }));
    (answer.readBy ?? []).forEach(({ user }) => store.receipt({ conversation, user, lastRead: seq }));
    this.#exactIn(conversation).add(seq);
    store.emit('receipts', conversation);
    return answer;
  }

  /** Just sent: nobody has read it yet, and whoever does will be told of. */
  isFresh(conversation, seq) {
    this.#exactIn(conversation).add(seq);
  }

  isExact(conversation, seq) {
    return this.#exactIn(conversation).has(seq);
  }

  /** Asks about these messages, newest first, one after the other. */
  want(conversation, seqs) {
    const newest = seqs.sort((one, other) => other - one).slice(0, ASKED_AT_ONCE);
    const unknown = newest.filter(
      (seq) => !this.isExact(conversation, seq) && !this.#asked.has(`${conversation} ${seq}`),
    );
    this.#queue = unknown.map((seq) => ({ conversation, seq }));
    this.#work();
  }

  async #work() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    while (this.#queue.length > 0 && this.#client.link.online) {
      const { conversation, seq } = this.#queue.shift();
      this.#asked.add(`${conversation} ${seq}`);
      await this.ask(conversation, seq).catch(() => (this.#queue = []));
    }
    this.#asking = false;
  }

  #exactIn(conversation) {
    if (!this.#exact.has(conversation)) {
      this.#exact.set(conversation, new Set());
    }
    return this.#exact.get(conversation);
  }
}
