import { inFrameSpan } from './delivery-span.js';
import type { Frame } from './frame.js';
import type { Ending, LiveStream } from './live-stream.js';

/** How many frames a channel keeps for clients that come back. Who needs older ones reads them from the log. */
const KEPT = 128;

/**
 * One thing that many clients watch. Each frame is made once and written to all of them; each client remembers the
 * place up to which it was told, so that it gets every later frame once, whatever the order of joining and telling.
 */
export class Channel {
  readonly #places = new Map<LiveStream, number>();
  #kept: Frame[] = [];
  #since: number;

  /** `since`: the place up to which nothing is kept. */
  constructor(since: number) {
    this.#since = since;
  }

  /** True when every frame after this place is here. */
  covers(position: number): boolean {
    return position >= this.#since;
  }

  /** True for the place of a frame that is here, and for the one just before them. */
  knows(position: number): boolean {
    return position === this.#since || this.#kept.some((frame) => frame.position === position);
  }

  /** The place up to which a stream was told; undefined before it has joined. */
  placeOf(stream: LiveStream): number | undefined {
    return this.#places.get(stream);
  }

  close(why: Ending): void {
    for (const stream of this.#places.keys()) stream.close(why);
  }

  /** Tells everybody, but for those who have heard it. */
  tell(frame: Frame): void {
    this.#kept.push(frame);
    // In halves: to move a full list by one for each frame would cost as much as to send it.
    if (this.#kept.length > 2 * KEPT) this.#forget();
    inFrameSpan(frame, () => this.#write(frame));
  }

  /** Answers how many were told. */
  #write(frame: Frame): number {
    let told = 0;
    for (const [stream, place] of this.#places) {
      if (frame.position <= place) continue;
      this.#places.set(stream, frame.position);
      stream.send(frame);
      told += 1;
    }
    return told;
  }

  /** Tells everybody who watches now what stands at no place of theirs: it is not kept, and moves nobody on. */
  say(frameAt: (place: number) => Frame): void {
    for (const [stream, place] of this.#places) stream.send(frameAt(place));
  }

  /** Tells a stream what came after a place that is covered, and from now on whatever comes. */
  join(stream: LiveStream, after: number): void {
    if (stream.signal.aborted) return;
    this.#places.set(stream, after);
    stream.signal.addEventListener('abort', () => this.#places.delete(stream), { once: true });
    for (const frame of this.#kept) {
      if (frame.position <= after) continue;
      if (stream.signal.aborted) return;
      this.#places.set(stream, frame.position);
      stream.send(frame);
    }
  }

  #forget(): void {
    const gone = this.#kept.splice(0, this.#kept.length - KEPT);
    this.#since = gone.at(-1)?.position ?? this.#since;
  }
}
