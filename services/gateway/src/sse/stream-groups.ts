import type { LiveStream } from './live-stream.js';

const NONE: ReadonlySet<LiveStream> = new Set();

/** Streams by what they have in common, the oldest of a group first. A group without streams takes no room. */
export class StreamGroups {
  readonly #groups = new Map<string, Set<LiveStream>>();

  of(name: string): ReadonlySet<LiveStream> {
    return this.#groups.get(name) ?? NONE;
  }

  *all(): Iterable<LiveStream> {
    for (const group of this.#groups.values()) yield* group;
  }

  /** Answers how to take it out again. */
  add(name: string, stream: LiveStream): () => void {
    const group = this.#groups.get(name) ?? new Set();
    this.#groups.set(name, group.add(stream));
    return () => {
      group.delete(stream);
      if (group.size === 0 && this.#groups.get(name) === group) this.#groups.delete(name);
    };
  }
}
