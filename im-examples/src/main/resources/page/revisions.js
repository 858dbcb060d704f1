/** What later entries did to earlier messages: the newest edit, a recall, and who reacted with what. */
export class Revisions {
  #edits = new Map();
  #recalled = new Set();
  #reactions = new Map();

  add({ revises, seq, kind, sender, text, ext }) {
    const target = Number(revises);
    if (kind === 'recall') {
      this.#recalled.add(target);
    } else if (kind === 'edit') {
      // History arrives backwards: an older edit must not replace a newer one.
      if (seq > (this.#edits.get(target)?.seq ?? 0)) {
        this.#edits.set(target, { seq, text });
      }
    } else if (ext?.emoji) {
      this.#react(target, { seq, sender, emoji: ext.emoji, removed: ext.remove === 'true' });
    }
  }

  isRecalled(seq) {
    return this.#recalled.has(seq);
  }

  /** The text after the newest edit, or undefined. */
  editedText(seq) {
    return this.#edits.get(seq)?.text;
  }

  /** [emoji, count], in the order in which they first came. */
  reactionsTo(seq) {
    const counts = new Map();
    for (const { emoji, removed } of this.#reactions.get(seq)?.values() ?? []) {
      if (!removed) {
        counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
      }
    }
    return [...counts];
  }

  #react(target, reaction) {
    const ofTarget = this.#reactions.get(target) ?? new Map();
    const key = `${reaction.sender}/${reaction.emoji}`;
    if (reaction.seq > (ofTarget.get(key)?.seq ?? 0)) {
      ofTarget.set(key, reaction);
    }
    this.#reactions.set(target, ofTarget);
  }
}
