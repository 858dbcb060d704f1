import { el } from './dom.js';
import { showError } from './view-status.js';

/** Does it, and says so if it did not work. */
export function attempt(action) {
  return Promise.resolve().then(action).catch(showError);
}

/** A field whose text outlives a refill of its pane, in `draft` under the field's id. */
export function draftField(id, draft, otherwise) {
  const oninput = () => (draft[id] = field.value);
  const field = el('input', {
    testid: id,
    id,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: false,
    oninput,
  });
  field.value = draft[id] ?? otherwise;
  return field;
}
