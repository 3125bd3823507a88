import { followShard, type EventStore, type LogNotifications } from '@recoup/event-store';
import type { RecordedEvent } from '@recoup/contracts';
import { backoffMs, shardOf, sleep } from '@recoup/kernel';
import { outsideTraces } from '@recoup/service-kit';
import { inDeliverySpan } from './delivery-span.js';

export type Listener = (event: RecordedEvent) => void;

export interface Listening {
  /**
   * Resolves with a place in the shard when every event of the tenant after it has been, or will be, heard. What was
   * there before must be read after this, so that nothing falls between.
   */
  readonly ready: Promise<number>;
  /** The place up to which everything has been heard; 0 until `ready`. */
  readonly position: () => number;
  stop(): void;
}

interface Tail {
  /** By tenant: an event concerns few of the many who listen to a shard. */
  readonly listeners: Map<string, Set<Listener>>;
  readonly stop: AbortController;
  /** Resolves once it is known where the tail begins. */
  readonly begun: Promise<void>;
  position: number;
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

  /** Where a tenant's shard of the log stands now: the tail itself may be a moment behind. */
  head(tenantId: string): Promise<number> {
    return this.#deps.head(shardOf(tenantId));
  }

  /** Waits until reads show a tenant's position: what is told from the log beside the tail must be found, too. */
  shown(tenantId: string, position: number): Promise<void> {
    return this.#deps.shown(shardOf(tenantId), position);
  }

  /** Calls the listener with every event of a tenant from now on, in order. */
  listen(tenantId: string, listener: Listener): Listening {
    const shard = shardOf(tenantId);
    const tail = this.#tails.get(shard) ?? this.#begin(shard);
    const listeners = tail.listeners.get(tenantId) ?? new Set();
    tail.listeners.set(tenantId, listeners.add(listener));
    return {
      ready: tail.begun.then(() => tail.position),
      position: () => tail.position,
      stop: () => {
        listeners.delete(listener);
        if (listeners.size > 0 || tail.listeners.get(tenantId) !== listeners) return;
        tail.listeners.delete(tenantId);
        if (tail.listeners.size > 0 || this.#tails.get(shard) !== tail) return;
        this.#tails.delete(shard);
        tail.stop.abort();
      },
    };
  }

  #begin(shard: number): Tail {
    let know = (): void => undefined;
    const begun = new Promise<void>((resolve) => (know = resolve));
    const tail: Tail = { listeners: new Map(), stop: new AbortController(), begun, position: 0 };
    this.#tails.set(shard, tail);
    // Stopped before it could begin: nobody may wait for it for ever.
    void outsideTraces(() => this.#follow(shard, tail, know)).finally(know);
    return tail;
  }

  async #follow(shard: number, tail: Tail, know: () => void): Promise<void> {
    const { store, notifications, head, onError } = this.#deps;
    const { signal } = tail.stop;
    let begun = false;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        if (!begun) tail.position = await head(shard);
        begun = true;
        know();
        const from = { shard, after: tail.position, signal };
        for await (const events of followShard(store, notifications, from)) {
          await this.#deliver(shard, tail, events);
          failures = 0;
        }
      } catch (error) {
        onError(error);
        await sleep(backoffMs(failures, { baseMs: 100, capMs: 5000 }), signal);
      }
    }
  }

  async #deliver(shard: number, tail: Tail, events: readonly RecordedEvent[]): Promise<void> {
    await this.#deps.shown(shard, events.at(-1)?.position ?? 0);
    for (const event of events) {
      tail.position = event.position;
      const listeners = tail.listeners.get(event.tenantId);
      if (!listeners) continue;
      inDeliverySpan(event, () => {
        for (const listener of listeners) this.#tell(listener, event);
      });
    }
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
