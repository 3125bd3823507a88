import type { LiveStream } from './live-stream.js';

/** Who watches a topic, also while they still wait to be told their first frame. */
export class Audience {
  readonly #onFirst: () => void;
  readonly #onIdle: () => void;
  #size = 0;

  constructor({ onFirst, onIdle }: { onFirst: () => void; onIdle: () => void }) {
    this.#onFirst = onFirst;
    this.#onIdle = onIdle;
  }

  add(stream: LiveStream): void {
    this.#size += 1;
    if (this.#size === 1) this.#onFirst();
    if (stream.signal.aborted) this.#leave();
    else stream.signal.addEventListener('abort', () => this.#leave(), { once: true });
  }

  #leave(): void {
    this.#size -= 1;
    if (this.#size === 0) this.#onIdle();
  }
}
