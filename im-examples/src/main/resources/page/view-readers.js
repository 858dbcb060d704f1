import { avatar, el } from './dom.js';
import { momentOf } from './format.js';
import { t } from './strings.js';

/** The members by how far a message got with them: read, delivered, neither. */
export function readersPane({ readBy = [], unreadBy = [], deliveredTo = [] }) {
  const has = new Set(deliveredTo);
  return [
    section(
      'read',
      readBy.map(({ user, at }) => person(user, at)),
    ),
    section(
      'delivered',
      unreadBy.filter((user) => has.has(user)).map((user) => person(user)),
    ),
    section(
      'waiting',
      unreadBy.filter((user) => !has.has(user)).map((user) => person(user)),
    ),
  ];
}

function person(user, readAt) {
  const note = el('span', { className: 'note' }, readAt ? momentOf(Number(readAt)) : '');
  return el('li', { className: 'person' }, avatar(user), el('span', { className: 'name' }, user), note);
}

function section(name, people) {
  const heading = el('h3', {}, t(`readers.${name}`, { count: people.length }));
  return el('section', { hidden: people.length === 0 }, heading, el('ul', { testid: `readers-${name}` }, ...people));
}
