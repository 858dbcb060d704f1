import { el, icon } from './dom.js';
import { isUserId } from './ids.js';
import { t } from './strings.js';
import { showError } from './view-status.js';

const LENGTH_SECONDS = 180;
const DRAW_MILLIS = 200;
const COUNT_EVERY = 25;

/**
 * Something watched together: whoever is in the room plays, pauses and seeks for all. Rooms keep nothing, so who comes
 * later asks, and whoever hears it says where they are. The film is a clock: the page has none to show.
 */
export class RoomPane {
  #client;
  #room;
  #playing = false;
  #position = 0;
  #since = 0;
  #people = 1;
  #drawn = 0;
  #timer;
  #name = el('input', { testid: 'room-name', id: 'room-name', autocomplete: 'off', spellcheck: false, value: 'cinema' });
  #toggle = el('button', { testid: 'room-toggle', type: 'button', className: 'round play' });
  #bar = el('input', { testid: 'room-bar', type: 'range', min: 0, max: LENGTH_SECONDS, step: 1, value: 0 });
  #time = el('span', { testid: 'room-time', className: 'note' });
  #count = el('p', { testid: 'room-count', className: 'hint' });
  #last = el('p', { testid: 'room-last', className: 'hint' });

  constructor(client) {
    this.#client = client;
    this.#bar.setAttribute('aria-label', t('room.position'));
    this.#toggle.onclick = () => this.#say(this.#playing ? 'pause' : 'play', this.#now());
    this.#bar.onchange = () => this.#say('seek', Number(this.#bar.value));
  }

  fill() {
    const join = el('button', { testid: 'room-join', className: 'primary' }, t('room.join'));
    const form = el(
      'form',
      { noValidate: true, onsubmit: (event) => this.#enter(event) },
      el('label', { htmlFor: 'room-name' }, t('room.name')),
      el('div', { className: 'field-line' }, this.#name, join),
    );
    if (!this.#room) {
      return [el('p', { className: 'hint' }, t('room.about')), form];
    }
    const screen = el('div', { className: 'screen' }, this.#toggle);
    return [el('h3', {}, this.#room), screen, this.#bar, this.#time, this.#count, this.#last];
  }

  close() {
    clearInterval(this.#timer);
    if (this.#room) {
      this.#client.rooms.leave(this.#room);
    }
  }

  async #enter(event) {
    event.preventDefault();
    const room = this.#name.value.trim();
    if (!isUserId(room)) {
      showError(new Error(t('room.badName')));
      return;
    }
    try {
      await this.#client.rooms.enter(room, {
        event: (said) => this.#heard(said),
        joined: (count) => this.#joined(room, count),
      });
      this.#room = room;
      this.#timer = setInterval(() => this.#tick(), DRAW_MILLIS);
      document.getElementById('side-content').replaceChildren(...this.fill());
      this.#draw();
      this.#toggle.focus();
    } catch (error) {
      showError(error);
    }
  }

  #joined(room, count) {
    this.#people = count;
    this.#client.rooms.publish(room, 'ask', '').catch(showError);
    this.#draw();
  }

  #heard({ event, text, sender }) {
    if (event === 'ask') {
      this.#askCount();
      this.#tell(this.#playing ? 'play' : 'pause').catch(() => {});
      return;
    }
    const position = Number(text);
    if (['play', 'pause', 'seek'].includes(event) && Number.isFinite(position)) {
      this.#apply(event, position);
      this.#last.textContent = t(`room.${event}`, { user: sender, time: clock(position) });
    }
  }

  #say(event, position) {
    this.#apply(event, position);
    this.#client.rooms.publish(this.#room, event, String(position)).catch(showError);
  }

  #tell(event) {
    return this.#client.rooms.publish(this.#room, event, String(this.#now()));
  }

  #apply(event, position) {
    this.#position = Math.max(0, Math.min(LENGTH_SECONDS, position));
    this.#since = Date.now();
    this.#playing = event === 'seek' ? this.#playing : event === 'play';
    this.#draw();
  }

  #now() {
    const gone = this.#playing ? (Date.now() - this.#since) / 1_000 : 0;
    return Math.min(LENGTH_SECONDS, this.#position + gone);
  }

  #tick() {
    this.#drawn++;
    if (this.#drawn % COUNT_EVERY === 0) {
      this.#askCount();
    }
    this.#draw();
  }

  #askCount() {
    this.#client.rooms
      .count(this.#room)
      .then((count) => {
        this.#people = count;
        this.#draw();
      })
      .catch(() => {});
  }

  #draw() {
    const label = t(this.#playing ? 'room.doPause' : 'room.doPlay');
    if (this.#toggle.title !== label) {
      this.#toggle.title = label;
      this.#toggle.setAttribute('aria-label', label);
      this.#toggle.replaceChildren(icon(this.#playing ? 'pause' : 'play'));
      this.#toggle.dataset.playing = String(this.#playing);
    }
    if (document.activeElement !== this.#bar) {
      this.#bar.value = this.#now();
    }
    this.#time.textContent = `${clock(this.#now())} / ${clock(LENGTH_SECONDS)}`;
    this.#count.textContent = t('room.count', { count: this.#people });
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
