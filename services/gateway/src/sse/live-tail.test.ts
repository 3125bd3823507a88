import type { RecordedEvent } from '@recoup/contracts';
import type { EventStore, LogNotifications } from '@recoup/event-store';
import { shardOf, sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { describe, expect, it } from 'vitest';
import { recorder } from '../testing/event-data.js';
import { LiveTail } from './live-tail.js';

/** A shard in memory, whose reads can be made to fail. */
class Shard {
  readonly events: RecordedEvent[] = [];
  readonly errors: unknown[] = [];
  heads = 0;
  failures = 0;
  readonly #record = recorder();

  append(): number {
    this.events.push(this.#record('sync-sync_1', 'sync.adopted', { syncId: 'sync_1' }));
    return this.events.length;
  }

  tail(head = (): Promise<number> => Promise.resolve(this.events.length)): LiveTail {
    const readShard: EventStore['readShard'] = async (_shard, after, limit) => {
      if (this.failures > 0) {
        this.failures -= 1;
        throw new Error('the database is away');
      }
      return this.events.slice(after, after + limit);
    };
    const notifications: Pick<LogNotifications, 'watch'> = {
      watch: () => ({ next: (signal) => sleep(1, signal) }),
    };
    return new LiveTail({
      store: { readShard } as EventStore,
      notifications: notifications as LogNotifications,
      head: () => {
        this.heads += 1;
        return head();
      },
      shown: () => Promise.resolve(),
      onError: (error) => void this.errors.push(error),
    });
  }
}

const ear = (): { heard: number[]; listener: (event: RecordedEvent) => void } => {
  const heard: number[] = [];
  return { heard, listener: ({ position }) => void heard.push(position) };
};

function neighbourOf(tenantId: string): string {
  for (let n = 2; ; n += 1) {
    if (shardOf(`tenant-${n}`) === shardOf(tenantId)) return `tenant-${n}`;
  }
}

describe('the live tail', () => {
  it('given another tenant of the same shard, then only its own listener hears of it, and all know how far the tail is', async () => {
    const shard = new Shard();
    const tail = shard.tail();
    const [mine, theirs] = [ear(), ear()];
    const listening = tail.listen('tenant-1', mine.listener);
    const neighbour = tail.listen(neighbourOf('tenant-1'), theirs.listener);
    shard.append();
    expect(await neighbour.ready).toBeLessThanOrEqual(1);
    shard.append();
    await eventually(() => neighbour.position() === 2);
    expect(mine.heard.at(-1)).toBe(2);
    expect(theirs.heard).toEqual([]);
    listening.stop();
    neighbour.stop();
  });

  it('given listeners on one shard, then it is followed once, and each hears what comes from then on', async () => {
    const shard = new Shard();
    const tail = shard.tail();
    shard.append();
    const [one, two] = [ear(), ear()];
    const listening = [
      tail.listen('tenant-1', one.listener),
      tail.listen('tenant-1', two.listener),
    ];
    await Promise.all(listening.map(({ ready }) => ready));
    shard.append();
    shard.append();
    await eventually(() => one.heard.length === 2 && two.heard.length === 2);
    expect([one.heard, two.heard]).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(shard.heads).toBe(1);
    for (const { stop } of listening) stop();
  });

  it('given that it does not know yet where the shard stands, then it is not ready', async () => {
    const shard = new Shard();
    let know: (head: number) => void = () => undefined;
    const tail = shard.tail(() => new Promise((resolve) => (know = resolve)));
    const { heard, listener } = ear();
    const listening = tail.listen('tenant-1', listener);
    let ready = false;
    void listening.ready.then(() => (ready = true));
    shard.append(); // between: whoever waits for `ready` and reads then has it
    await sleep(5);
    expect(ready).toBe(false);
    know(1);
    await listening.ready;
    shard.append();
    await eventually(() => heard.length > 0);
    expect(heard).toEqual([2]);
    listening.stop();
  });

  it('given reads that fail, then it goes on where it was: nothing lost, nothing twice', async () => {
    const shard = new Shard();
    const tail = shard.tail();
    const { heard, listener } = ear();
    const listening = tail.listen('tenant-1', listener);
    await listening.ready;
    shard.append();
    await eventually(() => heard.length === 1);
    shard.failures = 2;
    shard.append();
    shard.append();
    await eventually(() => heard.length === 3);
    expect(heard).toEqual([1, 2, 3]);
    expect(shard.errors).toHaveLength(2);
    listening.stop();
  });

  it('given a listener that throws, then the others hear everything once', async () => {
    const shard = new Shard();
    const tail = shard.tail();
    const { heard, listener } = ear();
    const bad = tail.listen('tenant-1', () => {
      throw new Error('no');
    });
    const good = tail.listen('tenant-1', listener);
    await good.ready;
    shard.append();
    shard.append();
    await eventually(() => shard.errors.length === 2);
    expect(heard).toEqual([1, 2]);
    bad.stop();
    good.stop();
  });

  it('given that the last one has stopped, then nothing is read any more, and a new one begins anew', async () => {
    const shard = new Shard();
    let reads = 0;
    const tail = shard.tail(() => {
      reads += 1;
      return Promise.resolve(shard.events.length);
    });
    const first = ear();
    const listening = tail.listen('tenant-1', first.listener);
    await listening.ready;
    listening.stop();
    shard.append();
    await sleep(10);
    expect(first.heard).toEqual([]);
    const second = ear();
    const again = tail.listen('tenant-1', second.listener);
    await again.ready;
    expect(reads).toBe(2);
    shard.append();
    await eventually(() => second.heard.length > 0);
    expect(second.heard).toEqual([2]);
    again.stop();
  });

  it('given that it was stopped before it could begin, then nobody waits for ever', async () => {
    const shard = new Shard();
    const tail = shard.tail(() => Promise.reject(new Error('the database is away')));
    const listening = tail.listen('tenant-1', () => undefined);
    await eventually(() => shard.errors.length > 0);
    listening.stop();
    await listening.ready;
  });
});
