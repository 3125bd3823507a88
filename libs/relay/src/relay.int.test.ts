import { openBus, type Bus } from '@recoup/bus';
import { listenToLog, openEventStore, type LogNotifications } from '@recoup/event-store';
import { newId, shardOf } from '@recoup/kernel';
import {
  createDatabase,
  eventually,
  natsServer,
  someEvents,
  type NatsServer,
  type TestDatabase,
} from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { relayShard, type RelayDependencies } from './relay-shard.js';

const TENANT = 'tenant-relay';
const SHARD = shardOf(TENANT);

let database: TestDatabase;
let nats: NatsServer;
let pool: Pool;
let bus: Bus;
let notifications: LogNotifications;
let relays: { stop: AbortController; done: Promise<void> }[];

async function append(count: number): Promise<void> {
  const events = someEvents(count);
  const outcome = await openEventStore(pool).append({
    tenantId: TENANT,
    streamId: `connection-${newId()}`,
    expected: 'absent',
    events,
  });
  expect(outcome.ok).toBe(true);
}

function startRelay(): void {
  const deps: RelayDependencies = {
    pool,
    store: openEventStore(pool),
    notifications,
    bus,
    onError: () => undefined,
  };
  const stop = new AbortController();
  relays.push({ stop, done: relayShard(deps, SHARD, stop.signal) });
}

async function stopRelays(): Promise<void> {
  for (const { stop, done } of relays.splice(0)) {
    stop.abort();
    await done;
  }
}

/** Collects what the wire delivers from now on. */
function listen(): { positions: number[]; stop: () => void } {
  const positions: number[] = [];
  const stop = new AbortController();
  void bus.subscribeShard({
    consumer: `probe-${newId()}`,
    shard: SHARD,
    signal: stop.signal,
    onDelivery: ({ event, ack }) => {
      positions.push(event.position);
      ack();
    },
    onRestart: () => undefined,
  });
  return { positions, stop: () => stop.abort() };
}

async function checkpoint(): Promise<number> {
  const { rows } = await pool.query<{ position: string }>(
    'select position from relay.checkpoint where shard = $1',
    [SHARD],
  );
  return Number(rows[0]?.position);
}

const upTo = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

describe('the relay', () => {
  beforeAll(async () => {
    nats = await natsServer();
  });
  afterAll(() => nats[Symbol.asyncDispose]());

  beforeEach(async () => {
    await nats.wipe();
    await nats.restart();
    database = await createDatabase();
    const url = database.urlOf('recoup_ingestion_follow');
    pool = new Pool({ connectionString: url });
    pool.on('error', () => undefined);
    bus = await openBus({ url: nats.url, name: 'relay-test' });
    notifications = listenToLog({ connectionString: url });
    relays = [];
  });
  afterEach(async () => {
    await stopRelays();
    await notifications[Symbol.asyncDispose]();
    await bus[Symbol.asyncDispose]();
    await pool.end();
    await database.drop();
  });

  it('copies the log in order, each event once, and moves its checkpoint to the end', async () => {
    await bus.ensureTopology();
    const probe = listen();
    await append(2500);
    startRelay();
    await append(300);
    await eventually(async () => expect(await checkpoint()).toBe(2800));
    await eventually(() => expect(probe.positions).toHaveLength(2800));
    expect(probe.positions).toEqual(upTo(2800));
    probe.stop();
  });

  it('is harmless twice: two relays of one shard deliver each event once', async () => {
    await bus.ensureTopology();
    const probe = listen();
    startRelay();
    startRelay();
    for (let round = 0; round < 10; round += 1) await append(50);
    await eventually(async () => expect(await checkpoint()).toBe(500));
    await eventually(() => expect(new Set(probe.positions).size).toBe(500));
    expect(probe.positions).toEqual(upTo(500));
    probe.stop();
  });

  it('goes on where it was when the server comes back', async () => {
    startRelay();
    await append(100);
    await eventually(async () => expect(await checkpoint()).toBe(100));
    await nats.kill();
    await append(100);
    expect(await checkpoint()).toBe(100);
    await nats.restart();
    await eventually(async () => expect(await checkpoint()).toBe(200), { timeoutMs: 25_000 });
    expect(await bus.tailOf(SHARD)).toBe(200);
  });

  it('refills a bus that lost its store, from where the slowest consumer is', async () => {
    startRelay();
    await append(100);
    await eventually(async () => expect(await checkpoint()).toBe(100));
    await pool.query(
      'insert into consumer.checkpoint (consumer, shard, position) values ($1, $2, 40), ($3, $2, 90)',
      ['slow', SHARD, 'quick'],
    );
    await nats.wipe();
    await nats.restart();
    await eventually(async () => expect(await bus.tailOf(SHARD)).toBe(100), { timeoutMs: 25_000 });
    await append(1);
    await eventually(async () => expect(await bus.tailOf(SHARD)).toBe(101));
  });
});
