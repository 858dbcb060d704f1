import { directId, isUserId } from './ids.js';
import { t } from './strings.js';
import { reasonOf } from './view-status.js';

/** The dialogs for a new chat and a new group; `go(conversation)` opens what was asked for. */
export function mountDialogs(client, go) {
  form('new-chat', ({ user }) => {
    const name = user.trim();
    if (name === client.me) {
      throw new Error(t('newChat.self'));
    }
    go(directId(client.me, known(name)));
  });
  form('new-group', async ({ name, members }) => {
    go(await client.groups.create(name.trim(), usersIn(members)));
  });
}

/** Names separated by commas, semicolons or blanks, each checked. */
export function usersIn(text) {
  return text
    .split(/[\s,;，、]+/)
    .filter(Boolean)
    .map(known);
}

function known(name) {
  if (!isUserId(name)) {
    throw new Error(name ? t('newGroup.badName', { name }) : t('login.badName'));
  }
  return name;
}

/** A button that opens a dialog, and its form: it stays open with the error's words until the action succeeds. */
function form(id, action) {
  const dialog = document.getElementById(id);
  const fields = document.getElementById(`${id}-form`);
  const error = dialog.querySelector('.error');
  document.getElementById(`${id}-open`).onclick = () => {
    fields.reset();
    error.hidden = true;
    dialog.showModal();
  };
  dialog.querySelector('.cancel').onclick = () => dialog.close();
  fields.onsubmit = async (event) => {
    event.preventDefault();
    error.hidden = true;
    try {
      await action(Object.fromEntries(new FormData(fields)));
      dialog.close();
    } catch (failure) {
      error.textContent = reasonOf(failure);
      error.hidden = false;
    }
  };
}

/** Resolves with whether the person agrees. */
export function confirmed(text) {
  const dialog = document.getElementById('confirm');
  document.getElementById('confirm-text').textContent = text;
  dialog.returnValue = '';
  dialog.showModal();
  document.querySelector('#confirm .cancel').onclick = () => dialog.close();
  document.getElementById('confirm-form').onsubmit = (event) => {
    event.preventDefault();
    dialog.close('yes');
  };
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
