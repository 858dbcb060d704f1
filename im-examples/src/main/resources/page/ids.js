/** Ids on the wire: users and devices, and the three kinds of conversation (direct, group, inbox). */

const ID = /^[A-Za-z0-9._@+-]{1,64}$/;

export function isUserId(text) {
  return ID.test(text);
}

/** The canonical id of a direct conversation: both users in ascending order. Ids are ASCII, so `<` is code-point order. */
export function directId(one, other) {
  return one < other ? `direct:${one}~${other}` : `direct:${other}~${one}`;
}

/** Whether the text is the id of a conversation that this user can have. */
export function isConversationOf(text, me) {
  const parts = text.slice(text.indexOf(':') + 1).split('~');
  const isDirect = parts.length === 2 && parts.includes(me) && text === directId(parts[0], parts[1]);
  return parts.every(isUserId) && (isDirect || text === `group:${parts[0]}` || text === `inbox:${me}`);
}

/** `direct`, `group` or `inbox`. */
export function kindOf(conversation) {
  return conversation.slice(0, conversation.indexOf(':'));
}

/** The other user of a direct conversation. */
export function peerOf(conversation, me) {
  const [one, other] = conversation.slice('direct:'.length).split('~');
  return one === me ? other : one;
}

/** What follows the kind: the group's id, or the inbox's user. */
export function localPart(conversation) {
  return conversation.slice(conversation.indexOf(':') + 1);
}

/** `crypto.randomUUID` is missing on plain HTTP, `getRandomValues` is not. */
export function randomId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
