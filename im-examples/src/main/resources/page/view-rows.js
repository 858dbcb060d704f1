import { el, icon, spoken } from './dom.js';
import { dayOf, eventOf, listOf, momentOf, statusOf, timeOf, wordsOf } from './format.js';
import { piecesOf } from './mentions.js';
import { t } from './strings.js';

const LINK = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;
const STATE_ICONS = { sending: 'clock', sent: 'sent', delivered: 'twice', read: 'twice', failed: 'alert' };

/** What each element shows, to leave alone what did not change. */
const shown = new WeakMap();

/** The element of a row of the timeline. */
export function createRow({ type }) {
  return el('li', { testid: type, className: `row ${type}` });
}

/**
 * Fills the element anew, if anything about the row changed. `actions` are `whoRead(seq)`, `retry(clientMessageId)`,
 * `discard(clientMessageId)`, `menu(row, button)`, `react(seq, emoji, remove)`, `goTo(seq)` and `answer(seq, status)`; a row's
 * `me` says who looks.
 */
export function updateRow(item, row, conversation, actions) {
  const signature = JSON.stringify(row);
  if (shown.get(item) === signature) {
    return;
  }
  shown.set(item, signature);
  const hadFocus = item.contains(document.activeElement);
  CONTENT[row.type](item, row, conversation, actions);
  if (hadFocus) {
    item.querySelector('button')?.focus();
  }
}

const CONTENT = {
  loading: (item) => item.replaceChildren(t('chat.loading')),
  start: (item) => item.replaceChildren(t('chat.start')),
  day: (item, { at }) => item.replaceChildren(el('span', { className: 'pill' }, dayOf(at))),
  new: (item) => item.replaceChildren(el('span', {}, t('chat.unread'))),
  event: (item, { message }) => {
    item.dataset.seq = message.seq;
    item.replaceChildren(el('span', { title: momentOf(message.sentAt) }, eventOf(message)));
  },
  skipped: (item, { fromSeq, toSeq }) => item.replaceChildren(t('chat.skipped', { from: fromSeq, to: toSeq })),
  message: fillMessage,
};

function fillMessage(item, row, conversation, actions) {
  const { message, mine, follows, state, recalled } = row;
  item.classList.toggle('mine', mine);
  item.classList.toggle('follows', follows);
  item.classList.toggle('recalled', recalled === true);
  item.classList.toggle('names-me', row.namesMe === true);
  item.classList.toggle('failed', state === 'failed');
  item.dataset.seq = message.seq ?? '';
  item.dataset.state = state ?? '';
  const bubble = el('div', { className: 'bubble' }, sender(row, conversation), ...notification(message), ...quote(row, actions));
  const words = message.kind === 'notification' ? remarkOf(message) : wordsOf(message, conversation);
  bubble.append(text(words, recalled ? [] : message.mentions), meta(row, conversation, actions));
  bubble.append(...answers(row, actions), reactions(row, actions));
  const line = el('div', { className: 'line' }, bubble, ...more(row, conversation, actions));
  item.replaceChildren(line);
  if (state === 'failed') {
    item.append(failure(message, actions));
  }
}

/** In a group the first of a run names its sender; a screen reader hears it of each. */
function sender({ message, mine, follows }, conversation) {
  const name = mine ? t('chat.you') : message.sender;
  return mine || follows || conversation.kind !== 'group'
    ? spoken(`${name}: `)
    : el('strong', { className: 'sender' }, name);
}

function notification({ kind, type, ext }) {
  return kind === 'notification'
    ? [el('strong', { testid: 'notice', className: 'sender' }, statusOf({ type, ext }))]
    : [];
}

/** The heading says what a notification is about and how it stands. */
function remarkOf({ text: words, ext }) {
  return words || ext?.remark || '';
}

/** A request that waits for this user's word. */
function answers({ message, mine }, actions) {
  if (message.kind !== 'notification' || mine || message.ext?.status !== 'pending') {
    return [];
  }
  const button = (status, className) =>
    el(
      'button',
      { testid: `notice-${status}`, type: 'button', className, onclick: () => actions.answer(message.seq, status) },
      t(`notice.${status}`),
    );
  return [el('div', { className: 'answers' }, button('accepted', 'primary'), button('refused', ''))];
}

/** What this replies to; a click leads there. */
function quote({ quote: quoted, recalled }, actions) {
  if (!quoted || recalled) {
    return [];
  }
  const words = quoted.text ?? t('chat.quoteAway');
  const properties = { testid: 'quote', type: 'button', className: 'quote', onclick: () => actions.goTo(quoted.seq) };
  return [el('button', properties, el('strong', {}, quoted.sender ?? ''), el('span', {}, words))];
}

/** The way to everything that can be done with a message. */
function more(row, conversation, actions) {
  if (!row.message.seq || row.recalled || conversation.kind === 'inbox') {
    return [];
  }
  const label = t('message.actions');
  const button = el('button', { testid: 'message-actions', type: 'button', className: 'round more', title: label }, icon('dots'));
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-haspopup', 'menu');
  button.onclick = () => actions.menu(row, button);
  return [button];
}

function text(words, mentions) {
  const paragraph = el('p', { testid: 'message-text', className: 'text' });
  for (const piece of piecesOf(words, mentions)) {
    piece.user ? paragraph.append(el('span', { className: 'mention' }, piece.text)) : addLinked(paragraph, piece.text);
  }
  return paragraph;
}

function addLinked(paragraph, words) {
  let from = 0;
  for (const { 0: href, index } of words.matchAll(LINK)) {
    paragraph.append(words.slice(from, index), el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href));
    from = index + href.length;
  }
  paragraph.append(words.slice(from));
}

function reactions({ reactions: given = [], message, recalled, me }, actions) {
  if (given.length === 0 || recalled) {
    return '';
  }
  const marks = given.map(([emoji, users]) => {
    const own = users.includes(me);
    const label = t('message.reactedBy', { emoji, users: listOf(users) });
    const onclick = () => actions.react(message.seq, emoji, own);
    const words = users.length > 1 ? `${emoji} ${users.length}` : emoji;
    const mark = el('button', { testid: 'reaction', type: 'button', title: label, ariaLabel: label, onclick }, words);
    mark.setAttribute('aria-pressed', String(own));
    return mark;
  });
  return el('div', { className: 'reactions' }, ...marks);
}

function meta({ message, mine, state, read, edited, recalled }, conversation, actions) {
  const line = el('span', { className: 'meta' });
  if (edited && !recalled && message.kind !== 'notification') {
    line.append(el('span', { testid: 'edited' }, t('chat.edited')));
  }
  line.append(el('time', { title: momentOf(message.sentAt) }, timeOf(message.sentAt)));
  if (mine) {
    line.append(conversation.kind === 'group' && message.seq ? who(message.seq, state, read, actions) : tick(state));
  }
  return line;
}

function tick(state) {
  return el('span', { testid: 'tick', className: 'tick' }, icon(STATE_ICONS[state]), spoken(t(`state.${state}`)));
}

function who(seq, state, read, actions) {
  const label = read === undefined ? t('state.whoUnknown') : t('state.who', { count: read });
  const onclick = () => actions.whoRead(seq);
  const properties = { testid: 'tick', className: 'tick who', type: 'button', title: label, ariaLabel: label, onclick };
  return el('button', properties, icon(STATE_ICONS[state]), read ? String(read) : '');
}

function failure({ clientMessageId, error }, actions) {
  const button = (name) =>
    el('button', { testid: name, type: 'button', onclick: () => actions[name](clientMessageId) }, t(`chat.${name}`));
  const reason = el('span', {}, t('chat.notSent', { reason: error }));
  return el('div', { testid: 'failure', className: 'failure' }, reason, button('retry'), button('discard'));
}
