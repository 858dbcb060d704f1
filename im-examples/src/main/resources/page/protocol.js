/**
 * One connection that speaks `lastack.v1.json`. A WebSocket message is a packet, `{"frames": […]}`; a frame is an
 * object with one field, its name, and for a request a `requestId` beside it, which the one `reply` carries back.
 */

import { FallbackSocket } from './socket.js';

const SUBPROTOCOL = 'lastack.v1.json';
const REQUEST_TIMEOUT_MILLIS = 15_000;

export const CloseCode = { POLICY: 1008, TOKEN: 4401, REPLACED: 4409, RATE: 4429 };

/** The server's answer was not 200; the message is meant for a person. */
export class StatusError extends Error {
  constructor({ code, message, retryAfterMillis }) {
    super(message || `status ${code}`);
    this.code = Number(code);
    this.retryAfterMillis = Number(retryAfterMillis ?? 0);
  }
}

/** The connection went before the answer came: the request may or may not have had its effect. */
export class ConnectionLost extends Error {}

export class Connection {
  lastHeard = Date.now();
  #socket;
  #listener;
  #pending = new Map();
  #nextRequestId = 1;
  #outgoing = [];

  /** `listener` has `opened()`, `frame(name, body)` and `closed(code, reason)`; `closed` is called once. */
  constructor(url, listener) {
    this.#listener = listener;
    this.#socket = new FallbackSocket(url, SUBPROTOCOL);
    this.#socket.onopen = () => listener.opened();
    this.#socket.onmessage = ({ data }) => this.#packet(data);
    this.#socket.onclose = ({ code, reason }) => this.#end(code, reason);
  }

  /** Resolves with the reply's result (the field with the request's name), rejects with StatusError or ConnectionLost. */
  request(name, body = {}, patienceMillis = REQUEST_TIMEOUT_MILLIS) {
    const requestId = this.#nextRequestId++;
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => this.#lose(requestId), patienceMillis);
      this.#pending.set(requestId, { name, resolve, reject, timeout });
      this.#queue({ requestId, [name]: body });
    });
  }

  /** For `ack` and `signal`, which have no reply. */
  tell(name, body) {
    this.#queue({ [name]: body });
  }

  /** Ends now, whether the other side answers or not: a closing handshake on a dead network takes minutes. */
  close(reason, code = 1000) {
    this.#flush();
    this.#socket.onclose = null;
    this.#socket.close();
    this.#end(code, reason);
  }

  /** Frames of one turn of the event loop leave together, as one packet. */
  #queue(frame) {
    this.#outgoing.push(frame);
    if (this.#outgoing.length === 1) {
      queueMicrotask(() => this.#flush());
    }
  }

  #flush() {
    if (this.#outgoing.length > 0 && this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ frames: this.#outgoing }));
    }
    this.#outgoing = [];
  }

  #packet(data) {
    this.lastHeard = Date.now();
    for (const frame of this.#decode(data).frames ?? []) {
      for (const [name, body] of Object.entries(frame)) {
        name === 'reply' ? this.#reply(body) : this.#listener?.frame(name, body);
      }
    }
  }

  #decode(data) {
    try {
      return JSON.parse(data);
    } catch {
      this.close('malformed packet');
      return {};
    }
  }

  #reply({ requestId, status, ...result }) {
    const pending = this.#take(Number(requestId));
    if (!pending) {
      return;
    }
    if (Number(status.code) === 200) {
      pending.resolve(result[pending.name] ?? {});
    } else {
      pending.reject(new StatusError(status));
    }
  }

  #take(requestId) {
    const pending = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    clearTimeout(pending?.timeout);
    return pending;
  }

  #lose(requestId) {
    this.#take(requestId)?.reject(new ConnectionLost('no answer came'));
  }

  #end(code, reason) {
    const listener = this.#listener;
    this.#listener = undefined;
    [...this.#pending.keys()].forEach((requestId) => this.#lose(requestId));
    listener?.closed(code, reason);
  }
}
