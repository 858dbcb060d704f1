import { wordsOf } from './format.js';
import { openMenu } from './menu.js';
import { t } from './strings.js';
import { confirmed } from './view-dialogs.js';
import { showError } from './view-status.js';

const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉'];
/** What the server allows unless its host says otherwise; the server has the last word. */
const RECALL_MILLIS = 2 * 60_000;
const EDIT_MILLIS = 15 * 60_000;

/**
 * What can be done with a message. `composer` takes replies and edits, `whoRead(seq)` shows the readers, `goTo(seq)`
 * scrolls to a message.
 */
export function messageActions(client, conversationId, { composer, whoRead, goTo }) {
  const attempt = (action) => Promise.resolve().then(action).catch(showError);
  const react = (seq, emoji, remove) => attempt(() => client.react(conversationId(), seq, emoji, remove));

  const menu = (row, button) => {
    const id = conversationId();
    const conversation = client.store.get(id);
    const { message, mine, reactions = [], me } = row;
    const { seq } = message;
    const age = Date.now() - message.sentAt;
    const own = (emoji) => reactions.some(([given, users]) => given === emoji && users.includes(me));
    const leads = conversation.role === 'owner' || conversation.role === 'admin';
    const text = wordsOf(message, conversation);
    const items = [
      { name: 'reply', can: conversation.writable, run: () => composer().reply({ seq, sender: message.sender, text }) },
      {
        name: 'edit',
        can: conversation.writable && mine && message.type === 'text' && age < EDIT_MILLIS,
        run: () => composer().edit({ seq, text: message.text }),
      },
      { name: 'copy', can: message.type === 'text', run: () => attempt(() => navigator.clipboard.writeText(text)) },
      { name: 'readers', can: mine && conversation.kind === 'group', run: () => whoRead(seq) },
      {
        name: 'recall',
        can: (mine && age < RECALL_MILLIS) || (conversation.kind === 'group' && leads),
        danger: true,
        run: async () => (await confirmed(t('message.recallConfirm'))) && attempt(() => client.recall(id, seq)),
      },
    ];
    const quick = QUICK.map((emoji) => ({
      label: emoji,
      spoken: t(own(emoji) ? 'message.unreact' : 'message.react', { emoji }),
      run: () => react(seq, emoji, own(emoji)),
    }));
    const able = items.filter(({ can }) => can).map((item) => ({ ...item, label: t(`message.${item.name}`) }));
    openMenu(button, able, conversation.writable ? quick : []);
  };

  return {
    menu,
    react,
    whoRead,
    goTo,
    retry: (clientMessageId) => client.outbox.retry(clientMessageId),
    discard: (clientMessageId) => client.outbox.discard(clientMessageId),
    answer: (seq, status) => attempt(() => client.answer(seq, status)),
  };
}
