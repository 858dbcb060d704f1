import { avatar } from './dom.js';
import { listOf, momentOf, titleOf, wordsOf } from './format.js';
import { t } from './strings.js';
import { messageActions } from './view-actions.js';
import { ComposerView } from './view-composer.js';
import { typingIn } from './view-list.js';
import { MessagesView } from './view-messages.js';
import { FOR_EVER } from './settings.js';

const ANNOUNCE_DELAY_MILLIS = 400;
const ANNOUNCED_IN_FULL = 3;

const chat = document.getElementById('chat');
const title = document.getElementById('chat-title');
const subtitle = document.getElementById('chat-subtitle');
const membersOpen = document.getElementById('members-open');
const detailsOpen = document.getElementById('details-open');
const form = document.getElementById('composer');
const readOnly = document.getElementById('read-only');
const announcer = document.getElementById('announcer');

/** The open conversation: its head, its messages, and the composer if one may write. */
export class ChatView {
  #client;
  #messages;
  #composer;
  #conversation;
  #arrived = [];

  /** `side` shows members, details and readers beside the chat; `back()` leaves the chat. */
  constructor(client, side, back) {
    this.#client = client;
    const actions = messageActions(client, () => this.#conversation, {
      composer: () => this.#composer,
      whoRead: (seq) => side.showReaders(this.#conversation, seq),
      goTo: (seq) => this.#messages.goTo(seq),
    });
    this.#messages = new MessagesView(client, actions);
    this.#composer = new ComposerView(client, () => this.#messages.toNewest());
    document.getElementById('chat-back').onclick = back;
    membersOpen.onclick = () => side.showMembers(this.#conversation);
    detailsOpen.onclick = () => side.showDetails(this.#conversation);
    client.store.on('list', () => this.#showHead());
    client.store.on('cleared', () => this.#loadMembers());
    ['typing', 'members'].forEach((event) =>
      client.store.on(event, (id) => id === this.#conversation && this.#showHead()),
    );
    client.store.on('presence', () => this.#showHead());
    client.store.on('online', () => this.#loadMembers());
    client.store.on('arrived', ({ id, messages }) => id === this.#conversation && this.#announce(messages));
  }

  get conversation() {
    return this.#conversation;
  }

  open(id) {
    this.#conversation = id;
    chat.hidden = false;
    document.getElementById('no-chat').hidden = true;
    document.getElementById('chat-avatar').replaceChildren(avatar(this.#facts().name, this.#facts().kind));
    this.#showHead();
    this.#composer.open(id);
    this.#messages.open(id);
    this.#loadMembers();
    // On a touch screen the focus would raise the keyboard over what there is to read.
    if (matchMedia('(pointer: fine)').matches) {
      this.#composer.focus();
    }
  }

  close() {
    this.#conversation = undefined;
    this.#messages.close();
    chat.hidden = true;
    document.getElementById('no-chat').hidden = false;
  }

  #facts() {
    const conversation = this.#client.store.obtain(this.#conversation);
    return { conversation, name: titleOf(conversation), kind: conversation.kind };
  }

  #showHead() {
    if (!this.#conversation) {
      return;
    }
    const { conversation, name, kind } = this.#facts();
    title.textContent = name;
    const typing = this.#client.typing.usersIn(conversation.id);
    subtitle.textContent = typing.length > 0 ? typingIn(kind, typing) : this.#aboutOf(conversation);
    subtitle.classList.toggle('typing', typing.length > 0);
    membersOpen.hidden = kind !== 'group';
    form.hidden = !conversation.writable;
    readOnly.hidden = conversation.writable;
    readOnly.textContent = this.#whyReadOnly(conversation);
  }

  #whyReadOnly(conversation) {
    if (conversation.isMuted) {
      const until = conversation.mutedUntil;
      return until >= FOR_EVER ? t('chat.muted') : t('chat.mutedUntil', { time: momentOf(until) });
    }
    return conversation.kind === 'group' ? t('chat.left') : t('chat.readOnly');
  }

  /** Of a person whether it is there, of a group who is in it. */
  #aboutOf(conversation) {
    const state = conversation.peer && this.#client.people.stateOf(conversation.peer);
    if (state?.online) {
      return t('presence.online');
    }
    return state?.lastActivity ? t('presence.lastSeen', { time: momentOf(state.lastActivity) }) : membersOf(conversation);
  }

  #loadMembers() {
    if (this.#conversation?.startsWith('group:') && this.#client.link.online) {
      this.#client.groups.load(this.#conversation).catch((error) => console.warn('members not loaded:', error.message));
    }
  }

  /** For screen readers, which do not see the list change: each of a few messages, or how many came. */
  #announce(messages) {
    if (this.#arrived.length === 0) {
      setTimeout(() => {
        const arrived = this.#arrived;
        this.#arrived = [];
        announcer.textContent =
          arrived.length > ANNOUNCED_IN_FULL ? t('chat.announceMany', { count: arrived.length }) : arrived.join('\n');
      }, ANNOUNCE_DELAY_MILLIS);
    }
    const { conversation } = this.#facts();
    for (const message of messages) {
      const text = wordsOf(message, conversation);
      this.#arrived.push(message.kind === 'membership' ? text : t('chat.announce', { sender: message.sender, text }));
    }
  }
}

function membersOf({ members, membersComplete }) {
  if (!members) {
    return '';
  }
  return membersComplete && members.length <= 4
    ? listOf(members.map(({ user }) => user))
    : t('chat.memberCount', { count: members.length });
}
