import { el, icon, spoken } from './dom.js';
import { dayOf, eventOf, momentOf, timeOf, wordsOf } from './format.js';
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
 * Fills the element anew, if anything about the row changed. `actions` are `whoRead(seq)`, `retry(clientMessageId)` and
 * `discard(clientMessageId)`.
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
  item.classList.toggle('failed', state === 'failed');
  item.dataset.seq = message.seq ?? '';
  item.dataset.state = state ?? '';
  const bubble = el('div', { className: 'bubble' }, sender(row, conversation), ...notification(message));
  bubble.append(text(wordsOf(message, conversation)), reactions(row.reactions ?? []), meta(row, conversation, actions));
  item.replaceChildren(bubble);
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
    ? [el('strong', { className: 'sender' }, [type, ext?.status].filter(Boolean).join(' · '))]
    : [];
}

function text(words) {
  const paragraph = el('p', { testid: 'message-text', className: 'text' });
  let from = 0;
  for (const { 0: href, index } of words.matchAll(LINK)) {
    paragraph.append(words.slice(from, index), el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href));
    from = index + href.length;
  }
  paragraph.append(words.slice(from));
  return paragraph;
}

function reactions(counts) {
  const marks = counts.map(([emoji, count]) => el('span', {}, count > 1 ? `${emoji} ${count}` : emoji));
  return marks.length > 0 ? el('span', { className: 'reactions' }, ...marks) : '';
}

function meta({ message, mine, state, read, editedText, recalled }, conversation, actions) {
  const line = el('span', { className: 'meta' });
  if (editedText !== undefined && !recalled) {
    line.append(el('span', {}, t('chat.edited')));
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
