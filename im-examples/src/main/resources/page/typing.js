const TELL_EVERY_MILLIS = 3_000;
const SHOWN_MILLIS = 5_000;

/** Who is typing, both ways, by `signal`: told now and then while somebody types, and forgotten when it stops. */
export class Typing {
  #link;
  #onChange;
  #toldAt = new Map();
  /** Conversation to (user to the timer that forgets). */
  #typing = new Map();

  constructor({ link, onChange }) {
    this.#link = link;
    this.#onChange = onChange;
  }

  tell(conversation) {
    if (Date.now() - (this.#toldAt.get(conversation) ?? 0) >= TELL_EVERY_MILLIS) {
      this.#toldAt.set(conversation, Date.now());
      this.#link.tell('signal', { conversation, event: 'typing' });
    }
  }

  /** The message is out: the next keystroke is news again. */
  sent(conversation) {
    this.#toldAt.delete(conversation);
  }

  heard(conversation, user) {
    const users = this.#typing.get(conversation) ?? new Map();
    clearTimeout(users.get(user));
    users.set(
      user,
      setTimeout(() => this.stopped(conversation, user), SHOWN_MILLIS),
    );
    this.#typing.set(conversation, users);
    this.#onChange(conversation);
  }

  stopped(conversation, user) {
    const users = this.#typing.get(conversation);
    clearTimeout(users?.get(user));
    if (users?.delete(user)) {
      this.#onChange(conversation);
    }
  }

  usersIn(conversation) {
    return [...(this.#typing.get(conversation)?.keys() ?? [])];
  }
}
