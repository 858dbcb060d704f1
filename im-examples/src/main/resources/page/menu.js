import { el } from './dom.js';

const menu = document.getElementById('menu');

/** Whether a menu is open: then Escape is for it. */
export function isMenuOpen() {
  return menu.matches(':popover-open');
}

/**
 * Opens a menu beside a button. An item is `{label, run, danger}`; `row` holds short ones (emoji) that stand side by side.
 * Arrow keys move, Escape and a click elsewhere close it, and the focus returns to the button.
 */
export function openMenu(anchor, items, row = []) {
  const close = (run) => () => {
    menu.hidePopover();
    run();
  };
  const button = ({ label, run, danger, spoken }, testid) =>
    el(
      'button',
      { testid, type: 'button', role: 'menuitem', className: danger ? 'danger' : '', ariaLabel: spoken, onclick: close(run) },
      label,
    );
  const line = el('div', { className: 'menu-row', hidden: row.length === 0 }, ...row.map((item) => button(item, 'quick')));
  menu.replaceChildren(line, ...items.map((item) => button(item, `menu-${item.name}`)));
  menu.onkeydown = (event) => step(event);
  menu.ontoggle = ({ newState }) => {
    anchor.setAttribute('aria-expanded', String(newState === 'open'));
    if (newState === 'closed' && (document.activeElement === document.body || menu.contains(document.activeElement))) {
      anchor.focus();
    }
  };
  menu.showPopover();
  place(anchor.getBoundingClientRect());
  menu.querySelector('button')?.focus();
}

/** Below the button or above it, wherever there is room. */
function place(box) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.max(8, Math.min(box.right - width, innerWidth - width - 8));
  const below = box.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, box.top - height - 4) : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function step(event) {
  const buttons = [...menu.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  }
}
