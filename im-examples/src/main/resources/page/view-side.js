import { el } from './dom.js';
import { t } from './strings.js';
import { detailsPane } from './view-details.js';
import { membersPane } from './view-members.js';
import { readersPane } from './view-readers.js';
import { reasonOf } from './view-status.js';

const pane = document.getElementById('side-pane');
const title = document.getElementById('side-title');
const content = document.getElementById('side-content');

/** The pane beside the chat: members, settings, who has read a message, or anything else that `show` is given. */
export class SideView {
  #client;
  #show;
  #returnTo;

  constructor(client) {
    this.#client = client;
    document.getElementById('side-close').onclick = () => this.close();
    client.store.on('members', (id) => this.#changed(id));
    client.store.on('receipts', (id) => this.#reached(id));
    client.store.on('settings', () => this.#show?.details && this.#fill());
    client.store.on('presence', () => (this.#show?.details || this.#show?.members) && this.#fill());
  }

  get isOpen() {
    return !pane.hidden;
  }

  showMembers(conversation) {
    this.#client.groups.load(conversation).catch((error) => this.#fail(error));
    const draft = {};
    const fill = () => membersPane(this.#client, conversation, draft);
    this.#open({ conversation, members: true, title: t('chat.members'), fill });
  }

  showReaders(conversation, seq) {
    const show = { conversation, seq, title: t('readers.title'), fill: () => [] };
    this.#open(show);
    this.#askWhoRead(show);
  }

  showDetails(conversation) {
    const fill = () => detailsPane(this.#client, conversation);
    this.#open({ conversation, details: true, title: t('details.title'), fill });
  }

  /** `fill()` gives the elements; `onClose()` is called when something else takes the pane. */
  show({ title: heading, fill, onClose, settings = false }) {
    this.#open({ title: heading, fill, onClose, details: settings });
  }

  close() {
    pane.hidden = true;
    this.#show?.onClose?.();
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
    this.#show?.onClose?.();
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
