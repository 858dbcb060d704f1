import { avatarOf, el } from './dom.js';
import { momentOf } from './format.js';
import { FOR_EVER } from './settings.js';
import { t } from './strings.js';
import { confirmed } from './view-dialogs.js';
import { showError } from './view-status.js';

/** What this user has set for a conversation, and, in a direct one, what it can do about the other user. */
export function detailsPane(client, id) {
  const conversation = client.store.obtain(id);
  const { peer } = conversation;
  return [
    ...(peer ? [personOf(client, peer)] : []),
    el('h3', {}, t('details.shown')),
    choice('pinned', conversation.settings.pinned, (pinned) => client.settings.change(id, { pinned })),
    choice('quiet', conversation.isQuiet, (quiet) => client.settings.change(id, { mutedUntil: quiet ? FOR_EVER : 0 })),
    choice('archived', conversation.settings.archived, (archived) => client.settings.change(id, { archived })),
    ...(peer ? [el('h3', {}, peer), friendship(client, peer), blocking(client, peer)] : []),
  ];
}

function personOf(client, peer) {
  const state = client.people.stateOf(peer);
  const seen = state?.lastActivity ? t('presence.lastSeen', { time: momentOf(state.lastActivity) }) : '';
  const words = state?.online ? t('presence.online') : seen;
  const note = el('span', { testid: 'details-presence', className: 'note' }, words);
  return el('div', { className: 'person' }, avatarOf(peer, 'direct', state?.online), el('span', { className: 'name' }, peer), note);
}

/** A switch that is what the server says, also after a failure. */
function choice(name, on, change) {
  const box = el('input', { testid: `details-${name}`, id: `details-${name}`, type: 'checkbox', checked: on });
  box.onchange = () =>
    Promise.resolve()
      .then(() => change(box.checked))
      .catch((error) => {
        box.checked = on;
        showError(error);
      });
  return el('label', { className: 'choice', htmlFor: box.id }, box, t(`details.${name}`));
}

function friendship(client, peer) {
  const button = el('button', { testid: 'friend-request', type: 'button', className: 'wide' }, t('details.befriend'));
  button.onclick = async () => {
    try {
      await client.askForFriendship(peer);
      button.textContent = t('details.befriended');
      button.disabled = true;
    } catch (error) {
      showError(error);
    }
  };
  return button;
}

function blocking(client, peer) {
  const blocked = client.settings.isBlocked(peer);
  const words = t(blocked ? 'details.unblock' : 'details.block', { user: peer });
  const button = el('button', { testid: 'block', type: 'button', className: blocked ? 'wide' : 'wide danger' }, words);
  button.onclick = async () => {
    if (blocked || (await confirmed(t('details.blockConfirm', { user: peer })))) {
      client.settings.block(peer, !blocked).catch(showError);
    }
  };
  return button;
}

/** Whom this user has blocked. */
export function blockedPane(client) {
  const { blocked } = client.settings;
  if (blocked.length === 0) {
    return [el('p', { className: 'hint' }, t('blocked.none'))];
  }
  const rows = blocked.map((user) => {
    const label = t('details.unblock', { user });
    const onclick = () => client.settings.block(user, false).catch(showError);
    const button = el('button', { testid: 'unblock', type: 'button', ariaLabel: label, onclick }, t('blocked.free'));
    return el('li', { className: 'person' }, avatarOf(user, 'direct', false), el('span', { className: 'name' }, user), button);
  });
  return [el('ul', { testid: 'blocked' }, ...rows)];
}
