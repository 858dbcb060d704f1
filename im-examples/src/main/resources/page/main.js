import { Account, LoginRefused } from './account.js';
import { Client } from './client.js';
import { claimDevice } from './device.js';
import { avatar, localize } from './dom.js';
import { isConversationOf } from './ids.js';
import { isMenuOpen, openMenu } from './menu.js';
import { browserShelf, deviceShelf, tabShelf } from './shelf.js';
import { language, t } from './strings.js';
import { ChatView } from './view-chat.js';
import { mountDialogs } from './view-dialogs.js';
import { blockedPane } from './view-details.js';
import { ListView } from './view-list.js';
import { askForToken, hideLogin, say, showLogin } from './view-login.js';
import { RoomPane } from './view-room.js';
import { ServerPane } from './view-server.js';
import { SideView } from './view-side.js';
import { showError, showLinkState, showUnreadInTitle } from './view-status.js';

// How the page hangs together: a Client (client.js) keeps a Link (link.js) to the server, which makes one Connection
// (protocol.js) after another. What comes in goes through Delivery (delivery.js, cursor.js) into the Store (store.js,
// conversation.js), which the views (view-*.js) draw; what goes out waits in the Outbox (outbox.js).

document.documentElement.lang = language;
localize(document.body);
start();

/** A tab remembers who it is for; a new tab is offered the last name that this browser used. */
function start() {
  const { user, token, message, needsToken } = tabShelf.get('session', {});
  if (user && !message) {
    signIn(user, token);
  } else {
    const name = user ?? browserShelf.get('lastUser', '');
    showLogin({ user: name, needsToken, message: message && t('login.ended', { reason: message }), signIn });
  }
}

async function signIn(user, token) {
  const account = new Account(user, token);
  try {
    await account.token();
  } catch (error) {
    if (error instanceof LoginRefused) {
      showLogin({ user, needsToken: true, signIn });
      askForToken(error.message);
      return;
    }
    if (!tabShelf.get('session')) {
      say(t('login.unreachable'));
      return;
    }
    // This tab was signed in before: it shows what it has and reconnects.
  }
  tabShelf.set('session', { user, token });
  browserShelf.set('lastUser', user);
  hideLogin();
  run(account, await claimDevice(user));
}

/** Ends the session; the page starts afresh, which leaves nothing behind. */
function restart(session) {
  tabShelf.set('session', session);
  location.reload();
}

function run(account, deviceId) {
  const app = document.getElementById('app');
  const client = new Client({
    account,
    deviceId,
    shelf: deviceShelf(account.user, deviceId),
    onState: (state) => followLink(state, client, account),
    onWelcome: ({ user }) => {
      if (user !== account.user) {
        // A pasted token names its user itself, and everything here is kept by user.
        restart({ user, token: account.pasted });
      }
    },
  });
  const side = new SideView(client);
  const list = new ListView(client, go);
  const chat = new ChatView(client, side, () => leave(list, chat));
  mountDialogs(client, go);
  client.store.on('list', () => showUnreadInTitle(client.store.unread));
  document.getElementById('me-name').textContent = account.user;
  document.getElementById('me-avatar').replaceChildren(avatar(account.user));
  document.getElementById('sign-out').onclick = () => {
    history.replaceState(null, '', location.pathname);
    restart({});
  };
  mountMore(client, side);
  app.hidden = false;

  const route = () => {
    const conversation = location.hash.slice(1);
    show(isConversationOf(conversation, client.me) ? conversation : undefined, { app, side, list, chat });
  };
  window.addEventListener('hashchange', route);
  document.addEventListener('keydown', (event) => escape(event, side, list, chat));
  client.link.connect();
  route();
}

/** What is of the user or the server, and of no conversation. */
function mountMore(client, side) {
  const button = document.getElementById('more-open');
  const pane = (make) => {
    const view = make();
    return { fill: () => view.fill(), onClose: () => view.close() };
  };
  const items = [
    { name: 'read-all', label: t('more.readAll'), run: () => client.readAll().catch(showError) },
    {
      name: 'room',
      label: t('more.room'),
      run: () => side.show({ title: t('room.title'), ...pane(() => new RoomPane(client)) }),
    },
    {
      name: 'blocked',
      label: t('more.blocked'),
      run: () => side.show({ title: t('more.blocked'), settings: true, fill: () => blockedPane(client) }),
    },
    {
      name: 'server',
      label: t('more.server'),
      run: () => side.show({ title: t('server.title'), ...pane(() => new ServerPane(client)) }),
    },
  ];
  button.onclick = () => openMenu(button, items);
}

function followLink(state, client, account) {
  if (state.phase === 'stopped' && state.reason === 'login') {
    restart({ user: account.user, message: state.message, needsToken: account.pasted !== undefined });
  } else {
    showLinkState(state, client.link);
  }
}

/** The open conversation is in the address, so that the browser's back button and a reload work. */
function go(conversation) {
  location.hash = conversation;
}

function show(conversation, { app, side, list, chat }) {
  app.dataset.view = conversation ? 'chat' : 'list';
  side.close();
  list.setOpen(conversation);
  conversation ? chat.open(conversation) : chat.close();
}

function leave(list, chat) {
  const { conversation } = chat;
  location.replace('#');
  list.focus(conversation);
}

/** Escape closes what is on top; dialogs close themselves. */
function escape(event, side, list, chat) {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || isMenuOpen() || document.querySelector('dialog[open]')) {
    return;
  }
  if (side.isOpen) {
    side.close();
  } else if (chat.conversation && event.target.id !== 'filter') {
    leave(list, chat);
  }
}
