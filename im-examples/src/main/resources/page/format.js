import { locale, t } from './strings.js';

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const fullDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const names = new Intl.ListFormat(locale, { type: 'conjunction' });

export function timeOf(millis) {
  return clock.format(millis);
}

export function momentOf(millis) {
  return moment.format(millis);
}

export function isSameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** The heading above a day's messages. */
export function dayOf(millis, now = Date.now()) {
  const days = daysBetween(millis, now);
  if (days <= 1) {
    return days <= 0 ? t('day.today') : t('day.yesterday');
  }
  return days < 7 ? weekday.format(millis) : fullDate.format(millis);
}

/** As short as the list wants it: a time today, else a day. */
export function ageOf(millis, now = Date.now()) {
  const days = daysBetween(millis, now);
  if (days <= 1) {
    return days <= 0 ? clock.format(millis) : t('day.yesterday');
  }
  return date.format(millis);
}

export function listOf(users) {
  return names.format(users);
}

export function titleOf(conversation) {
  return conversation.kind === 'inbox' ? t('list.notifications') : conversation.title;
}

/** What a message says, in words: also for messages that are not text. */
export function wordsOf(message, conversation) {
  if (message.kind === 'membership') {
    return eventOf(message);
  }
  if (message.revises) {
    return revisionOf(message, conversation);
  }
  if (conversation.revisions.isRecalled(message)) {
    return t('chat.recalled');
  }
  return contentOf(conversation.revisions.current(message));
}

const CHANGES = [
  'created',
  'joined',
  'left',
  'removed',
  'role',
  'renamed',
  'dissolved',
  'owner',
  'muted',
  'unmuted',
  'attributes',
  'history',
];

/** What happened to a group, as its log tells it. */
export function eventOf({ sender, ext = {} }) {
  const users = (ext.users ?? '').split(',').filter(Boolean);
  const change = CHANGES.includes(ext.change) ? ext.change : 'other';
  const itself = change === 'joined' && users.every((user) => user === sender);
  return t(itself ? 'event.joinedSelf' : `event.${change}`, {
    who: sender,
    users: listOf(users),
    role: ext.role ? t(`role.${ext.role}`) : '',
    name: ext.name ?? '',
  });
}

function revisionOf({ kind, text, ext, revises }, conversation) {
  if (kind === 'recall') {
    return t('chat.recalled');
  }
  if (kind === 'edit') {
    const about = conversation.messages.find(({ seq }) => seq === Number(revises));
    return conversation.kind === 'inbox' ? statusOf({ type: about?.type, ext }) : (text ?? '');
  }
  return t(ext?.remove ? 'chat.reactionGone' : 'chat.reaction', { emoji: text ?? '' });
}

const STATUSES = ['pending', 'accepted', 'refused', 'expired', 'withdrawn'];

/** A notification in words: what it is about, and how it stands. */
export function statusOf({ type = '', ext }) {
  const name = type === 'friend-request' ? t('notice.friendRequest') : type;
  const status = STATUSES.includes(ext?.status) ? t(`status.${ext.status}`) : ext?.status;
  return [name, status].filter(Boolean).join(' · ');
}

const NAMED_TYPES = ['image', 'video', 'audio', 'file', 'location'];

function contentOf({ type = 'text', text, kind, ext }) {
  if (kind === 'notification') {
    return text || ext?.remark || statusOf({ type, ext });
  }
  if (type === 'text') {
    return text ?? '';
  }
  const label = NAMED_TYPES.includes(type) ? t(`type.${type}`) : undefined;
  return label ? [label, text ?? ext?.name].filter(Boolean).join(': ') : text || t('type.other', { type });
}

/** Days in the calendar, not of 24 hours: noon is the same day at any hour, and a day of 23 hours is one, too. */
function daysBetween(millis, now) {
  const noon = (time) => new Date(time).setHours(12, 0, 0, 0);
  return Math.round((noon(now) - noon(millis)) / 86_400_000);
}
