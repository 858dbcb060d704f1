import { t } from './strings.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with properties and children; `testid` names it for browser tests. Text becomes text nodes: nothing is
 * ever parsed as HTML.
 */
export function el(tag, { testid, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  if (testid) {
    element.dataset.testid = testid;
  }
  element.append(...children);
  return element;
}

/** A decorative icon from the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Text for screen readers only. */
export function spoken(text) {
  return el('span', { className: 'visually-hidden' }, text);
}

/** Fills in the texts that index.html names by key. */
export function localize(root) {
  root.querySelectorAll('[data-text]').forEach((element) => (element.textContent = t(element.dataset.text)));
  root.querySelectorAll('[data-label]').forEach((element) => {
    element.setAttribute('aria-label', t(element.dataset.label));
    if (element.tagName === 'BUTTON') {
      element.title = t(element.dataset.label);
    }
  });
  root
    .querySelectorAll('[data-placeholder]')
    .forEach((element) => (element.placeholder = t(element.dataset.placeholder)));
}

const HUES = 8;

/** A round mark with the first letter of the name, in a colour that the name decides. */
export function avatar(name, kind = 'direct') {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % HUES;
  const mark = kind === 'direct' ? ([...name][0] ?? '?').toUpperCase() : icon(kind === 'group' ? 'people' : 'bell');
  return el('span', { className: `avatar hue-${hue}`, ariaHidden: 'true' }, mark);
}

/** The mark of a person with a dot if it is online. */
export function avatarOf(name, kind, online) {
  const dot = online ? el('span', { testid: 'online', className: 'dot' }, spoken(t('presence.online'))) : '';
  return el('span', { className: 'presence' }, avatar(name, kind), dot);
}
