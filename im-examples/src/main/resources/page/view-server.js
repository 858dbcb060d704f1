import { el } from './dom.js';
import { t } from './strings.js';
import { reasonOf } from './view-status.js';

const EVERY_MILLIS = 2_000;
const FIGURES = ['connections', 'usersOnline', 'conversationsWatched', 'appendsWaiting'];
const RATES = ['messagesAppended', 'deliveries', 'ackRowsWritten', 'receiptsPushed'];

/** What the server does at the moment, and how far this device is behind, looked up while the pane is open. */
export class ServerPane {
  #client;
  #list = el('dl', { testid: 'server-status', className: 'figures' });
  #trouble = el('p', { className: 'error', role: 'alert', hidden: true });
  #before;
  #timer;

  constructor(client) {
    this.#client = client;
    this.#look();
    this.#timer = setInterval(() => this.#look(), EVERY_MILLIS);
  }

  fill() {
    return [this.#trouble, this.#list];
  }

  close() {
    clearInterval(this.#timer);
  }

  async #look() {
    try {
      const response = await fetch('/api/status');
      if (!response.ok) {
        throw new Error(`${response.status} ${response.statusText}`);
      }
      this.#show(await response.json(), Date.now());
      this.#trouble.hidden = true;
    } catch (error) {
      this.#trouble.textContent = reasonOf(error);
      this.#trouble.hidden = false;
    }
  }

  #show(status, at) {
    const known = (name) => status[name] !== undefined;
    const rows = FIGURES.filter(known).map((name) => [name, String(status[name])]);
    rows.push(['behind', String(this.#client.behind)]);
    rows.push(...RATES.filter(known).map((name) => [name, this.#rate(name, status, at)]));
    this.#list.replaceChildren(
      ...rows.flatMap(([name, value]) => [
        el('dt', {}, t(`server.${name}`)),
        el('dd', { testid: `server-${name}` }, value),
      ]),
    );
    this.#before = { status, at };
  }

  /** So many a second since the last look, and in all. */
  #rate(name, status, at) {
    const { status: before, at: then } = this.#before ?? { status, at };
    const seconds = Math.max(0.001, (at - then) / 1_000);
    const rate = (status[name] - before[name]) / seconds;
    return t('server.rate', { rate: rate.toFixed(1), total: status[name] });
  }
}
