import { t } from './strings.js';
import { showError } from './view-status.js';

const form = document.getElementById('composer');
const field = document.getElementById('composer-text');
const about = document.getElementById('composer-about');
const aboutText = document.getElementById('composer-about-text');

/**
 * Where messages are written: a new one, a reply, or an earlier one anew. What was not sent stays with its conversation
 * while the page lives.
 */
export class ComposerView {
  #client;
  #onSent;
  #conversation;
  #drafts = new Map();
  /** `{seq, text, edits}`: the message that is answered, or edited. */
  #about;

  constructor(client, onSent) {
    this.#client = client;
    this.#onSent = onSent;
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    field.onkeydown = (event) => this.#key(event);
    field.oninput = () => this.#input();
    document.getElementById('composer-about-close').onclick = () => this.#leave();
  }

  open(conversation) {
    this.#leave();
    this.#drafts.set(this.#conversation, field.value);
    this.#conversation = conversation;
    field.value = this.#drafts.get(conversation) ?? '';
    this.#grow();
  }

  focus() {
    field.focus();
  }

  reply({ seq, sender, text }) {
    this.#leave();
    this.#show({ seq, edits: false }, t('composer.reply', { sender, text }));
  }

  edit({ seq, text }) {
    this.#drafts.set(this.#conversation, field.value);
    this.#show({ seq, text, edits: true }, t('composer.edit'));
    field.value = text;
    this.#grow();
  }

  #show(next, words) {
    this.#about = next;
    aboutText.textContent = words;
    about.hidden = false;
    field.focus();
  }

  /** Back to a new message: what was written before an edit began is there again. */
  #leave() {
    if (this.#about?.edits) {
      field.value = this.#drafts.get(this.#conversation) ?? '';
      this.#grow();
    }
    this.#about = undefined;
    about.hidden = true;
  }

  /** Enter sends, unless it ends the input of a Chinese or Japanese word; Escape first ends what the message is about. */
  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && this.#about) {
      event.preventDefault();
      this.#leave();
    }
  }

  #input() {
    this.#grow();
    if (field.value.trim() && !this.#about?.edits) {
      this.#client.writes(this.#conversation);
    }
  }

  #send() {
    const text = field.value.trim();
    if (!text) {
      return;
    }
    if (this.#about?.edits) {
      this.#edit(this.#about, text);
      return;
    }
    this.#client.send(this.#conversation, text, this.#about?.seq);
    this.#leave();
    field.value = '';
    this.#grow();
    this.#onSent();
  }

  async #edit(edited, text) {
    try {
      if (text !== edited.text) {
        await this.#client.edit(this.#conversation, edited.seq, text);
      }
      if (this.#about === edited) {
        this.#leave();
      }
    } catch (error) {
      showError(error);
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
