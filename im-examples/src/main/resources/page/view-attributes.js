import { el, icon } from './dom.js';
import { t } from './strings.js';
import { attempt, draftField } from './view-forms.js';

const NAME = 'attribute-name';
const VALUE = 'attribute-value';

/** What is said about a group, each under a name of its own; who leads the group says it. `draft` outlives a refill. */
export function attributesSection(client, id, leads, draft) {
  const { attributes = {} } = client.store.get(id);
  const names = Object.keys(attributes).sort();
  if (names.length === 0 && !leads) {
    return [];
  }
  const save = (changed) => client.groups.setAttributes(id, changed);
  const form = leads ? attributeForm(client, id, attributes, draft, save) : '';
  const rows = names.map((name) => row(name, attributes, leads ? { form, save } : undefined));
  return [
    el('h3', {}, t('attributes.title')),
    names.length > 0 ? el('ul', { testid: 'attributes', className: 'attributes' }, ...rows) : '',
    form,
  ];
}

function row(name, attributes, editing) {
  const words = el(
    'span',
    { className: 'name' },
    el('span', { className: 'note' }, name),
    el('span', { className: 'value' }, attributes[name]),
  );
  const item = el('li', { testid: 'attribute', className: 'person' }, words);
  item.dataset.name = name;
  if (editing) {
    const { form, save } = editing;
    const change = () => form.fill(name, attributes[name]);
    const { [name]: gone, ...others } = attributes;
    const remove = () => attempt(() => save(others));
    item.append(
      round('attribute-edit', t('attributes.edit', { name }), 'edit', change),
      round('attribute-remove', t('attributes.remove', { name }), 'close', remove),
    );
  }
  return item;
}

function round(testid, label, picture, onclick) {
  const button = el('button', { testid, type: 'button', className: 'round', title: label, onclick }, icon(picture));
  button.setAttribute('aria-label', label);
  return button;
}

function attributeForm(client, id, attributes, draft, save) {
  const name = draftField(NAME, draft, '');
  const value = draftField(VALUE, draft, '');
  name.placeholder = t('attributes.nameExample');
  value.placeholder = t('attributes.valueExample');
  name.ariaLabel = t('attributes.name');
  value.ariaLabel = t('attributes.value');
  const submit = el('button', { testid: 'attribute-submit' }, t('attributes.save'));
  const form = el('form', { noValidate: true, className: 'attribute-form' }, name, value, submit);
  form.fill = (oldName, oldValue) => {
    name.value = draft[NAME] = oldName;
    value.value = draft[VALUE] = oldValue;
    value.focus();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (name.value.trim()) {
      attempt(async () => {
        await save({ ...attributes, [name.value.trim()]: value.value.trim() });
        delete draft[NAME];
        delete draft[VALUE];
        client.store.emit('members', id);
      });
    }
  };
  return form;
}
