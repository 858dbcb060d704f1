import { LoginRefused } from './account.js';
import { Backoff } from './backoff.js';
import { CloseCode, Connection, ConnectionLost, StatusError } from './protocol.js';

const HEARTBEAT_MILLIS = 15_000;
const STABLE_MILLIS = 5_000;
const RENEWAL_RETRY_MILLIS = 5_000;
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;

/**
 * Keeps one connection alive: says hello, reconnects with back-off, renews the token, notices a silent network.
 *
 * `state.phase` is `connecting`, `online`, `waiting` (for `state.until`) or `stopped` (for `state.reason`: a
 * `login` refused, `replaced` by another connection of this device, or `refused` by the server's policy).
 */
export class Link {
  state = { phase: 'stopped', reason: 'new' };
  #options;
  #connection;
  #attempts = 0;
  #backoff = new Backoff();
  #timers = {};
  #heartbeatMillis = HEARTBEAT_MILLIS;

  /** Options: `url`, `account`, `deviceId`, `resume()` for hello, `onWelcome`, `onFrame(name, body)`, `onState`. */
  constructor(options) {
    this.#options = options;
    window.addEventListener('offline', () => this.#connection?.close('the network is gone'));
    window.addEventListener('online', () => this.#wake());
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  get online() {
    return this.state.phase === 'online';
  }

  connect() {
    this.#drop('connecting anew');
    this.#become({ phase: 'connecting' });
    const attempt = ++this.#attempts;
    const current = () => attempt === this.#attempts && this.state.phase === 'connecting';
    this.#options.account.token().then(
      (token) => current() && this.#open(token),
      (error) => current() && this.#loginFailed(error),
    );
  }

  stop(reason, message) {
    this.#drop('stopped');
    this.#become({ phase: 'stopped', reason, message });
  }

  /** Leaves this node and comes back when it said so; what was not answered is asked again there. */
  moveAway(reconnectAfterMillis) {
    this.#drop('going elsewhere');
    this.#reconnectIn(Number(reconnectAfterMillis ?? 0), true);
  }

  /** Rejects with ConnectionLost while offline. */
  request(name, body) {
    return this.online ? this.#connection.request(name, body) : Promise.reject(new ConnectionLost('offline'));
  }

  /** Dropped while offline: `ack` and `signal` lose nothing by it. */
  tell(name, body) {
    if (this.online) {
      this.#connection.tell(name, body);
    }
  }

  #open(token) {
    const { url, deviceId, resume } = this.#options;
    const connection = new Connection(url, {
      opened: () => {
        const hello = { token, deviceId, ...resume(), client: 'lastack-page/1' };
        connection.request('hello', hello).catch((error) => {
          connection.close(error.message, error.code === 401 ? CloseCode.TOKEN : 1000);
        });
      },
      frame: (name, body) => this.#heard(name, body),
      closed: (code, reason) => this.#connection === connection && this.#closed(code, reason),
    });
    this.#connection = connection;
  }

  #heard(name, body) {
    if (name === 'welcome') {
      this.#welcomed(body);
    } else if (name === 'tokenExpiring') {
      this.#renewIn(0);
    } else {
      this.#options.onFrame(name, body);
    }
  }

  #welcomed(welcome) {
    this.#heartbeatMillis = Number(welcome.heartbeatMillis ?? HEARTBEAT_MILLIS);
    this.#become({ phase: 'online' });
    // A server that welcomes and closes at once must not be called in a tight loop.
    this.#after('stable', STABLE_MILLIS, () => this.#backoff.reset());
    this.#watch();
    this.#scheduleRenewal();
    this.#options.onWelcome(welcome);
  }

  #closed(code, reason) {
    this.#drop();
    if (code === CloseCode.TOKEN) {
      this.#tokenRefused(reason);
    } else if (code === CloseCode.REPLACED) {
      this.stop('replaced', reason);
    } else if (code === CloseCode.POLICY) {
      this.stop('refused', reason);
    } else {
      this.#reconnectIn(code === CloseCode.RATE ? 10_000 + this.#backoff.next() : this.#backoff.next());
    }
  }

  #tokenRefused(reason) {
    const { account } = this.#options;
    if (account.pasted) {
      this.stop('login', reason);
    } else {
      account.forget();
      this.#reconnectIn(this.#backoff.next());
    }
  }

  #loginFailed(error) {
    if (error instanceof LoginRefused) {
      this.stop('login', error.message);
    } else {
      this.#reconnectIn(this.#backoff.next());
    }
  }

  /** `told`: the server chose the time, so that not all its clients come back at once. */
  #reconnectIn(millis, told = false) {
    this.#become({ phase: 'waiting', until: Date.now() + millis, told });
    this.#after('reconnect', millis, () => this.connect());
  }

  /** The network or the person came back: do not sit out a long wait, and do not trust an old silence. */
  #wake() {
    if (document.visibilityState === 'hidden' || navigator.onLine === false) {
      return;
    }
    if (this.state.phase === 'waiting' && !this.state.told) {
      this.connect();
    } else if (this.online) {
      this.#ask(this.#connection, 5_000);
    }
  }

  /** The server's pings are hidden from a page, so a silence of one heartbeat is asked about, and two end it. */
  #watch() {
    const connection = this.#connection;
    if (Date.now() - connection.lastHeard >= this.#heartbeatMillis) {
      this.#ask(connection, this.#heartbeatMillis);
    }
    this.#after('watch', this.#heartbeatMillis / 3, () => this.#watch());
  }

  /** Only an unanswered question shows a dead network: in a hidden tab timers run late, and a silence means little. */
  #ask(connection, patienceMillis) {
    connection.request('ping', {}, patienceMillis).catch((error) => {
      if (!(error instanceof StatusError)) {
        connection.close('nothing heard for too long');
      }
    });
  }

  /** A fresh token goes over the live connection; if that fails, the server's close brings the next attempt. */
  #scheduleRenewal(atLeastMillis = 0) {
    this.#renewIn(Math.max(atLeastMillis, this.#options.account.millisToRenewal()));
  }

  #renewIn(millis) {
    const { account } = this.#options;
    if (account.millisToRenewal() === Infinity || !this.online) {
      return;
    }
    this.#after('renewal', millis, () => {
      account
        .renew()
        .then((token) => this.request('hello', { token }))
        .then(() => this.#scheduleRenewal())
        .catch((error) => {
          console.warn('token not renewed:', error.message);
          this.#scheduleRenewal(RENEWAL_RETRY_MILLIS);
        });
    });
  }

  #after(name, millis, action) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(action, Math.min(millis, LONGEST_TIMER_MILLIS));
  }

  /** From here on the connection is not ours: what it still says is not listened to. */
  #drop(reason) {
    Object.values(this.#timers).forEach(clearTimeout);
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close(reason);
  }

  #become(state) {
    this.state = state;
    this.#options.onState(state);
  }
}
