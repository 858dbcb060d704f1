/** Who is signed in, and the token that proves it. */

/** The server does not log names in (403), or refused this one. */
export class LoginRefused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function login(user) {
  const response = await fetch('/api/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (response.ok) {
    return response.json();
  }
  const { error } = await response.json().catch(() => ({}));
  const text = error ?? `${response.status} ${response.statusText}`;
  // A server in trouble (5xx) or too busy (429) says nothing about the name: the caller may try again.
  throw response.status >= 500 || response.status === 429 ? new Error(text) : new LoginRefused(text, response.status);
}

export class Account {
  user;
  pasted;
  #current;

  /** With a pasted token there is nothing to renew: the server's word is final. */
  constructor(user, pasted) {
    this.user = user;
    this.pasted = pasted;
  }

  /** A token that is good for a while yet. */
  async token() {
    if (this.pasted) {
      return this.pasted;
    }
    if (!this.#current || this.millisToRenewal() <= 0) {
      await this.renew();
    }
    return this.#current.token;
  }

  async renew() {
    const { token, expiresAt } = await login(this.user);
    this.#current = { token, expiresAt: Number(expiresAt), since: Date.now() };
    return token;
  }

  /** The server did not take the token: the next one must be new. */
  forget() {
    this.#current = undefined;
  }

  /** Millis until a fresh token should be fetched: the last fifth of its life, a minute at most. Infinite if never. */
  millisToRenewal() {
    if (!this.#current) {
      return Infinity;
    }
    const { expiresAt, since } = this.#current;
    return expiresAt - Math.min(60_000, (expiresAt - since) / 5) - Date.now();
  }
}
