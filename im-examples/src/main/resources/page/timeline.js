import { isSameDay, wordsOf } from './format.js';

const SAME_BREATH_MILLIS = 5 * 60_000;

/**
 * The rows of a chat, as plain data: days, the line above what is new, messages, group events, what waits in the
 * outbox. `messages` is the part of the conversation that is shown, `afterSeq` what comes before it (0: nothing), and
 * `pending` is given only when it reaches the newest.
 */
export function timeline({ conversation, messages, afterSeq, pending, newSeq, me, stateOf }) {
  const rows = [];
  let previous;
  let day;
  const add = (row, at) => {
    if (day === undefined || !isSameDay(day, at)) {
      rows.push({ type: 'day', key: `day-${new Date(at).toDateString()}`, at });
      previous = undefined;
    }
    day = at;
    if (newSeq !== undefined && row.message.seq === newSeq) {
      rows.push({ type: 'new', key: 'new' });
      previous = undefined;
    }
    rows.push(row);
  };
  let passed = afterSeq;
  for (const message of messages) {
    const skips = conversation.skips.filter(({ fromSeq, toSeq }) => fromSeq > passed && toSeq < message.seq);
    rows.push(...skips.map((skip) => ({ type: 'skipped', key: `skipped-${skip.fromSeq}`, ...skip })));
    passed = message.seq;
    if (!message.revises && message.kind !== 'settings') {
      const row = rowOf({ conversation, message, me, stateOf });
      add(row, message.sentAt);
      row.follows = followsOn(previous, message);
      previous = message.kind === 'membership' ? undefined : message;
    }
  }
  for (const entry of pending) {
    const message = { ...entry, sender: me, sentAt: entry.writtenAt };
    const quote = quoteOf(conversation, entry.replyTo);
    const row = { type: 'message', key: entry.clientMessageId, message, mine: true, quote, state: stateOfEntry(entry) };
    add(row, message.sentAt);
    row.follows = followsOn(previous, message);
    previous = message;
  }
  return rows;
}

function rowOf({ conversation, message, me, stateOf }) {
  if (message.kind === 'membership') {
    return { type: 'event', key: `seq-${message.seq}`, message };
  }
  const mine = message.sender === me;
  return {
    type: 'message',
    // The same row from the moment of writing: a confirmed message replaces its outbox entry in place.
    key: mine && message.clientMessageId ? message.clientMessageId : `seq-${message.seq}`,
    message: conversation.revisions.current(message),
    mine,
    me,
    recalled: conversation.revisions.isRecalled(message),
    edited: conversation.revisions.isEdited(message),
    quote: quoteOf(conversation, message.replyTo),
    namesMe: !mine && conversation.revisions.current(message).mentions?.includes(me) === true,
    reactions: conversation.revisions.reactionsTo(message.seq),
    ...(mine ? stateOf(message.seq) : {}),
  };
}

/** What a message replies to: its words as they are now, where it is here. */
function quoteOf(conversation, replyTo) {
  const seq = Number(replyTo ?? 0);
  if (seq === 0) {
    return undefined;
  }
  const message = conversation.messages.find((candidate) => candidate.seq === seq);
  return { seq, sender: message?.sender, text: message && wordsOf(message, conversation) };
}

function stateOfEntry(entry) {
  return entry.error ? 'failed' : 'sending';
}

function followsOn(previous, message) {
  return previous?.sender === message.sender && message.sentAt - previous.sentAt < SAME_BREATH_MILLIS;
}
