/** Keeps what was made last, up to a weight; the least recently used goes first. */
export class Recent<K, V> {
  readonly #kept = new Map<K, V>();
  readonly #limit: number;
  readonly #weigh: (value: V) => number;
  #weight = 0;

  constructor(limit: number, weigh: (value: V) => number) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get(key: K, make: () => V): V {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const made = make();
    this.#kept.set(key, made);
    this.#weight += this.#weigh(made);
    this.#shrink();
    return made;
  }

  /** What is kept under a key, if anything; it grows no younger by it. */
  peek(key: K): V | undefined {
    return this.#kept.get(key);
  }

  #shrink(): void {
    for (const [key, value] of this.#kept) {
      if (this.#weight <= this.#limit || this.#kept.size === 1) return;
      this.#kept.delete(key);
      this.#weight -= this.#weigh(value);
    }
  }
}
