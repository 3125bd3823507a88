import { reservations, streams, type RecordedEvent } from '@recoup/contracts';
import {
  cancelSync,
  connectAmazon,
  connectionState,
  DAILY,
  fromCommand,
  isRejection,
  nextScheduledSync,
  requestSync,
  requireReauthorization,
  syncState,
  type Decision,
  type Rejection,
} from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { createDatabase, testClock, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordingLog } from '../testing/recording-log.js';
import { dueSellers, followSchedule } from './due-sellers.js';
import { startDueSyncs, type ScheduleDeps } from './start-due-syncs.js';

const HOUR = 3600 * 1000;
const NOON = '2026-11-20T12:00:00.000Z';

let database: TestDatabase;
/** Two instances of the service: each with its own connections, on one database. */
let instances: ScheduleDeps[];
let pool: Pool;
let store: EventStore;
const clock = testClock(NOON);
const { log } = recordingLog();
let sellers = 0;

beforeAll(async () => {
  database = await createDatabase();
  instances = [1, 2].map(() => {
    const connections = new Pool({
      connectionString: database.urlOf('recoup_ingestion_follow'),
      max: 4,
    });
    connections.on('error', () => undefined);
    return { pool: connections, store: openEventStore(connections), clock, log, schedule: DAILY };
  });
  ({ pool, store } = instances[0]!);
});
afterAll(async () => {
  await Promise.all(instances.map((instance) => instance.pool.end()));
  await database.drop();
});
beforeEach(async () => {
  clock.set(NOON);
  await pool.query('delete from ingestion.seller_account');
});

const look = async (): Promise<void> => {
  await Promise.all(instances.map(startDueSyncs));
};

async function append(decision: Decision | Rejection): Promise<void> {
  if (isRejection(decision)) throw new Error(decision.message);
  const outcome = await store.append(decision);
  if (!outcome.ok) throw new Error(outcome.reason);
}

const cause = () => fromCommand('service:test', clock.now());

/** A connected seller, whose next sync the schedule has already found out. */
async function scheduledSeller(): Promise<{ tenantId: string; dueAt: Date }> {
  sellers += 1;
  const [tenantId, sellingPartnerId] = [`tenant-${sellers}`, `A${sellers}`];
  const data = {
    sellingPartnerId,
    region: 'na' as const,
    marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' }],
  };
  await append(connectAmazon(tenantId, null, { data, cause: cause() }));
  await pool.query(
    `insert into ingestion.seller_account (tenant_id, selling_partner_id, region, marketplaces, refresh_token, log_version)
       values ($1, $2, 'na', '[]', 'sealed', 0)`,
    [tenantId, sellingPartnerId],
  );
  await look();
  return { tenantId, dueAt: nextScheduledSync(DAILY, tenantId, clock.now())! };
}

/** What began syncs of a tenant, the oldest first. */
async function requests(tenantId: string): Promise<RecordedEvent[]> {
  const { rows } = await pool.query<{ stream_id: string }>(
    `select stream_id from log.event where tenant_id = $1 and type = 'sync.requested' order by position`,
    [tenantId],
  );
  const streamsOf = rows.map((row) => store.readStream(tenantId, row.stream_id));
  return (await Promise.all(streamsOf)).map(([first]) => first!);
}

async function endRunning(tenantId: string): Promise<void> {
  const owner = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
  const state = syncState(await store.readStream(tenantId, owner!))!;
  await append(cancelSync(tenantId, state, { reason: 'test', cause: cause() }));
}

async function nextDue(tenantId: string): Promise<Date | null | undefined> {
  const far = new Date('2100-01-01');
  return (await dueSellers(pool, far, 100)).find((seller) => seller.tenantId === tenantId)?.dueAt;
}

describe('the schedule', () => {
  it('given a seller who has just connected, then nothing starts before it is due', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    clock.set(new Date(dueAt.getTime() - 1));
    await look();
    expect(await requests(tenantId)).toEqual([]);
    expect(await nextDue(tenantId)).toEqual(dueAt);
  });

  it('given two instances that look again and again, then a due sync starts once, and the next a day later', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    clock.set(dueAt);
    for (let n = 0; n < 5; n += 1) await look();
    const [first, ...more] = await requests(tenantId);
    expect(first).toMatchObject({ data: { trigger: 'scheduled' }, actor: 'service:ingestion' });
    expect(more).toEqual([]);

    await endRunning(tenantId);
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
    clock.set(new Date(dueAt.getTime() + 24 * HOUR));
    await look();
    expect(await requests(tenantId)).toHaveLength(2);
  });

  it('given an instance that died between the sync and the note, then no second one starts, even after its end', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    clock.set(dueAt);
    await look();
    await endRunning(tenantId);
    await pool.query('update ingestion.seller_account set next_sync_at = $2 where tenant_id = $1', [
      tenantId,
      dueAt,
    ]);
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
  });

  it('given a sync that is running, then the schedule passes it by, and is not made up after its end', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    const running = requestSync(
      { tenantId, syncId: `sync_${tenantId}`, trigger: 'manual' },
      cause(),
    );
    await append(running);
    clock.set(dueAt);
    await look();
    await endRunning(tenantId);
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
  });

  it.each([
    ['that was missed for hours', 11 * HOUR, 1],
    ['that was missed for half a day and more', 13 * HOUR, 0],
    ['of which three were missed', 3 * 24 * HOUR + HOUR, 0],
  ])('given a sync %s, then it is made up once or not at all', async (_, late, started) => {
    const { tenantId, dueAt } = await scheduledSeller();
    clock.set(new Date(dueAt.getTime() + late));
    for (let n = 0; n < 3; n += 1) await look();
    expect(await requests(tenantId)).toHaveLength(started);
    expect(await nextDue(tenantId)).toEqual(nextScheduledSync(DAILY, tenantId, clock.now()));
  });

  it('given a consent that was lost, which only the log knows yet, then nothing starts', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    const events = await store.readStream(tenantId, streams.connection(tenantId));
    const reason = 'The consent was revoked.';
    await append(
      requireReauthorization(tenantId, connectionState(events), { reason, cause: cause() }),
    );
    clock.set(dueAt);
    await look();
    expect(await requests(tenantId)).toEqual([]);
  });

  it('given more sellers than one look takes, then each is started once', async () => {
    const many = [];
    for (let n = 0; n < 25; n += 1) many.push(await scheduledSeller());
    clock.set('2026-11-21T02:30:00.000Z');
    expect(await startDueSyncs(instances[0]!)).toBe(20);
    expect(await startDueSyncs(instances[0]!)).toBe(5);
    for (const { tenantId } of many) expect(await requests(tenantId)).toHaveLength(1);
  });

  it('given another schedule than before, then what was due by the old one is forgotten', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    clock.set(dueAt);
    await followSchedule(pool, DAILY);
    expect(await nextDue(tenantId)).toEqual(dueAt);
    await followSchedule(pool, '0 14 * * *');
    expect(await nextDue(tenantId)).toBeNull();
    await look();
    expect(await requests(tenantId)).toEqual([]);
  });
});
