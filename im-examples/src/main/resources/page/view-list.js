import { avatarOf, el, icon, spoken } from './dom.js';
import { ageOf, listOf, titleOf, wordsOf } from './format.js';
import { t } from './strings.js';

const list = document.getElementById('conversations');
const empty = document.getElementById('list-empty');
const filter = document.getElementById('filter');
const archive = document.getElementById('archive');

/** Of so many conversations it is shown whether the other one is online. */
const WATCHED = 500;

/** The conversations, newest first. `go(conversation)` opens one; arrow keys move between them. */
export class ListView {
  #client;
  #go;
  #open;
  #rows = new Map();
  #scheduled = false;
  #archive = false;

  constructor(client, go) {
    this.#client = client;
    this.#go = go;
    const later = () => this.#renderSoon();
    ['list', 'messages', 'typing', 'presence'].forEach((event) => client.store.on(event, later));
    archive.onclick = () => {
      this.#archive = !this.#archive;
      this.#render();
    };
    filter.oninput = later;
    filter.onkeydown = (event) => event.key === 'ArrowDown' && this.#step(event, -1, 1);
    list.onkeydown = (event) => this.#key(event);
    this.#renderSoon();
  }

  setOpen(conversation) {
    this.#open = conversation;
    this.#renderSoon();
  }

  /** Puts the focus on the open conversation, or on the first. */
  focus(conversation) {
    (this.#rows.get(conversation)?.button ?? list.querySelector('button') ?? filter).focus();
  }

  #renderSoon() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.#render();
      });
    }
  }

  #render() {
    const all = this.#client.store.list();
    const wanted = filter.value.trim().toLowerCase();
    this.#client.people.watch(all.slice(0, WATCHED).flatMap(({ peer }) => peer ?? []));
    const archived = all.filter(({ settings }) => settings.archived);
    this.#archive &&= archived.length > 0;
    // Who looks for a conversation finds it wherever it is.
    const within = wanted ? all : all.filter(({ settings }) => settings.archived === this.#archive);
    const shown = within.filter((conversation) => titleOf(conversation).toLowerCase().includes(wanted));
    archive.hidden = archived.length === 0 || wanted !== '';
    archive.textContent = this.#archive ? t('list.archiveClose') : t('list.archive', { count: archived.length });
    archive.setAttribute('aria-pressed', String(this.#archive));
    const rows = shown.map((conversation) => this.#row(conversation));
    rows.forEach((row, index) => {
      if (list.children[index] !== row) {
        const focused = row.contains(document.activeElement) && document.activeElement;
        list.insertBefore(row, list.children[index] ?? null);
        focused && focused.focus();
      }
    });
    while (list.children.length > rows.length) {
      list.lastChild.remove();
    }
    empty.hidden = shown.length > 0;
    empty.textContent = all.length === 0 ? t('list.empty') : t('list.noMatch');
  }

  #row(conversation) {
    const { id } = conversation;
    if (!this.#rows.has(id)) {
      const button = el('button', { testid: 'conversation', className: 'entry', onclick: () => this.#go(id) });
      button.dataset.conversation = id;
      this.#rows.set(id, { item: el('li', {}, button), button });
    }
    const row = this.#rows.get(id);
    const facts = this.#facts(conversation);
    const signature = JSON.stringify(facts);
    if (row.signature !== signature) {
      row.signature = signature;
      row.button.replaceChildren(...entry(conversation.kind, facts));
      row.button.toggleAttribute('data-unread', facts.unread > 0);
      facts.open ? row.button.setAttribute('aria-current', 'true') : row.button.removeAttribute('aria-current');
    }
    return row.item;
  }

  #facts(conversation) {
    const { id, last, unread, mentions, kind, peer, settings, isQuiet } = conversation;
    const typing = this.#client.typing.usersIn(id);
    const pending = this.#client.outbox.of(id).at(-1);
    return {
      title: titleOf(conversation),
      unread,
      mentions,
      pinned: settings.pinned,
      quiet: isQuiet,
      online: peer !== undefined && this.#client.people.isOnline(peer),
      open: this.#open === id,
      typing: typing.length > 0 ? typingIn(kind, typing) : undefined,
      pending: pending && (pending.error ? 'alert' : 'clock'),
      preview: pending ? t('list.you', { text: pending.text }) : last ? this.#preview(conversation, last) : '',
      age: pending || last ? ageOf(pending?.writtenAt ?? last.sentAt) : '',
    };
  }

  #preview(conversation, last) {
    const text = wordsOf(last, conversation);
    if (last.kind === 'membership' || conversation.kind === 'inbox') {
      return text;
    }
    if (last.sender === this.#client.me) {
      return t('list.you', { text });
    }
    return conversation.kind === 'group' ? t('list.sender', { sender: last.sender, text }) : text;
  }

  #key(event) {
    const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
    const end = list.children.length - 1;
    const steps = { ArrowDown: [at, 1], ArrowUp: [at, -1], Home: [0, 0], End: [end, 0] };
    if (steps[event.key]) {
      this.#step(event, ...steps[event.key]);
    }
  }

  /** Above the first is the filter. */
  #step(event, from, by) {
    event.preventDefault();
    const target = from + by < 0 ? filter : list.children[from + by]?.querySelector('button');
    target?.focus();
  }
}

export function typingIn(kind, users) {
  return kind === 'direct' ? t('chat.typing') : t('chat.typingNamed', { users: listOf(users) });
}

function entry(kind, facts) {
  const { title, unread, mentions, typing, pending, preview, age, pinned, quiet, online } = facts;
  const className = typing ? 'preview typing' : 'preview';
  const line = el('span', { testid: 'conversation-preview', className }, typing ?? preview);
  const name = el('span', { testid: 'conversation-title', className: 'title' }, title);
  const marks = [quiet ? mark('bell-off', 'list.quiet') : '', pinned ? mark('pin', 'list.pinned') : ''];
  const named = mentions > 0 ? el('span', { testid: 'conversation-mentions', className: 'badge' }, '@') : '';
  named && named.append(spoken(t('list.mentions', { count: mentions })));
  return [
    avatarOf(title, kind, online),
    el('span', { className: 'top' }, name, ...marks, el('span', { className: 'age' }, age)),
    el(
      'span',
      { className: 'bottom' },
      pending && !typing ? icon(pending) : '',
      line,
      named,
      unread > 0 ? badge(unread, quiet) : '',
    ),
  ];
}

function mark(name, key) {
  return el('span', { testid: name, className: 'mark' }, icon(name), spoken(t(key)));
}

function badge(unread, quiet) {
  const number = el('span', { ariaHidden: 'true' }, unread > 999 ? '999+' : String(unread));
  const words = spoken(t('list.unread', { count: unread }));
  const className = quiet ? 'badge quiet' : 'badge';
  const element = el('span', { testid: 'conversation-unread', className }, number, words);
  element.dataset.count = String(unread);
  return element;
}
