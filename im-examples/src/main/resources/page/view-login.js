import { isUserId } from './ids.js';
import { t } from './strings.js';

const form = document.getElementById('login-form');
const name = document.getElementById('login-name');
const tokenField = document.getElementById('login-token-field');
const token = document.getElementById('login-token');
const button = form.querySelector('button');
const error = document.getElementById('login-error');

/** Shows the form; `signIn(user, token)` is called with what was given, the token only where one was asked for. */
export function showLogin({ user = '', needsToken = false, message, signIn }) {
  document.getElementById('login').hidden = false;
  name.value = user;
  tokenField.hidden = !needsToken;
  say(message);
  (user && needsToken ? token : name).focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    submit(signIn);
  };
}

export function hideLogin() {
  document.getElementById('login').hidden = true;
}

/** The server does not log names in: the form then asks for a token. */
export function askForToken(message) {
  tokenField.hidden = false;
  say(message);
  token.focus();
}

async function submit(signIn) {
  const user = name.value.trim();
  const pasted = token.value.trim();
  if (!isUserId(user)) {
    say(t('login.badName'));
    name.focus();
    return;
  }
  say(undefined);
  button.disabled = true;
  await signIn(user, pasted || undefined);
  button.disabled = false;
}

/** Shows what went wrong, in words; nothing for no message. */
export function say(message) {
  error.textContent = message ?? '';
  error.hidden = !message;
}
