export interface CoalescerOptions<I> {
  /** How many items one call may carry. */
  readonly maxItems: number;
  /** How much the items of one call may weigh together; one item always goes, however heavy. */
  readonly maxWeight: number;
  /** Calls that may be in flight at once; 1 unless given. */
  readonly lanes?: number;
  /** What a call must carry, by weight, to be worth a lane beside another one; 1 unless given. */
  readonly laneWeight?: number;
  /** Items that share a key keep their order: they leave in one call, or one after the other's return. */
  readonly keysOf?: (item: I) => readonly string[];
}

interface Waiting<I, O> {
  readonly item: I;
  readonly weight: number;
  readonly keys: readonly string[];
  readonly resolve: (outcome: O) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets concurrent calls leave together: while calls are in flight the next items gather, and go as one call when a lane
 * is free. There is no timer, so a lone item never waits. `send` answers one outcome per item, in order. When a call
 * carrying several items throws, each is sent again alone, so that one bad item cannot fail its neighbours.
 */
export class Coalescer<I, O> {
  readonly #send: (items: readonly I[]) => Promise<readonly O[]>;
  readonly #options: Required<CoalescerOptions<I>>;
  /** Keys of items in flight. */
  readonly #held = new Set<string>();
  #waiting: Waiting<I, O>[] = [];
  #weight = 0;
  #inFlight = 0;
  #scheduled = false;

  constructor(send: (items: readonly I[]) => Promise<readonly O[]>, options: CoalescerOptions<I>) {
    this.#send = send;
    this.#options = { lanes: 1, laneWeight: 1, keysOf: () => [], ...options };
  }

  submit(item: I, weight = 1): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, weight, keys: this.#options.keysOf(item), resolve, reject });
      this.#weight += weight;
      this.#schedule();
    });
  }

  /** Not at once: callers of this same turn of the event loop still join the next call. */
  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= this.#options.lanes) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#fillLanes();
    });
  }

  #fillLanes(): void {
    const { lanes, laneWeight } = this.#options;
    while (this.#inFlight < lanes && this.#waiting.length > 0) {
      if (this.#inFlight > 0 && this.#weight < laneWeight) return;
      const batch = this.#takeBatch();
      if (batch.length === 0) return;
      void this.#fly(batch);
    }
  }

  /** What is free to go, shared out over the free lanes as long as each share is worth its lane. */
  #takeBatch(): Waiting<I, O>[] {
    const { lanes, laneWeight, maxItems, maxWeight } = this.#options;
    const share = Math.max(laneWeight, Math.ceil(this.#weight / (lanes - this.#inFlight)));
    const limit = Math.min(maxWeight, share);
    const batch: Waiting<I, O>[] = [];
    const passedOver: Waiting<I, O>[] = [];
    const blocked = new Set<string>(); // by items passed over: what shares their keys stays behind them
    let weight = 0;
    let looked = 0;
    for (const entry of this.#waiting) {
      if (batch.length >= maxItems || (batch.length > 0 && weight + entry.weight > limit)) break;
      looked += 1;
      if (entry.keys.some((key) => this.#held.has(key) || blocked.has(key))) {
        entry.keys.forEach((key) => blocked.add(key));
        passedOver.push(entry);
      } else {
        batch.push(entry);
        weight += entry.weight;
      }
    }
    this.#hold(batch);
    this.#waiting = [...passedOver, ...this.#waiting.slice(looked)];
    this.#weight -= weight;
    return batch;
  }

  #hold(batch: readonly Waiting<I, O>[]): void {
    for (const { keys } of batch) keys.forEach((key) => this.#held.add(key));
  }

  async #fly(batch: readonly Waiting<I, O>[]): Promise<void> {
    this.#inFlight += 1;
    await this.#sendBatch(batch);
    this.#inFlight -= 1;
    for (const entry of batch) for (const key of entry.keys) this.#held.delete(key);
    if (this.#waiting.length > 0) this.#schedule();
  }

  async #sendBatch(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outcomes = await this.#send(batch.map((entry) => entry.item));
      if (outcomes.length !== batch.length) throw new Error('one outcome per item was expected');
      batch.forEach((entry, index) => entry.resolve(outcomes[index] as O));
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error);
      for (const entry of batch) await this.#sendBatch([entry]);
    }
  }
}
