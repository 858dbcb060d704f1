/**
 * What this device has of one conversation: the contiguous floor `lastAck`, and what came above a gap.
 * The floor moves only across seqs that were all acknowledged; a success above a gap is remembered, not jumped to.
 */
export class AckCursor {
  #lastAck;
  #maxRanges;
  /** Acknowledged ranges above the floor: sorted, disjoint, never touching the floor or one another. */
  #ranges = [];
  #failed = new Set();

  constructor(lastAck, maxRanges) {
    this.#lastAck = lastAck;
    this.#maxRanges = maxRanges;
  }

  static startingAt(lastAck, maxRanges = 64) {
    if (!Number.isSafeInteger(lastAck) || lastAck < 0) {
      throw new RangeError(`lastAck must be an integer of 0 or more, was ${lastAck}`);
    }
    return new AckCursor(lastAck, maxRanges);
  }

  /** Everything up to here is acknowledged, with no gap. */
  get lastAck() {
    return this.#lastAck;
  }

  /** The lowest failed seq above the floor, or undefined. */
  get lastAckErr() {
    return this.#failed.size === 0 ? undefined : Math.min(...this.#failed);
  }

  /** Whether something is acknowledged above a gap. */
  get hasGap() {
    return this.#ranges.length > 0;
  }

  acked(seq) {
    return this.ackedRange(seq, seq);
  }

  ackedThrough(seq) {
    return this.ackedRange(this.#lastAck + 1, seq);
  }

  /** Returns whether the floor moved. */
  ackedRange(from, to) {
    const start = Math.max(from, this.#lastAck + 1);
    if (to < start) {
      return false;
    }
    this.#remember(start, to);
    this.#failed.forEach((seq) => seq >= start && seq <= to && this.#failed.delete(seq));
    return this.#raiseFloor();
  }

  failed(seq) {
    const acknowledged = seq <= this.#lastAck || this.#ranges.some(({ from, to }) => from <= seq && seq <= to);
    if (!acknowledged) {
      this.#failed.add(seq);
    }
  }

  /** The ranges up to `upTo` that are still owed. */
  missing(upTo) {
    const owed = [];
    let next = this.#lastAck + 1;
    for (const { from, to } of this.#ranges) {
      if (from > upTo) {
        break;
      }
      owed.push({ from: next, to: from - 1 });
      next = to + 1;
    }
    return next <= upTo ? [...owed, { from: next, to: upTo }] : owed;
  }

  #remember(from, to) {
    const apart = this.#ranges.filter((range) => range.to < from - 1 || range.from > to + 1);
    const joined = this.#ranges.filter((range) => range.to >= from - 1 && range.from <= to + 1);
    apart.push({
      from: Math.min(from, ...joined.map((range) => range.from)),
      to: Math.max(to, ...joined.map((range) => range.to)),
    });
    apart.sort((one, other) => one.from - other.from);
    // Forgetting the highest costs a duplicate later; forgetting a low one could cost a message.
    this.#ranges = apart.slice(0, this.#maxRanges);
  }

  #raiseFloor() {
    if (this.#ranges[0]?.from !== this.#lastAck + 1) {
      return false;
    }
    this.#lastAck = this.#ranges.shift().to;
    return true;
  }
}
