import { el } from './dom.js';
import { t } from './strings.js';
import { membersPane } from './view-members.js';
import { readersPane } from './view-readers.js';
import { reasonOf } from './view-status.js';

const pane = document.getElementById('side-pane');
const title = document.getElementById('side-title');
const content = document.getElementById('side-content');

/** The pane beside the chat: a group's members, or who has read a message. */
export class SideView {
  #client;
  #show;
  #returnTo;

  constructor(client) {
    this.#client = client;
    document.getElementById('side-close').onclick = () => this.close();
    client.store.on('members', (id) => this.#changed(id));
    client.store.on('receipts', (id) => this.#reached(id));
  }

  get isOpen() {
    return !pane.hidden;
  }

  showMembers(conversation) {
    this.#client.groups.load(conversation).catch((error) => this.#fail(error));
    const draft = {};
    const fill = () => membersPane(this.#client, conversation, draft);
    this.#open({ conversation, title: t('chat.members'), fill });
  }

  showReaders(conversation, seq) {
    const show = { conversation, seq, title: t('readers.title'), fill: () => [] };
    this.#open(show);
    this.#askWhoRead(show);
  }

  close() {
    pane.hidden = true;
    this.#show = undefined;
    this.#returnTo?.focus();
    this.#returnTo = undefined;
  }

  async #askWhoRead(show) {
    show.asking = true;
    try {
      const lists = await this.#client.readBy.ask(show.conversation, show.seq);
      show.fill = () => readersPane(lists);
      show.reach = this.#reachOf(show);
      if (show === this.#show) {
        this.#fill();
      }
    } catch (error) {
      if (show === this.#show) {
        this.#fail(error);
      }
    }
    show.asking = false;
  }

  /** Somebody got or read messages here: the lists are asked for anew if that changed anything about this message. */
  #reached(conversation) {
    const show = this.#show;
    if (show?.seq && show.conversation === conversation && !show.asking && show.reach !== this.#reachOf(show)) {
      this.#askWhoRead(show);
    }
  }

  #reachOf({ conversation, seq }) {
    const { delivered, read } = this.#client.store.get(conversation).reachOf(seq);
    return `${delivered} ${read}`;
  }

  #open(show) {
    this.#returnTo ??= document.activeElement;
    this.#show = show;
    pane.hidden = false;
    title.textContent = show.title;
    this.#fill();
    title.focus();
  }

  #changed(conversation) {
    if (this.#show?.conversation === conversation) {
      this.#fill();
    }
  }

  #fill() {
    if (this.#show) {
      const focused = content.contains(document.activeElement) ? document.activeElement.id : '';
      content.replaceChildren(...this.#show.fill());
      document.getElementById(focused)?.focus();
    }
  }

  #fail(error) {
    content.replaceChildren(el('p', { className: 'error', role: 'alert' }, reasonOf(error)));
  }
}
