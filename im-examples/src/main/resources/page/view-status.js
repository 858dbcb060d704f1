import { t } from './strings.js';
import { ConnectionLost } from './protocol.js';

/** Shorter troubles than this are not worth a person's attention. */
const QUIET_MILLIS = 800;
const TOAST_MILLIS = 6_000;

const banner = document.getElementById('banner');
const bannerText = document.getElementById('banner-text');
const bannerCountdown = document.getElementById('banner-countdown');
const bannerAction = document.getElementById('banner-action');
const toast = document.getElementById('toast');

let showTimer;
let tickTimer;
let toastTimer;

/** The state of the connection, in words; nothing while all is well. */
export function showLinkState(state, link) {
  clearInterval(tickTimer);
  if (state.phase === 'online') {
    clearTimeout(showTimer);
    showTimer = undefined;
    banner.hidden = true;
    return;
  }
  const say = () => fill(state, link);
  say();
  tickTimer = setInterval(say, 1_000);
  if (state.phase === 'stopped') {
    banner.hidden = false;
  } else {
    showTimer ??= setTimeout(() => (banner.hidden = false), QUIET_MILLIS);
  }
}

function fill(state, link) {
  const text = textOf(state);
  // A screen reader speaks what changes here; the countdown is for the eyes.
  if (bannerText.textContent !== text) {
    bannerText.textContent = text;
  }
  const counts = state.phase === 'waiting' && navigator.onLine;
  bannerCountdown.textContent = counts ? t('link.countdown', { seconds: secondsUntil(state.until) }) : '';
  const action = state.phase === 'stopped' ? 'link.here' : 'link.now';
  bannerAction.textContent = t(action);
  bannerAction.hidden = state.phase === 'connecting' || !navigator.onLine;
  bannerAction.onclick = () => link.connect();
}

function textOf(state) {
  if (state.phase === 'connecting') {
    return t('link.connecting');
  }
  if (state.phase === 'stopped') {
    return state.reason === 'replaced' ? t('link.replaced') : t('link.refused', { reason: state.message });
  }
  if (!navigator.onLine) {
    return t('link.offline');
  }
  return t(state.told ? 'link.moving' : 'link.waiting');
}

function secondsUntil(millis) {
  return Math.max(0, Math.ceil((millis - Date.now()) / 1_000));
}

/** What went wrong, for a person: the server's own words, where it said something. */
export function reasonOf(error) {
  return error instanceof ConnectionLost ? t('error.offline') : error.message;
}

/** Says for a while what went wrong. */
export function showError(error) {
  toast.textContent = t('error.failed', { reason: reasonOf(error) });
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MILLIS);
}

export function showUnreadInTitle(unread) {
  document.title = unread > 0 ? `(${unread}) LastAck` : 'LastAck';
}
