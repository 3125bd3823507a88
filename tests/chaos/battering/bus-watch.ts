import { setMaxListeners } from 'node:events';
import { openBus, OrderedConsumer, type Bus } from '@recoup/bus';
import type { RecordedEvent } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import { ALL_SHARDS } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { digestOf, type LogBook } from './log-book.js';

/** A consumer like those of the services, that only writes down what it was told. */
export interface BusWatch extends AsyncDisposable {
  /** Waits until it has heard all that the log has, and answers what differs from the log. */
  check(book: LogBook): Promise<readonly string[]>;
  readonly counts: Readonly<WireCounts>;
}

/** How events came. */
export interface WireCounts {
  /** Over the wire for the first time, and again. */
  first: number;
  again: number;
  /** Over the wire for the first time, but after a later one of their shard. */
  late: number;
  /** Read from the log, since the wire had a hole or was silent. */
  fromLog: number;
}

interface Heard {
  /** Digests of what was applied, in order. */
  readonly applied: string[];
  /** Digests of what the wire brought, by position. */
  readonly byWire: Map<number, string>;
  newest: number;
  checked: number;
}

const ARRIVES_MS = 60_000;

export async function watchBus(url: string, store: EventStore): Promise<BusWatch> {
  const bus = await openBus({ url, name: 'battering-watch' });
  const over = new AbortController();
  setMaxListeners(0, over.signal); // a consumer per shard waits on it, in several places
  const counts: WireCounts = { first: 0, again: 0, late: 0, fromLog: 0 };
  const wrong: string[] = [];
  const watches = ALL_SHARDS.map((shard) => watchShard({ bus, store, shard, counts, wrong, over }));
  return {
    counts,
    async check(book) {
      for (const [shard, { heard }] of watches.entries()) {
        const head = book.head(shard);
        await eventually(() => heard.applied.length >= head, { timeoutMs: ARRIVES_MS });
        for (; heard.checked < head; heard.checked += 1) {
          const place = heard.checked + 1;
          const told = [heard.applied[heard.checked], heard.byWire.get(place)];
          if (told.some((digest) => digest !== undefined && digest !== book.at(shard, place)))
            wrong.push(`the bus told something else than ${shard}-${place}`);
        }
      }
      return wrong.splice(0);
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all(watches.map(({ running }) => running));
      await bus[Symbol.asyncDispose]();
    },
  };
}

interface WatchShard {
  readonly bus: Bus;
  readonly store: EventStore;
  readonly shard: number;
  readonly counts: WireCounts;
  readonly wrong: string[];
  readonly over: AbortController;
}

function watchShard(watch: WatchShard): {
  readonly heard: Heard;
  readonly running: Promise<unknown>;
} {
  const { bus, store, shard, counts, over } = watch;
  const heard: Heard = { applied: [], byWire: new Map(), newest: 0, checked: 0 };
  const consumer = new OrderedConsumer({
    signal: over.signal,
    onError: () => undefined, // a database that is away: it asks again
    record: {
      checkpoint: () => Promise.resolve(heard.applied.length),
      apply(after, events) {
        if (after !== heard.applied.length) return Promise.resolve(false);
        heard.applied.push(...events.map(digestOf));
        return Promise.resolve(true);
      },
      async read(after, limit) {
        const events = await store.readShard(shard, after, limit);
        counts.fromLog += events.filter(({ position }) => !heard.byWire.has(position)).length;
        return events;
      },
    },
  });
  const listening = bus.subscribeShard({
    consumer: 'battering-watch',
    shard,
    signal: over.signal,
    onDelivery(delivery) {
      noteDelivery(watch, heard, delivery.event);
      consumer.deliver(delivery);
    },
    onRestart: () => consumer.distrust(),
  });
  return { heard, running: Promise.all([consumer.run(), listening]) };
}

function noteDelivery({ counts, wrong }: WatchShard, heard: Heard, event: RecordedEvent): void {
  const { shard, position } = event;
  const digest = digestOf(event);
  const before = heard.byWire.get(position);
  if (before === undefined) {
    counts.first += 1;
    if (position < heard.newest) counts.late += 1;
  } else {
    counts.again += 1;
    if (before !== digest) wrong.push(`the bus brought two events as ${shard}-${position}`);
  }
  heard.byWire.set(position, digest);
  heard.newest = Math.max(heard.newest, position);
}
