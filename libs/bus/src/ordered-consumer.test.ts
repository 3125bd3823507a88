import type { RecordedEvent } from '@recoup/contracts';
import { sleep } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { OrderedConsumer, type ConsumerRecord } from './ordered-consumer.js';

function eventAt(position: number): RecordedEvent {
  return { position, streamId: 's', shard: 0 } as RecordedEvent;
}

/** A log and a place in it, kept in memory; what was applied is what the test looks at. */
class Notebook implements ConsumerRecord {
  readonly applied: number[] = [];
  readonly reads: number[] = [];
  place: number;
  logged: number;
  failures = 0;

  constructor({ place = 0, logged = 0 } = {}) {
    this.place = place;
    this.logged = logged;
  }

  checkpoint(): Promise<number> {
    return Promise.resolve(this.place);
  }

  apply(after: number, events: readonly RecordedEvent[]): Promise<boolean> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('the database is away'));
    }
    if (this.place !== after) return Promise.resolve(false);
    this.applied.push(...events.map(({ position }) => position));
    this.place = events.at(-1)?.position ?? after;
    return Promise.resolve(true);
  }

  read(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    this.reads.push(after);
    const count = Math.max(0, Math.min(limit, this.logged - after));
    return Promise.resolve(Array.from({ length: count }, (_, index) => eventAt(after + 1 + index)));
  }
}

interface Running {
  readonly consumer: OrderedConsumer;
  readonly acked: number[];
  deliver(...positions: number[]): void;
  stop(): Promise<void>;
}

function run(record: ConsumerRecord): Running {
  const stop = new AbortController();
  const consumer = new OrderedConsumer({ record, signal: stop.signal, onError: () => undefined });
  const done = consumer.run();
  const acked: number[] = [];
  return {
    consumer,
    acked,
    deliver(...positions) {
      for (const position of positions) {
        consumer.deliver({ event: eventAt(position), ack: () => void acked.push(position) });
      }
    },
    async stop() {
      stop.abort();
      await done;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('given an ordered consumer', () => {
  it('then it reads the log first: what came while it was away was not delivered', async () => {
    const record = new Notebook({ logged: 1200 });
    const running = run(record);
    await until(() => record.place === 1200);
    expect(record.applied).toEqual(upTo(1200));
    await running.stop();
  });

  it('when the next events are delivered, then they are applied and the last is acknowledged', async () => {
    const record = new Notebook();
    const running = run(record);
    await until(() => record.reads.length > 0);
    record.logged = 3;
    running.deliver(1, 2, 3);
    await until(() => running.acked.includes(3));
    expect(record.applied).toEqual([1, 2, 3]);
    await running.stop();
  });

  it('when events are delivered again, then they are dropped and still acknowledged', async () => {
    const record = new Notebook({ place: 5, logged: 5 });
    const running = run(record);
    await until(() => record.reads.length > 0);
    running.deliver(3, 4, 5);
    await until(() => running.acked.includes(5));
    expect(record.applied).toEqual([]);
    await running.stop();
  });

  it('when a delivery leaves a hole, then the hole is read from the log first', async () => {
    const record = new Notebook();
    const running = run(record);
    await until(() => record.reads.length > 0);
    record.logged = 10;
    running.deliver(8, 10);
    await until(() => record.place === 10);
    expect(record.applied).toEqual(upTo(10));
    await until(() => running.acked.includes(10));
    await running.stop();
  });

  it('when somebody else has moved the checkpoint, then it goes on from there and doubles nothing', async () => {
    const record = new Notebook();
    const running = run(record);
    await until(() => record.reads.length > 0);
    record.logged = 6;
    record.place = 4;
    running.deliver(1, 2, 3, 4, 5, 6);
    await until(() => record.place === 6);
    expect(record.applied).toEqual([5, 6]);
    await running.stop();
  });

  it('when applying fails, then nothing is acknowledged before it has succeeded', async () => {
    const record = new Notebook();
    const running = run(record);
    await until(() => record.reads.length > 0);
    record.failures = 2;
    record.logged = 2;
    running.deliver(1, 2);
    await until(() => record.place === 2);
    expect(record.applied).toEqual([1, 2]);
    await running.stop();
  });
});
