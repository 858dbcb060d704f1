import { avatar, el } from './dom.js';
import { momentOf } from './format.js';
import { t } from './strings.js';

/** The members by how far a message got with them: read, delivered, neither. */
export function readersPane({ readBy = [], unreadBy = [], deliveredTo = [] }) {
  const has = new Map(deliveredTo.map(({ user, at }) => [user, at]));
  return [
    section(
      'read',
      readBy.map(({ user, at }) => person(user, at)),
    ),
    section(
      'delivered',
      unreadBy.filter((user) => has.has(user)).map((user) => person(user, has.get(user))),
    ),
    section(
      'waiting',
      unreadBy.filter((user) => !has.has(user)).map((user) => person(user)),
    ),
  ];
}

/** The time is that of the newest message read or received: this one was by then, perhaps earlier. */
function person(user, at) {
  const words = Number(at) > 0 ? t('readers.by', { time: momentOf(Number(at)) }) : '';
  const note = el('span', { className: 'note' }, words);
  return el('li', { className: 'person' }, avatar(user), el('span', { className: 'name' }, user), note);
}

function section(name, people) {
  const heading = el('h3', {}, t(`readers.${name}`, { count: people.length }));
  return el('section', { hidden: people.length === 0 }, heading, el('ul', { testid: `readers-${name}` }, ...people));
}
