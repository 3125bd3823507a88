import type { Session } from '../http/session.js';
import { callAt } from './call-at.js';
import { Heartbeat } from './heartbeat.js';
import type { LiveStream } from './live-stream.js';
import type { SessionEnds } from './session-ends.js';
import { StreamGroups } from './stream-groups.js';
import { countStream } from './stream-metrics.js';

/** How many streams a user may have open. A browser that forgets to close some must not fill the process with them. */
const MAX_PER_USER = 20;

/** How many ended sessions are remembered, for streams that were being opened when theirs ended. */
const REMEMBERED = 1000;

type Owner = Pick<Session, 'id' | 'userId' | 'expiresAt'>;

export interface OpenStreamsOptions {
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
  readonly sessionEnds: Pick<SessionEnds, 'onEnd'>;
  /** Pause between heartbeats of a stream, in milliseconds. */
  readonly heartbeatMs?: number;
}

/**
 * The open streams of the process, whatever they carry. Each lives as long as its session at most; a user has a bounded
 * number, of which the oldest makes room for a new one; and all end when the process stops.
 */
export class OpenStreams {
  readonly #ofUser = new StreamGroups();
  readonly #ofSession = new StreamGroups();
  readonly #ended = new Set<string>();
  readonly #heartbeat: Heartbeat;
  readonly #stop: AbortSignal;

  constructor({ signal, sessionEnds, heartbeatMs }: OpenStreamsOptions) {
    this.#stop = signal;
    this.#heartbeat = new Heartbeat(heartbeatMs);
    const forget = sessionEnds.onEnd((sessionId) => this.#endSession(sessionId));
    const stop = (): void => {
      forget();
      this.#heartbeat.stop();
      for (const stream of this.#ofUser.all()) stream.close('stopping');
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }

  add({ id, userId, expiresAt }: Owner, stream: LiveStream): void {
    countStream(stream);
    if (stream.signal.aborted) return;
    if (this.#stop.aborted) return stream.close('stopping');
    if (this.#ended.has(id)) return stream.close('session');
    const undo = [
      this.#ofSession.add(id, stream),
      this.#ofUser.add(userId, stream),
      this.#heartbeat.add(stream),
      callAt(expiresAt, () => stream.close('session')),
    ];
    const forget = (): void => undo.forEach((step) => step());
    stream.signal.addEventListener('abort', forget, { once: true });
    const mine = this.#ofUser.of(userId);
    const [oldest] = mine;
    if (mine.size > MAX_PER_USER) oldest?.close('replaced');
  }

  #endSession(sessionId: string): void {
    this.#ended.add(sessionId);
    const [oldest = ''] = this.#ended;
    if (this.#ended.size > REMEMBERED) this.#ended.delete(oldest);
    for (const stream of this.#ofSession.of(sessionId)) stream.close('session');
  }
}
