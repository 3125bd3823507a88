import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type NatsServer,
  type SpawnedService,
  type TestDatabase,
} from '@recoup/testkit';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngestionUnderTest, type IngestionUnderTest } from './testing/ingestion-under-test.js';
import { recordLeases, type LeaseHistory } from './testing/lease-history.js';
import { startSimulatedAmazon, type SimulatedAmazon } from './testing/simulated-amazon.js';

const SCRIPT = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SELLERS = Array.from({ length: 40 }, (_, n) => `A0FORTY000${String(n).padStart(2, '0')}`);
/** Its reports have to wait for hours, so that its sync is surely in the middle when it is cancelled. */
const CANCELLED = SELLERS[0] ?? '';
/** Far from what a machine under load needs, and still an end. */
const PATIENCE = { timeoutMs: 600_000, everyMs: 500 } as const;

interface Sync {
  readonly sellerId: string;
  readonly tenantId: string;
  readonly syncId: string;
}

let amazon: SimulatedAmazon;
let database: TestDatabase;
let nats: NatsServer;
let admin: Pool;
let sut: IngestionUnderTest;
let leases: LeaseHistory;
const instances: SpawnedService[] = [];
const syncs: Sync[] = [];

beforeAll(async () => {
  [amazon, database, nats] = await Promise.all([
    startSimulatedAmazon({ orders: 12, rateScale: 600 }),
    createDatabase(),
    natsServer(),
  ]);
  admin = new Pool({ connectionString: database.adminUrl, max: 2 });
  admin.on('error', () => undefined);
  leases = await recordLeases(admin);
  const url = database.urlOf('recoup_ingestion_follow');
  sut = openIngestionUnderTest(url, amazon);
  const env = {
    ...amazon.client,
    DATABASE_URL: url,
    NATS_URL: nats.url,
    SPAPI_ENDPOINT: amazon.origin,
    LWA_ENDPOINT: `${amazon.origin}/auth/o2/token`,
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SPAPI_RATE_SCALE: String(amazon.rateScale),
    SYNC_WORKERS: '6',
    SYNC_LEASE_SECONDS: '5',
    SYNC_TURN_SECONDS: '30',
  };
  await admin.query(
    `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
      values ($1, 'createReport', 0.0001, 15, 0, now())`,
    [CANCELLED],
  );
  for (const sellerId of SELLERS) syncs.push({ sellerId, ...(await sut.connected(sellerId)) });
  // All are asked for by now: the two instances begin with forty that wait.
  instances.push(...(await Promise.all([1, 2].map(() => spawnService({ script: SCRIPT, env })))));
}, 600_000);

afterAll(async () => {
  await Promise.all(instances.map((instance) => instance.stop()));
  await sut[Symbol.asyncDispose]();
  await admin.end();
  await Promise.all([amazon, nats].map((server) => server[Symbol.asyncDispose]()));
  await database.drop();
});

async function statuses(): Promise<ReadonlyMap<string, string>> {
  const known = await Promise.all(
    syncs.map(async ({ sellerId, tenantId, syncId }) => {
      const { status } = await sut.state(tenantId, syncId);
      return [sellerId, status] as const;
    }),
  );
  return new Map(known);
}

async function completed(): Promise<number> {
  return [...(await statuses()).values()].filter((status) => status === 'complete').length;
}

/** Ended for its worker too: whatever was under way for it has come to an end. */
async function isGivenUp({ syncId }: Sync): Promise<boolean> {
  const { rows } = await sut.pool.query<{ state: string }>(
    'select state from ingestion.job where sync_id = $1',
    [syncId],
  );
  return rows[0]?.state === 'ended';
}

async function callsOf(sellerId: string): Promise<number> {
  return [...(await amazon.calls(sellerId)).values()].reduce((sum, { calls }) => sum + calls, 0);
}

async function keysOf(tenantId: string, kind: string): Promise<readonly string[]> {
  const { rows } = await sut.pool.query<{ key: string }>(
    "select coalesce(data->>'orderId', key) as key from facts.fact where tenant_id = $1 and kind = $2 order by 1",
    [tenantId, kind],
  );
  return rows.map(({ key }) => key);
}

describe('forty sellers at two instances', () => {
  it('given one is cancelled and one instance is killed, then all others have their own data once', async () => {
    const cancelled = syncs[0];
    if (!cancelled) throw new Error('nobody is connected');
    const { tenantId, syncId } = cancelled;
    await eventually(async () => (await callsOf(CANCELLED)) > 0, PATIENCE);
    await sut.cancel(tenantId, syncId);
    await eventually(() => isGivenUp(cancelled), PATIENCE);
    const callsWhenGivenUp = await callsOf(CANCELLED);

    await eventually(async () => (await completed()) >= 5, PATIENCE);
    expect(await completed()).toBeLessThan(SELLERS.length - 1);
    await instances[0]?.kill9();
    await eventually(async () => (await completed()) >= SELLERS.length - 1, PATIENCE);

    expect(new Set((await statuses()).values())).toEqual(new Set(['complete', 'cancelled']));
    expect((await statuses()).get(CANCELLED)).toBe('cancelled');
    expect(await callsOf(CANCELLED)).toBe(callsWhenGivenUp);
  }, 1_800_000);

  it('then each tenant holds the data of its own seller, and none twice', async () => {
    for (const { sellerId, tenantId } of syncs.slice(1)) {
      const truth = await amazon.truth(sellerId);
      const { buyers } = await amazon.buyers(sellerId);
      expect(await keysOf(tenantId, 'order')).toEqual(buyers.map(({ orderId }) => orderId).sort());
      expect({
        sellerId,
        transactions: (await keysOf(tenantId, 'transaction')).length,
        ledgerRows: (await keysOf(tenantId, 'ledger')).length,
        reimbursementRows: (await keysOf(tenantId, 'reimbursement')).length,
        inventoryRows: (await keysOf(tenantId, 'inventory')).length,
      }).toEqual({
        sellerId,
        transactions: truth.transactions,
        ledgerRows: truth.ledgerRows,
        reimbursementRows: truth.reimbursementRows,
        inventoryRows: truth.inventoryRows,
      });
    }
  }, 300_000);

  it('then never were two workers at one sync, every takeover raised the fence, and both instances worked', async () => {
    const history = await leases.all();
    expect(history.filter(({ alone }) => !alone)).toEqual([]);
    for (const { syncId } of syncs) {
      const fences = history.filter((lease) => lease.syncId === syncId).map(({ fence }) => fence);
      expect(fences).toEqual(fences.map((_, nth) => nth + 1));
      expect(fences.length).toBeGreaterThan(0);
    }
    expect(new Set(history.map(({ owner }) => owner)).size).toBe(instances.length);
  });

  it('then Amazon never had to refuse a call for its rate', async () => {
    for (const { sellerId } of syncs) {
      const throttled = [...(await amazon.calls(sellerId))].filter(([, one]) => one.throttled > 0);
      expect({ sellerId, throttled }).toEqual({ sellerId, throttled: [] });
    }
  });
});
