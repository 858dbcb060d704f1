/** What later entries did to earlier messages: the newest edit, a recall, and who reacted with what. */
export class Revisions {
  #edits = new Map();
  #recalled = new Set();
  #reactions = new Map();

  add({ revises, seq, kind, sender, text, ext, mentions }) {
    const target = Number(revises);
    if (kind === 'recall') {
      this.#recalled.add(target);
    } else if (kind === 'edit') {
      // History arrives backwards: an older edit must not replace a newer one.
      if (seq > (this.#edits.get(target)?.seq ?? 0)) {
        this.#edits.set(target, { seq, text, ext, mentions });
      }
    } else if (kind === 'reaction' && text) {
      this.react({ target, seq, user: sender, emoji: text, removed: ext?.remove !== undefined });
    }
  }

  /** Who reacts with what, by the entry `seq` that says so; the newest word of a user on an emoji counts. */
  react({ target, seq, user, emoji, removed }) {
    const ofTarget = this.#reactions.get(target) ?? new Map();
    const key = `${user}/${emoji}`;
    if (seq > (ofTarget.get(key)?.seq ?? 0)) {
      ofTarget.set(key, { seq, user, emoji, removed });
    }
    this.#reactions.set(target, ofTarget);
  }

  isRecalled({ seq, kind }) {
    return kind === 'recalled' || this.#recalled.has(seq);
  }

  /** The message as it stands now: with the newest edit that is not in it yet. */
  current(message) {
    const edit = this.#edits.get(message.seq);
    if (!edit || edit.seq <= Number(message.revisedBy ?? 0)) {
      return message;
    }
    const { text = message.text, ext = message.ext, mentions } = edit;
    return { ...message, text, ext, mentions };
  }

  isEdited({ seq, kind, revisedBy }) {
    return kind !== 'recalled' && (this.#edits.has(seq) || Number(revisedBy ?? 0) > 0);
  }

  /** [emoji, users], in the order in which they first came. */
  reactionsTo(seq) {
    const users = new Map();
    for (const { emoji, user, removed } of this.#reactions.get(seq)?.values() ?? []) {
      if (!removed) {
        users.set(emoji, [...(users.get(emoji) ?? []), user]);
      }
    }
    return [...users];
  }
}
