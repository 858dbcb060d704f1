import { avatarOf, el, icon } from './dom.js';
import { momentOf } from './format.js';
import { openMenu } from './menu.js';
import { FOR_EVER } from './settings.js';
import { t } from './strings.js';
import { attributesSection } from './view-attributes.js';
import { confirmed, usersIn } from './view-dialogs.js';
import { attempt, draftField } from './view-forms.js';

const ROLES = ['owner', 'admin', 'member'];

/** A group's members, and what this member's role allows to do about them. `draft` outlives a refill of the pane. */
export function membersPane(client, id, draft) {
  const { members = [], membersComplete, name } = client.store.get(id);
  const role = members.find(({ user }) => user === client.me)?.role;
  const leads = role === 'owner' || role === 'admin';
  const sorted = [...members].sort((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role));
  const rows = sorted.map((member) => person(client, id, member, role));
  return [
    ...(leads ? [addForm(client, id, draft), renameForm(client, id, name, draft)] : []),
    ...attributesSection(client, id, leads, draft),
    el('h3', {}, t('chat.members')),
    el('ul', { testid: 'members' }, ...rows),
    membersComplete === false ? el('p', { className: 'hint' }, t('members.more')) : '',
    ...(role ? [leaving(client, id, role)] : []),
  ];
}

async function attemptIfConfirmed(text, action) {
  if (await confirmed(text)) {
    await attempt(action);
  }
}

function person(client, id, { user, role, mutedUntil }, mine) {
  const item = el(
    'li',
    { testid: 'member', className: 'person' },
    avatarOf(user, 'direct', client.people.isOnline(user)),
    el('span', { className: 'name' }, user, ...mute(Number(mutedUntil ?? 0))),
  );
  item.dataset.user = user;
  const isOther = user !== client.me;
  item.append(
    isOther && mine === 'owner'
      ? roleChoice(client, id, user, role)
      : el('span', { className: 'note' }, t(`role.${role}`)),
  );
  if (isOther && (mine === 'owner' || (mine === 'admin' && role === 'member'))) {
    item.append(more(client, id, user, mine, Number(mutedUntil ?? 0)), removal(client, id, user));
  }
  return item;
}

function roleChoice(client, id, user, role) {
  const onchange = () => attempt(() => client.groups.setRole(id, user, select.value));
  const select = el('select', { testid: 'member-role', ariaLabel: t('members.roleOf', { user }), onchange });
  select.append(...ROLES.map((value) => el('option', { value, selected: value === role }, t(`role.${value}`))));
  return select;
}

function mute(until) {
  if (until <= Date.now()) {
    return [];
  }
  const words = until >= FOR_EVER ? t('members.muted') : t('members.mutedUntil', { time: momentOf(until) });
  return [el('span', { testid: 'member-muted', className: 'note below' }, words)];
}

function more(client, id, user, mine, until) {
  const label = t('members.more.of', { user });
  const button = el('button', { testid: 'member-more', type: 'button', className: 'round', title: label }, icon('dots'));
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-haspopup', 'menu');
  const silence = (name, to) => ({
    name,
    label: t(`members.${name}`),
    run: () => attempt(() => client.groups.mute(id, user, to())),
  });
  button.onclick = () =>
    openMenu(button, [
      ...(until > Date.now()
        ? [silence('unmute', () => 0)]
        : [silence('muteHour', () => Date.now() + 3_600_000), silence('muteEver', () => FOR_EVER)]),
      ...(mine === 'owner' ? [transfer(client, id, user)] : []),
    ]);
  return button;
}

function transfer(client, id, user) {
  const question = t('members.transferConfirm', { user });
  const run = () => attemptIfConfirmed(question, () => client.groups.transfer(id, user));
  return { name: 'transfer', label: t('members.transfer'), danger: true, run };
}

function removal(client, id, user) {
  const label = t('members.remove', { user });
  const question = t('members.removeConfirm', { user });
  const onclick = () => attemptIfConfirmed(question, () => client.groups.remove(id, user));
  return el(
    'button',
    { testid: 'member-remove', className: 'round', title: label, ariaLabel: label, onclick },
    icon('close'),
  );
}

function addForm(client, id, draft) {
  const field = draftField('members-add', draft, '');
  field.placeholder = t('members.addExample');
  return fieldWithButton(t('members.add'), field, t('members.addButton'), async () => {
    await client.groups.add(id, usersIn(field.value));
    delete draft['members-add'];
    client.store.emit('members', id);
  });
}

function renameForm(client, id, name, draft) {
  const field = draftField('members-rename', draft, name ?? '');
  return fieldWithButton(t('members.rename'), field, t('members.renameButton'), async () => {
    await client.groups.rename(id, field.value.trim());
    delete draft['members-rename'];
    client.store.emit('members', id);
  });
}

function fieldWithButton(label, field, action, submit) {
  const button = el('button', { testid: `${field.id}-submit` }, action);
  const line = el('div', { className: 'field-line' }, field, button);
  const form = el('form', { noValidate: true }, el('label', { htmlFor: field.id }, label), line);
  form.onsubmit = (event) => {
    event.preventDefault();
    if (field.value.trim()) {
      attempt(submit);
    }
  };
  return form;
}

function leaving(client, id, role) {
  const button = (testid, question, action) =>
    el('button', { testid, className: 'danger', onclick: () => attemptIfConfirmed(question, action) });
  const leave = button('group-leave', t('members.leaveConfirm'), () => client.groups.leave(id));
  leave.append(t('members.leave'));
  const dissolve = button('group-dissolve', t('members.dissolveConfirm'), () => client.groups.dissolve(id));
  dissolve.append(t('members.dissolve'));
  return el('div', { className: 'leaving' }, leave, ...(role === 'owner' ? [dissolve] : []));
}
