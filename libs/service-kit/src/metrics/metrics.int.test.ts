import { setTimeout as pause } from 'node:timers/promises';
import { shardOf } from '@recoup/kernel';
import {
  createDatabase,
  eventually,
  natsServer,
  seriesOf,
  someEvents,
  type NatsServer,
  type TestDatabase,
} from '@recoup/testkit';
import { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consume } from '../consume.js';
import { openOperationsPort, type OperationsPort } from '../operations-port.js';
import { openService, type RunningService } from '../service.js';

const TENANT = 'tenant-measured';
const shard = String(shardOf(TENANT));

let database: TestDatabase;
let nats: NatsServer;
let service: RunningService;
let operations: OperationsPort;
let admin: Pool;
let poisoned = true;
/** What the process had counted before: files of tests share one. */
let before = '';

const scrape = async (): Promise<string> =>
  (await fetch(`http://127.0.0.1:${operations.port}/metrics`)).text();

/** What has been counted since this file began. */
function counted(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const sum = (scraped: string): number =>
    seriesOf(scraped, name, labels).reduce((all, { value }) => all + value, 0);
  return sum(text) - sum(before);
}

async function append(streamId: string, count: number): Promise<void> {
  const events = someEvents(count);
  await service.store.append({ tenantId: TENANT, streamId, expected: 'any', events });
}

describe('what a service tells Prometheus', () => {
  beforeAll(async () => {
    [database, nats] = await Promise.all([createDatabase(), natsServer()]);
    admin = new Pool({ connectionString: database.adminUrl });
    service = await openService(
      'detection',
      {
        DATABASE_URL: database.urlOf('recoup_detection_follow'),
        NATS_URL: nats.url,
        NATS_REPLICAS: 1,
        OPS_PORT: 0,
        LOG_LEVEL: 'silent',
      },
      pino({ level: 'silent' }),
    );
    operations = await openOperationsPort(service, { port: 0, isReady: () => true });
    before = await scrape();
  });
  afterAll(async () => {
    await operations[Symbol.asyncDispose]();
    await service.stop();
    await admin.end();
    await nats[Symbol.asyncDispose]();
    await database.drop();
  });

  it('is text in its format, with the figures of the process', async () => {
    const answer = await fetch(`http://127.0.0.1:${operations.port}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    expect(seriesOf(text, 'nodejs_eventloop_lag_seconds')).toHaveLength(1);
    expect(seriesOf(text, 'process_start_time_seconds')[0]?.value).toBeGreaterThan(1.6e9);
    const pool = { pool: 'detection' };
    expect(seriesOf(text, 'recoup_postgres_pool_limit_connections', pool)[0]?.value).toBe(12);
    const connections = seriesOf(text, 'recoup_postgres_pool_connections', pool);
    expect(connections.map(({ labels }) => labels['state'])).toEqual(['busy', 'idle']);
  });

  it('counts appends by outcome and their events by type, repeats apart', async () => {
    const events = someEvents(3);
    const request = {
      tenantId: TENANT,
      streamId: 'connection-a',
      expected: 'any',
      events,
    } as const;
    await service.store.append(request);
    await service.store.append({ ...request, expected: 'absent' });
    await service.store.append({ ...request, expected: 7, events: someEvents(1) });
    const text = await scrape();
    const count = 'recoup_append_duration_seconds_count';
    for (const outcome of ['written', 'repeated', 'wrong_version']) {
      expect([outcome, counted(text, count, { outcome })]).toEqual([outcome, 1]);
    }
    expect(counted(text, count)).toBe(3);
    const type = events[0]?.type ?? '';
    expect(counted(text, 'recoup_appended_events_total', { type })).toBe(3);
  });

  it('says how far the relay is, and a consumer that is not running', async () => {
    await admin.query(
      'insert into consumer.checkpoint (consumer, shard, position) values ($1, $2, 1)',
      ['evidence', shard],
    );
    const lag = await eventually(async () => {
      const text = await scrape();
      const [relay] = seriesOf(text, 'recoup_relay_lag_events', { shard });
      const [behind] = seriesOf(text, 'recoup_consumer_lag_events', {
        consumer: 'evidence',
        shard,
      });
      if (relay?.value !== 0 || behind === undefined) return null;
      const age = seriesOf(text, 'recoup_consumer_lag_seconds', { consumer: 'evidence', shard });
      return { events: behind.value, age: age[0]?.value ?? 0 };
    });
    expect(lag.events).toBe(2);
    expect(lag.age).toBeGreaterThan(0);
    const published = 'recoup_relay_published_events_total';
    const text = await scrape();
    expect(seriesOf(text, published).map(({ labels }) => labels['kind'])).toEqual([
      'forward',
      'refill',
    ]);
    expect(counted(text, published, { kind: 'forward' })).toBe(3);
    expect(counted(text, published, { kind: 'refill' })).toBe(0);
  });

  it('shows what is parked, by what becomes of it, and what was handled', async () => {
    consume(service, {
      types: ['sync.amazon_disconnected'],
      handle: ({ streamId }) =>
        poisoned && streamId === 'connection-bad'
          ? Promise.reject(new Error('cannot digest this'))
          : Promise.resolve(),
    });
    await append('connection-bad', 2);
    await append('connection-good', 1);
    const consumer = 'detection';
    await eventually(
      async () => {
        const parked = seriesOf(await scrape(), 'recoup_parked_events', { consumer });
        expect(parked.map(({ labels, value }) => [labels['state'], value])).toEqual([
          ['retrying', 1],
          ['stopped', 0],
          ['behind', 1],
        ]);
        return true;
      },
      { timeoutMs: 25_000 },
    );
    const text = await scrape();
    expect(counted(text, 'recoup_consumer_parked_total', { consumer })).toBe(1);
    const handled = 'recoup_consumer_handle_duration_seconds_count';
    expect(counted(text, handled, { consumer, outcome: 'ok' })).toBeGreaterThan(0);
    expect(counted(text, 'recoup_consumer_events_total', { consumer })).toBe(6);
    poisoned = false;
    await eventually(
      async () =>
        seriesOf(await scrape(), 'recoup_parked_events', { consumer, state: 'retrying' })[0]
          ?.value === 0,
      { timeoutMs: 25_000 },
    );
  });

  it('counts who waits for a lock', async () => {
    const [holder, waiter] = await Promise.all([admin.connect(), admin.connect()]);
    await admin.query('create table public.held (n int)');
    await holder.query('begin; lock table public.held in access exclusive mode');
    const waiting = waiter.query('select from public.held');
    await eventually(
      async () => (seriesOf(await scrape(), 'recoup_postgres_lock_waits')[0]?.value ?? 0) > 0,
      { timeoutMs: 25_000 },
    );
    await holder.query('rollback');
    await waiting;
    holder.release();
    waiter.release();
  });

  it('leaves out a gauge that cannot be read, counts it, and shows the rest', async () => {
    service.metrics.gauge({ name: 'recoup_broken', help: 'Cannot be read.' }, () =>
      Promise.reject(new Error('no such table')),
    );
    service.metrics.gauge({ name: 'recoup_hanging', help: 'Never answers.' }, async () => {
      await pause(60_000, undefined, { ref: false });
      return [];
    });
    const text = await scrape();
    expect(seriesOf(text, 'recoup_broken')).toEqual([]);
    expect(seriesOf(text, 'recoup_hanging')).toEqual([]);
    const failures = 'recoup_metric_failures_total';
    expect(seriesOf(text, failures, { metric: 'recoup_broken' })[0]?.value).toBe(1);
    expect(seriesOf(text, failures, { metric: 'recoup_hanging' })[0]?.value).toBe(1);
    expect(seriesOf(text, 'recoup_parked_events').length).toBeGreaterThan(0);
  });
});
