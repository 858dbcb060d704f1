const form = document.getElementById('composer');
const field = document.getElementById('composer-text');

/** Where messages are written. What was not sent stays with its conversation while the page lives. */
export class ComposerView {
  #client;
  #onSent;
  #conversation;
  #drafts = new Map();

  constructor(client, onSent) {
    this.#client = client;
    this.#onSent = onSent;
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    field.onkeydown = (event) => this.#key(event);
    field.oninput = () => this.#input();
  }

  open(conversation) {
    this.#drafts.set(this.#conversation, field.value);
    this.#conversation = conversation;
    field.value = this.#drafts.get(conversation) ?? '';
    this.#grow();
  }

  focus() {
    field.focus();
  }

  /** Enter sends, unless it ends the input of a Chinese or Japanese word. */
  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #input() {
    this.#grow();
    if (field.value.trim()) {
      this.#client.writes(this.#conversation);
    }
  }

  #send() {
    const text = field.value.trim();
    if (text) {
      this.#client.send(this.#conversation, text);
      field.value = '';
      this.#grow();
      this.#onSent();
    }
  }

  #grow() {
    field.style.height = '';
    const border = field.offsetHeight - field.clientHeight;
    if (field.value) {
      field.style.height = `${field.scrollHeight + border}px`;
    }
  }
}
