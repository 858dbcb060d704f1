const OPEN_MILLIS = 10_000;
const ATTEMPTS = 4;
const LOST = { code: 1006, reason: 'the stream ended' };

/** Speaks like a WebSocket, over server-sent events and numbered requests (docs/transport.md). */
export class StreamSocket {
  readyState = WebSocket.CONNECTING;
  onopen;
  onmessage;
  onclose;
  #url;
  #abort = new AbortController();
  #id;
  #token;
  #packets = 0;
  #outgoing = Promise.resolve();

  constructor(url, subprotocol) {
    this.#url = url;
    setTimeout(() => this.readyState === WebSocket.CONNECTING && this.#end(LOST), OPEN_MILLIS);
    this.#read(`${url}?protocol=${subprotocol}`).then(
      () => this.#end(LOST),
      () => this.#end(LOST),
    );
  }

  /** The stream belongs to the token of its first hello, which further requests must show. */
  send(text) {
    this.#token ??= JSON.parse(text).frames.find((frame) => frame.hello)?.hello.token;
    const headers = { 'LastAck-Packet': String(++this.#packets), 'Content-Type': 'application/json' };
    this.#request({ method: 'POST', headers, body: text });
  }

  close() {
    if (this.readyState === WebSocket.OPEN) {
      this.#request({ method: 'DELETE' }).finally(() => this.#end({ code: 1000, reason: '' }));
    } else {
      this.#end({ code: 1000, reason: '' });
    }
  }

  /** One after another; a request without an answer is made again, which its number makes harmless. */
  #request({ headers, ...options }) {
    const all = { ...headers, 'LastAck-Stream': this.#id };
    if (this.#token) {
      all.Authorization = `Bearer ${this.#token}`;
    }
    this.#outgoing = this.#outgoing.then(async () => {
      for (let attempt = 1; this.readyState === WebSocket.OPEN; attempt++) {
        try {
          // A refusal has its reason in the stream, which ends by it.
          return await fetch(this.#url, { ...options, headers: all });
        } catch {
          if (attempt === ATTEMPTS) {
            this.#end(LOST);
          }
        }
      }
    });
    return this.#outgoing;
  }

  async #read(url) {
    const answer = await fetch(url, { cache: 'no-store', signal: this.#abort.signal });
    if (!answer.ok) {
      return;
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const events = (text + piece.value).split('\n\n');
      text = events.pop();
      events.forEach((event) => this.#event(event.split('\n')));
    }
  }

  #event(lines) {
    const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data') ?? '';
    switch (field('event')) {
      case 'open':
        this.#id = data;
        this.readyState = WebSocket.OPEN;
        this.onopen?.();
        break;
      case 'ping':
        this.#request({ method: 'POST' });
        break;
      case 'close': {
        const [code, ...reason] = data.split(' ');
        this.#end({ code: Number(code), reason: reason.join(' ') });
        break;
      }
      case undefined:
        this.onmessage?.({ data });
        break;
      default: // A newer server may say more.
    }
  }

  #end(event) {
    if (this.readyState !== WebSocket.CLOSED) {
      this.readyState = WebSocket.CLOSED;
      this.#abort.abort();
      this.onclose?.(event);
    }
  }
}
