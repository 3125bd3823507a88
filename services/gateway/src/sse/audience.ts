import type { LiveStream } from './live-stream.js';

/** Who watches a topic, also while they still wait for their first frame. Calls back when the last has left. */
export class Audience {
  readonly #onIdle: () => void;
  #size = 0;

  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  add(stream: LiveStream): void {
    this.#size += 1;
    if (stream.signal.aborted) this.#leave();
    else stream.signal.addEventListener('abort', () => this.#leave(), { once: true });
  }

  #leave(): void {
    this.#size -= 1;
    if (this.#size === 0) this.#onIdle();
  }
}
