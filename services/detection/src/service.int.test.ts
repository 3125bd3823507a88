import { fileURLToPath } from 'node:url';
import { streams, type EventData, type RecordedEvent } from '@recoup/contracts';
import { eventOf, fromCommand, requestSync } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { latestBatch, recordFacts } from '@recoup/facts';
import { derivedName, newName } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type NatsServer,
  type SpawnedService,
  type TestDatabase,
} from '@recoup/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerRow } from '../test/story.js';

const SCRIPT = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const DAY = '2026-09-01';

let database: TestDatabase;
let nats: NatsServer;
let ingestion: pg.Pool;
let store: EventStore;
let services: SpawnedService[] = [];

beforeAll(async () => {
  [database, nats] = await Promise.all([createDatabase(), natsServer()]);
  ingestion = new pg.Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  store = openEventStore(ingestion);
});

afterAll(async () => {
  for (const service of services) await service.stop();
  await ingestion.end();
  await nats[Symbol.asyncDispose]();
  await database.drop();
});

async function start(more: Readonly<Record<string, string>> = {}): Promise<SpawnedService> {
  const env = {
    DATABASE_URL: database.urlOf('recoup_detection_follow'),
    NATS_URL: nats.url,
    DETECTION_LEASE_SECONDS: '1',
    ...more,
  };
  const service = await spawnService({ script: SCRIPT, env });
  services = [...services, service];
  return service;
}

/** A seller whose sync has just stored that many losses, one product each; answers the id of the sync. */
async function syncOf(tenantId: string, losses: number): Promise<string> {
  const rows = Array.from({ length: losses }, (_, n) => {
    const { data } = ledgerRow({
      day: DAY,
      reason: 'M',
      quantity: -2,
      open: 2,
      reference: `adj-${n}`,
    });
    return { ...data, fnsku: `X${String(n).padStart(6, '0')}` };
  });
  await inTransaction(ingestion, (tx) =>
    recordFacts(tx, { tenantId, syncId: 's', kind: 'ledger', rows }),
  );
  const syncId = newName('sync');
  const cause = fromCommand('service:ingestion', new Date('2026-09-20T20:00:00Z'));
  await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
  const whole = { state: 'complete', from: DAY, to: DAY } as const;
  const data: EventData<'sync.completed'> = {
    syncId,
    factsAsOf: await latestBatch(ingestion, tenantId),
    counts: {},
    coverage: { ledger: whole, reimbursements: whole },
  };
  const event = eventOf('sync.completed', data, { cause, once: [syncId] });
  await store.append({ tenantId, streamId: streams.sync(syncId), expected: 1, events: [event] });
  return syncId;
}

async function ended(tenantId: string, syncId: string): Promise<readonly RecordedEvent[]> {
  const streamId = streams.detection(derivedName('detection', syncId));
  return eventually(
    async () => {
      const events = await store.readStream(tenantId, streamId);
      return events.length === 2 && events;
    },
    { timeoutMs: 25_000 },
  );
}

async function claims(tenantId: string): Promise<{ streams: number; events: number }> {
  const { rows } = await ingestion.query<{ streams: string; events: string }>(
    `select count(distinct stream_id) as streams, count(*) as events from log.event
     where tenant_id = $1 and type like 'claim.%' and stream_id like 'claim-%'`,
    [tenantId],
  );
  return { streams: Number(rows[0]?.streams), events: Number(rows[0]?.events) };
}

describe('given the detection service', () => {
  it('when a sync completes, then its claims are found and the detection says how many', async () => {
    const service = await start();
    const tenantId = newName('tenant');
    const syncId = await syncOf(tenantId, 3);
    const [begun, completed] = await ended(tenantId, syncId);
    expect(begun).toMatchObject({
      type: 'claim.detection_started',
      data: { syncId, trigger: 'sync' },
    });
    expect(completed).toMatchObject({
      type: 'claim.detection_completed',
      causationId: begun?.id,
      correlationId: begun?.correlationId,
      data: { claims: { open: 3, new: 3 }, amountUnknown: 3 },
    });
    expect(await claims(tenantId)).toEqual({ streams: 3, events: 3 });
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  it('when it is killed in the middle of it, then the next one ends it as if nothing had happened', async () => {
    const MANY = 3000;
    const tenantId = newName('tenant');
    const syncId = await syncOf(tenantId, MANY);
    for (const least of [1, 400]) {
      const doomed = await start();
      await eventually(async () => (await claims(tenantId)).streams >= least, {
        everyMs: 2,
        timeoutMs: 25_000,
      });
      await doomed.kill9();
    }
    const before = await claims(tenantId);
    expect(before.streams).toBeLessThan(MANY);
    await start();
    const [, completed] = await ended(tenantId, syncId);
    expect(completed?.data).toMatchObject({ claims: { open: MANY, new: MANY, changed: 0 } });
    expect(await claims(tenantId)).toEqual({ streams: MANY, events: MANY });
  });

  it.each([
    ['DETECTION_WORKERS', 'none'],
    ['DETECTION_LEASE_SECONDS', '0'],
    ['NATS_URL', ''],
  ])('when %s is "%s", then it stops and names it', async (name, value) => {
    const service = await start({ [name]: value });
    expect((await service.exit).code).toBe(1);
    expect(service.output).toContain(name);
  });
});
