import { StreamSocket } from './stream.js';

const RETURN_MILLIS = 120_000;

/** Until when WebSocket is taken to be blocked, so that a connection that is made anew does not try it first. */
let blockedUntil = 0;

/** As much of a WebSocket as the page uses: a real one, or a stream of events where the network lets no other through. */
export class FallbackSocket {
  onopen;
  onmessage;
  onclose;
  #socket;
  #closed = false;

  constructor(url, subprotocol) {
    const stream = () => this.#use(new StreamSocket(`${url.replace(/^ws/, 'http')}/sse`, subprotocol), () => {});
    if (Date.now() < blockedUntil) {
      stream();
      return;
    }
    let opened = false;
    this.#use(new WebSocket(url, subprotocol), () => (opened = true));
    this.#socket.onclose = (event) => {
      if (opened) {
        this.onclose?.(event);
      } else if (!this.#closed) {
        stream();
        const { onopen } = this.#socket;
        this.#socket.onopen = () => {
          blockedUntil = Date.now() + RETURN_MILLIS;
          onopen();
        };
      }
    };
  }

  get readyState() {
    return this.#socket.readyState;
  }

  send(text) {
    this.#socket.send(text);
  }

  close() {
    this.#closed = true;
    this.#socket.close();
  }

  #use(socket, opened) {
    this.#socket = socket;
    socket.onopen = () => {
      opened();
      this.onopen?.();
    };
    socket.onmessage = (event) => this.onmessage?.(event);
    socket.onclose = (event) => {
      blockedUntil = event.code === 1006 ? 0 : blockedUntil;
      this.onclose?.(event);
    };
  }
}
