import type { Session } from './session.js';

/** How many are kept: the longest unused makes room, so that memory is bounded. */
const KEPT = 10_000;

/**
 * Sessions by the very text of a token that was checked, so that a client which polls is not checked by cryptography each
 * time. A session is given until its expiry and not a moment longer; whether it was signed out is asked elsewhere, with
 * every request.
 */
export class KnownSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #kept: number;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  get(token: string): Session | null {
    const session = this.#sessions.get(token);
    if (!session) return null;
    this.#sessions.delete(token);
    if (session.expiresAt.getTime() <= Date.now()) return null;
    this.#sessions.set(token, session); // the newest again
    return session;
  }

  keep(token: string, session: Session): void {
    this.#sessions.set(token, session);
    const [oldest = ''] = this.#sessions.keys();
    if (this.#sessions.size > this.#kept) this.#sessions.delete(oldest);
  }
}
