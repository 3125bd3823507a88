import { openBus, type Bus } from '@recoup/bus';
import { CONNECT_SUBJECT, connectReplySchema, streams } from '@recoup/contracts';
import { syncState, type SyncState } from '@recoup/domain';
import { openEventStore } from '@recoup/event-store';
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
import { startSimulatedAmazon, type SimulatedAmazon } from './testing/simulated-amazon.js';

const SCRIPT = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SELLER = 'A3MAPLETRAIL02';

let amazon: SimulatedAmazon;
let database: TestDatabase;
let nats: NatsServer;
let bus: Bus;
let pool: Pool;
let env: Record<string, string>;

beforeAll(async () => {
  [amazon, database, nats] = await Promise.all([
    startSimulatedAmazon({ orders: 400 }),
    createDatabase(),
    natsServer(),
  ]);
  const url = database.urlOf('recoup_ingestion_follow');
  pool = new Pool({ connectionString: url });
  pool.on('error', () => undefined);
  bus = await openBus({ url: nats.url, name: 'test' });
  env = {
    ...amazon.client,
    DATABASE_URL: url,
    NATS_URL: nats.url,
    SPAPI_ENDPOINT: amazon.origin,
    LWA_ENDPOINT: `${amazon.origin}/auth/o2/token`,
    ENCRYPTION_KEY: Buffer.alloc(32, 3).toString('base64'),
    SPAPI_RATE_SCALE: String(amazon.rateScale),
    SYNC_LEASE_SECONDS: '1',
  };
});

afterAll(async () => {
  await bus[Symbol.asyncDispose]();
  await pool.end();
  await Promise.all([amazon, nats].map((server) => server[Symbol.asyncDispose]()));
  await database.drop();
});

async function start(): Promise<SpawnedService> {
  const service = await spawnService({ script: SCRIPT, env });
  await eventually(() => service.output.includes('"msg":"ready"'), { timeoutMs: 25_000 });
  return service;
}

describe('the process', () => {
  it.each(['ENCRYPTION_KEY', 'LWA_CLIENT_SECRET'])(
    'given no %s, then it ends with the name of the setting',
    async (name) => {
      const { [name]: _, ...rest } = env;
      const service = await spawnService({ script: SCRIPT, env: rest });
      expect((await service.exit).code).toBe(1);
      expect(service.output).toContain(`${name} is not set`);
    },
  );

  it('given a route that is not offered, then it ends and says which are', async () => {
    const service = await spawnService({ script: SCRIPT, env: { ...env, SYNC_ROUTE: 'v1' } });
    expect((await service.exit).code).toBe(1);
    expect(service.output).toContain('SYNC_ROUTE: ');
  });

  it('given kill -9 twice, then the sync completes with the same facts, none twice', async () => {
    let service = await start();
    const reply = connectReplySchema.parse(
      await bus.request(
        CONNECT_SUBJECT,
        {
          tenantId: null,
          sellingPartnerId: SELLER,
          region: 'na',
          marketplaceIds: null,
          credential: { kind: 'refresh_token', refreshToken: await amazon.refreshToken(SELLER) },
        },
        { timeoutMs: 20_000 },
      ),
    );
    if (reply.outcome !== 'connected') throw new Error(reply.message);
    const { tenantId } = reply;
    const store = openEventStore(pool);
    const owner = await store.reservationOwner(tenantId, `active-sync:${tenantId}`);
    const state = async (): Promise<SyncState | null> =>
      syncState(await store.readStream(tenantId, owner ?? streams.sync('')));

    for (const percent of [1, 55]) {
      const reached = async (): Promise<boolean> => ((await state())?.progress ?? 0) >= percent;
      await eventually(reached, { timeoutMs: 25_000 });
      await service.kill9();
      service = await start();
    }
    const complete = async (): Promise<boolean> => (await state())?.status === 'complete';
    await eventually(complete, { timeoutMs: 25_000 });
    const { code } = await service.stop();
    expect(code).toBe(0);

    const truth = await amazon.truth(SELLER);
    const { rows } = await pool.query<{ kind: string; facts: number; keys: number }>(
      'select kind, count(*)::int facts, count(distinct key)::int keys from facts.fact group by kind',
    );
    const stored = new Map(rows.map((row) => [row.kind, row]));
    const expected = {
      order: truth.orders,
      inventory: truth.inventoryRows,
      transaction: truth.transactions,
      ledger: truth.ledgerRows,
      reimbursement: truth.reimbursementRows,
      customerReturn: truth.returnRows,
      replacement: truth.replacementRows,
      removalOrder: truth.removalOrderRows,
      removalShipment: truth.removalShipmentRows,
      inboundShipment: truth.inboundShipments,
      inboundItem: truth.inboundItems,
      storageFee: truth.storageFeeRows,
      agedStorageFee: truth.agedStorageFeeRows,
    };
    for (const [kind, count] of Object.entries(expected)) {
      // As many versions as facts: nothing was stored twice.
      expect(stored.get(kind) ?? { kind, facts: 0, keys: 0 }).toEqual({
        kind,
        facts: count,
        keys: count,
      });
    }
    const calls = await amazon.calls(SELLER);
    expect([...calls.values()].filter(({ throttled }) => throttled > 0)).toEqual([]);
  }, 120_000);
});
