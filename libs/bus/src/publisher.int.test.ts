import type { RecordedEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';
import { eventually, natsServer, type NatsServer } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBus, type Bus } from './bus.js';

function eventAt(position: number, shard: number): RecordedEvent {
  return {
    id: newId(),
    type: 'sync.amazon_disconnected',
    schemaVersion: 1,
    tenantId: 't',
    shard,
    position,
    streamId: 'connection-t',
    streamVersion: position,
    occurredAt: '2026-03-04T05:06:07.089Z',
    correlationId: 'c',
    causationId: null,
    actor: 'service:test',
    traceparent: null,
    data: { sellingPartnerId: 'A1SELLER', purge: false },
  };
}

const events = (shard: number, from: number, count: number): RecordedEvent[] =>
  Array.from({ length: count }, (_, index) => eventAt(from + index, shard));

describe('the windowed publisher', () => {
  let nats: NatsServer;
  let bus: Bus;

  beforeAll(async () => {
    nats = await natsServer();
    bus = await openBus({ url: nats.url, name: 'publisher-test' });
  });
  afterAll(async () => {
    await bus[Symbol.asyncDispose]();
    await nats[Symbol.asyncDispose]();
  });

  it('acknowledges nothing while there is no stream', async () => {
    expect(await bus.publisher.publish(events(1, 1, 50), { deduplicate: true })).toBe(0);
  });

  it('publishes more than its window in order, and makes the stream only once', async () => {
    await Promise.all([bus.ensureTopology(), bus.ensureTopology()]);
    const received: number[] = [];
    const stop = new AbortController();
    await new Promise<void>((resolve) => {
      void bus.subscribeShard({
        consumer: 'probe',
        shard: 2,
        signal: stop.signal,
        onRestart: resolve,
        onDelivery: ({ event, ack }) => {
          received.push(event.position);
          ack();
        },
      });
    });
    expect(await bus.publisher.publish(events(2, 1, 9000), { deduplicate: true })).toBe(9000);
    await eventually(() => received.length === 9000);
    expect(received).toEqual(Array.from({ length: 9000 }, (_, index) => index + 1));
    stop.abort();
  });

  it('tells the newest position of each shard', async () => {
    await bus.publisher.publish(events(3, 1, 7), { deduplicate: true });
    expect(await bus.tailOf(3)).toBe(7);
    expect(await bus.tailOf(4)).toBe(0);
  });

  it('is repeated without effect, and with effect when it refills', async () => {
    const batch = events(5, 1, 20);
    const received: number[] = [];
    const stop = new AbortController();
    await new Promise<void>((resolve) => {
      void bus.subscribeShard({
        consumer: 'probe',
        shard: 5,
        signal: stop.signal,
        onRestart: resolve,
        onDelivery: ({ event, ack }) => {
          received.push(event.position);
          ack();
        },
      });
    });
    expect(await bus.publisher.publish(batch, { deduplicate: true })).toBe(20);
    expect(await bus.publisher.publish(batch, { deduplicate: true })).toBe(20);
    expect(await bus.publisher.publish(batch, { deduplicate: false })).toBe(20);
    await eventually(() => received.length === 40);
    stop.abort();
  });

  it('answers fewer than were given when the server dies in the middle, and goes on when it is back', async () => {
    const batch = events(6, 1, 20_000);
    const publishing = bus.publisher.publish(batch, { deduplicate: true });
    await nats.kill();
    const acknowledged = await publishing;
    expect(acknowledged).toBeLessThanOrEqual(20_000);
    await nats.restart();
    await eventually(() => bus.healthy(), { timeoutMs: 20_000 });
    const rest = batch.slice(acknowledged);
    await eventually(
      async () => (await bus.publisher.publish(rest, { deduplicate: true })) === rest.length,
      {
        timeoutMs: 25_000,
      },
    );
    expect(await bus.tailOf(6)).toBe(20_000);
  });
});
