import type { EventStream } from './event-stream.js';

/** How many streams a user may have open. A browser that forgets to close some must not fill the process with them. */
const MAX_PER_USER = 20;

/** The open streams of each user. A new one is never refused: the oldest makes room for it. */
export class OpenStreams {
  readonly #streams = new Map<string, Set<Pick<EventStream, 'close' | 'signal'>>>();

  add(userId: string, stream: Pick<EventStream, 'close' | 'signal'>): void {
    if (stream.signal.aborted) return;
    const open = this.#streams.get(userId) ?? new Set();
    this.#streams.set(userId, open);
    const forget = (): void => {
      open.delete(stream);
      if (open.size === 0 && this.#streams.get(userId) === open) this.#streams.delete(userId);
    };
    stream.signal.addEventListener('abort', forget, { once: true });
    open.add(stream);
    const [oldest] = open;
    if (open.size > MAX_PER_USER) oldest?.close();
  }
}
