import type { RecordedEvent } from '@recoup/contracts';
import { shardOf, sleep } from '@recoup/kernel';
import {
  createDatabase,
  eventually,
  natsServer,
  someEvents,
  type NatsServer,
  type TestDatabase,
} from '@recoup/testkit';
import { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consume } from './consume.js';
import { openService, type RunningService } from './service.js';

const TENANT = 'tenant-consume';
const log = pino({ level: 'silent' });

let database: TestDatabase;
let nats: NatsServer;
let admin: Pool;
let services: RunningService[];

async function start(): Promise<RunningService> {
  const service = await openService(
    'detection',
    {
      DATABASE_URL: database.urlOf('recoup_detection_follow'),
      NATS_URL: nats.url,
      NATS_REPLICAS: 1,
      OPS_PORT: 0,
      LOG_LEVEL: 'silent',
    },
    log,
  );
  services.push(service);
  return service;
}

async function append(service: RunningService, streamId: string, count = 1): Promise<void> {
  const events = someEvents(count);
  await service.store.append({ tenantId: TENANT, streamId, expected: 'any', events });
}

/** An effect that shows whether it happened once, and when. */
function consumeInto(
  service: RunningService,
  refuse: (event: RecordedEvent) => boolean = () => false,
): void {
  consume(service, {
    types: ['sync.amazon_disconnected'],
    async handle(received, tx) {
      if (refuse(received)) throw new Error('cannot digest this');
      await tx.query('insert into public.effect (position, stream_id) values ($1, $2)', [
        received.position,
        received.streamId,
      ]);
    },
  });
}

async function effects(): Promise<number[]> {
  const { rows } = await admin.query<{ position: string }>(
    'select position from public.effect order by at',
  );
  return rows.map((row) => Number(row.position));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a consumer', () => {
  beforeAll(async () => {
    nats = await natsServer();
  });
  afterAll(() => nats[Symbol.asyncDispose]());

  beforeEach(async () => {
    await nats.wipe();
    await nats.restart();
    database = await createDatabase();
    admin = new Pool({ connectionString: database.adminUrl });
    admin.on('error', () => undefined);
    await admin.query(`create table public.effect (at bigint generated always as identity, position bigint, stream_id text);
      grant insert on public.effect to recoup_detection_follow`);
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await admin.end();
    await database.drop();
  });

  it('has each effect once and in order, what was there before it came and what comes after', async () => {
    const service = await start();
    await append(service, 'connection-a', 40);
    consumeInto(service);
    for (let round = 0; round < 20; round += 1) await append(service, `connection-${round}`, 3);
    await eventually(async () => expect(await effects()).toHaveLength(100));
    expect(await effects()).toEqual(upTo(100));
  });

  it('takes up exactly where it was when it starts again', async () => {
    const first = await start();
    consumeInto(first);
    await append(first, 'connection-a', 30);
    await eventually(async () => expect(await effects()).toHaveLength(30));
    await first.stop();
    const second = await start();
    await append(second, 'connection-a', 30);
    consumeInto(second);
    await eventually(async () => expect(await effects()).toHaveLength(60), { timeoutMs: 20_000 });
    expect(await effects()).toEqual(upTo(60));
  });

  it('has each effect once when two instances believe to be the one', async () => {
    const one = await start();
    const two = await start();
    consumeInto(one);
    consumeInto(two);
    for (let round = 0; round < 30; round += 1) await append(one, 'connection-a', 5);
    await eventually(async () => expect(await effects()).toHaveLength(150));
    expect(await effects()).toEqual(upTo(150));
  });

  it('misses nothing while the bus is down, and when it comes back empty', async () => {
    const service = await start();
    consumeInto(service);
    await append(service, 'connection-a', 10);
    await eventually(async () => expect(await effects()).toHaveLength(10));
    await nats.wipe();
    await append(service, 'connection-a', 10);
    // The log is read when the wire is silent: nothing waits for the bus.
    await eventually(async () => expect(await effects()).toHaveLength(20), { timeoutMs: 20_000 });
    await nats.restart();
    await append(service, 'connection-a', 10);
    await eventually(async () => expect(await effects()).toHaveLength(30), { timeoutMs: 25_000 });
    expect(await effects()).toEqual(upTo(30));
  });

  it('parks the stream of an event that it cannot digest, in order, while all others go on', async () => {
    const service = await start();
    let poisoned = true;
    consumeInto(
      service,
      (received) =>
        poisoned && received.streamId === 'connection-bad' && received.streamVersion === 2,
    );
    await append(service, 'connection-bad', 4);
    await append(service, 'connection-good', 3);
    await eventually(async () => expect(await effects()).toEqual([1, 5, 6, 7]));
    const parked = await admin.query<{ position: string; attempts: number; error: string | null }>(
      'select position, attempts, error from consumer.parked order by position',
    );
    expect(parked.rows).toMatchObject([
      { position: '2', error: 'cannot digest this' },
      { position: '3', attempts: 0, error: null },
      { position: '4', attempts: 0, error: null },
    ]);

    poisoned = false;
    await eventually(async () => expect(await effects()).toEqual([1, 5, 6, 7, 2, 3, 4]), {
      timeoutMs: 25_000,
    });
    expect((await admin.query('select from consumer.parked')).rowCount).toBe(0);
    await append(service, 'connection-bad');
    await eventually(async () => expect((await effects()).at(-1)).toBe(8));
  });

  it('keeps the place of every event: what is not of interest moves the checkpoint too', async () => {
    const service = await start();
    consume(service, {
      types: ['claim.withdrawn'],
      handle: () => Promise.reject(new Error('never called')),
    });
    await append(service, 'connection-a', 12);
    const shard = shardOf(TENANT);
    await eventually(async () => {
      const { rows } = await admin.query<{ position: string }>(
        'select position from consumer.checkpoint where consumer = $1 and shard = $2',
        ['detection', shard],
      );
      return rows[0]?.position === '12';
    });
  });

  it('stops at any moment, also while it is still subscribing', async () => {
    for (let delay = 0; delay < 60; delay += 6) {
      const service = await start();
      consumeInto(service);
      await sleep(delay);
      await service.stop();
    }
    expect(services.every((service) => service.signal.aborted)).toBe(true);
    services = [];
  });
});
