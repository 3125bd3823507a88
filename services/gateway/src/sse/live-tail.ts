import { followShard, type EventStore, type LogNotifications } from '@recoup/event-store';
import type { RecordedEvent } from '@recoup/contracts';
import { backoffMs, sleep } from '@recoup/kernel';

export type Listener = (event: RecordedEvent) => void;

export interface Listening {
  /**
   * Resolves when every event that is appended from then on will be heard. What was there before must be read after it,
   * so that nothing falls between.
   */
  readonly ready: Promise<void>;
  stop(): void;
}

interface Tail {
  readonly listeners: Set<Listener>;
  readonly stop: AbortController;
  readonly ready: Promise<void>;
}

export interface LiveTailDependencies {
  readonly store: EventStore;
  readonly notifications: LogNotifications;
  /** Where a shard of the log stands now. */
  readonly head: (shard: number) => Promise<number>;
  /** Waits until reads show a position, so that a client told of a change finds it. */
  readonly shown: (shard: number, position: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * One tail of the log per process, whatever the number of clients: each shard that somebody listens to is followed once.
 * It follows Postgres, so that streams stay live while NATS is away.
 */
export class LiveTail {
  readonly #deps: LiveTailDependencies;
  readonly #tails = new Map<number, Tail>();

  constructor(deps: LiveTailDependencies) {
    this.#deps = deps;
  }

  /** Calls the listener with every event of a shard from now on, in order. */
  listen(shard: number, listener: Listener): Listening {
    const tail = this.#tails.get(shard) ?? this.#begin(shard);
    tail.listeners.add(listener);
    return {
      ready: tail.ready,
      stop: () => {
        tail.listeners.delete(listener);
        if (tail.listeners.size > 0 || this.#tails.get(shard) !== tail) return;
        this.#tails.delete(shard);
        tail.stop.abort();
      },
    };
  }

  #begin(shard: number): Tail {
    let begun = (): void => undefined;
    const ready = new Promise<void>((resolve) => (begun = resolve));
    const tail = { listeners: new Set<Listener>(), stop: new AbortController(), ready };
    this.#tails.set(shard, tail);
    // Stopped before it could begin: nobody may wait for it for ever.
    void this.#follow(shard, tail, begun).finally(begun);
    return tail;
  }

  async #follow(shard: number, { listeners, stop }: Tail, begun: () => void): Promise<void> {
    const { store, notifications, head, onError } = this.#deps;
    const { signal } = stop;
    let after: number | null = null;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        after ??= await head(shard);
        begun();
        for await (const events of followShard(store, notifications, { shard, after, signal })) {
          after = await this.#deliver(shard, listeners, events);
          failures = 0;
        }
      } catch (error) {
        onError(error);
        await sleep(backoffMs(failures, { baseMs: 100, capMs: 5000 }), signal);
      }
    }
  }

  /** Answers the position up to which everybody has heard. */
  async #deliver(
    shard: number,
    listeners: ReadonlySet<Listener>,
    events: readonly RecordedEvent[],
  ): Promise<number> {
    const position = events.at(-1)?.position ?? 0;
    await this.#deps.shown(shard, position);
    for (const event of events) {
      for (const listener of listeners) this.#tell(listener, event);
    }
    return position;
  }

  /** One listener's failure is nobody else's: thrown on, it would give all of them the same events again and again. */
  #tell(listener: Listener, event: RecordedEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.#deps.onError(error);
    }
  }
}
