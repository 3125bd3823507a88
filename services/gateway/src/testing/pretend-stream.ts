import type { Frame } from '../sse/frame.js';
import type { Ending, LiveStream } from '../sse/live-stream.js';

/** A stream to nobody: remembers what it was told. */
export class PretendStream implements LiveStream {
  readonly frames: Frame[] = [];
  beats = 0;
  ending: Ending | null = null;
  readonly #over = new AbortController();

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  get places(): number[] {
    return this.frames.map(({ position }) => position);
  }

  send(frame: Frame): void {
    if (this.signal.aborted) return;
    this.frames.push(frame);
    if (frame.last) this.close('complete');
  }

  beat(): void {
    this.beats += 1;
  }

  close(why: Ending): void {
    if (this.signal.aborted) return;
    this.ending = why;
    this.#over.abort();
  }
}
