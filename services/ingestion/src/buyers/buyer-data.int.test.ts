import { CannotOpen, keyRing } from '@recoup/vault';
import { createDatabase, eventually, type TestDatabase } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@recoup/kernel';
import { disconnect, hear, settle } from '../testing/disconnections.js';
import {
  openIngestionUnderTest,
  type IngestionUnderTest,
} from '../testing/ingestion-under-test.js';
import {
  startSimulatedAmazon,
  type SimulatedAmazon,
  type SimulatedBuyer,
} from '../testing/simulated-amazon.js';
import { openBuyerStore, type BuyerStore } from './buyer-store.js';

/** Of each seller: some of the last days, most of them of long ago. */
const ORDERS = 150;

let amazon: SimulatedAmazon;
let database: TestDatabase;
let on: IngestionUnderTest;
let off: IngestionUnderTest;
let store: BuyerStore;

beforeAll(async () => {
  [amazon, database] = await Promise.all([
    startSimulatedAmazon({ orders: ORDERS, rateScale: 2000 }),
    createDatabase(),
  ]);
  const url = database.urlOf('recoup_ingestion_follow');
  on = openIngestionUnderTest(url, amazon, { SYNC_BUYER_INFO: 'on' });
  off = openIngestionUnderTest(url, amazon);
  const keys = keyRing(Buffer.alloc(32, 7)); // the one of the ingestions under test
  store = openBuyerStore({ pool: on.pool, clock: systemClock, keys });
});
afterEach(() => amazon.heal());
afterAll(async () => {
  await Promise.all([on, off].map((sut) => sut[Symbol.asyncDispose]()));
  await Promise.all([amazon[Symbol.asyncDispose](), database.drop()]);
});

let sellers = 0;
const nextSeller = (): string => `A0BUYERS${String((sellers += 1)).padStart(4, '0')}`;

interface Synced {
  readonly tenantId: string;
  readonly syncId: string;
}

async function sync(sut: IngestionUnderTest, sellerId: string): Promise<Synced> {
  const { tenantId, syncId } = await sut.connected(sellerId);
  await sut.enqueue(tenantId, syncId);
  expect(await sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
  return { tenantId, syncId };
}

async function keptOrders(tenantId: string): Promise<string[]> {
  const { rows } = await on.pool.query<{ order_id: string }>(
    'select order_id from ingestion.buyer_info where tenant_id = $1 order by order_id',
    [tenantId],
  );
  return rows.map((row) => row.order_id);
}

const marksOf = ({ name, email, phone, street }: SimulatedBuyer) => [name, email, phone, street];

/** All that is stored of a tenant beside the sealed rows, as text. */
async function storedText(tenantId: string): Promise<string> {
  const { rows } = await on.pool.query<{ text: string }>(
    `select f::text as text from facts.fact f where tenant_id = $1
     union all select j::text from ingestion.job j where tenant_id = $1
     union all select b::text from ingestion.buyer_info b where tenant_id = $1`,
    [tenantId],
  );
  return rows.map(({ text }) => text).join('\n');
}

describe('given that buyer data are on', { timeout: 120_000 }, () => {
  it('then what Amazon told of recent orders is sealed, and opens to exactly that', async () => {
    const sellerId = nextSeller();
    const { tenantId, syncId } = await sync(on, sellerId);
    const { buyers } = await amazon.buyers(sellerId);
    const kept = await keptOrders(tenantId);
    expect(kept.length).toBeGreaterThan(5);
    for (const orderId of kept) {
      const { name, street, phone } = buyers.find((buyer) => buyer.orderId === orderId) ?? {};
      expect(await store.open(tenantId, orderId)).toMatchObject({
        buyer: { buyerName: name },
        deliveryAddress: { name, addressLine1: street, phone },
      });
    }
    const text = await storedText(tenantId);
    expect(text).toContain(kept[0]); // or nothing was searched
    const told = [text, on.logged(), JSON.stringify(await on.events(tenantId, syncId))];
    for (const mark of buyers.flatMap(marksOf)) {
      expect(told.some((one) => one.includes(mark))).toBe(false);
    }
  });

  it('then an order whose day has passed is not kept at all', async () => {
    const { tenantId } = await sync(on, nextSeller());
    const { rows } = await on.pool.query<{ order_id: string }>(
      `select data->>'orderId' as order_id from facts.fact where tenant_id = $1 and kind = 'order'
         and (data->>'createdAt')::timestamptz < now() - interval '40 days'`,
      [tenantId],
    );
    expect(rows.length).toBeGreaterThan(ORDERS / 2);
    const kept = new Set(await keptOrders(tenantId));
    expect(rows.filter(({ order_id }) => kept.has(order_id))).toEqual([]);
  });

  it('when their day comes, then they do not open, and are swept once, by whoever looks', async () => {
    const [leaving, staying] = [await sync(on, nextSeller()), await sync(on, nextSeller())];
    const before = await keptOrders(staying.tenantId);
    const [orderId = ''] = await keptOrders(leaving.tenantId);
    await on.pool.query(
      `update vault.record_key set expires_at = now() - interval '1 second' where tenant_id = $1`,
      [leaving.tenantId],
    );
    await expect(store.open(leaving.tenantId, orderId)).rejects.toThrow(CannotOpen);
    const stop = new AbortController();
    const sweepers = [on, off].map(({ ingestion }) => ingestion.runSweeper(stop.signal));
    await eventually(async () => (await keptOrders(leaving.tenantId)).length === 0);
    stop.abort();
    await Promise.all(sweepers);
    const keys = 'select from vault.record_key where tenant_id = $1';
    expect((await on.pool.query(keys, [leaving.tenantId])).rowCount).toBe(0);
    expect(await keptOrders(staying.tenantId)).toEqual(before);
    expect(await store.open(staying.tenantId, before[0] ?? '')).not.toBeNull();
  });

  it('when the seller asks to be forgotten, then nothing of it is left', async () => {
    const { tenantId } = await sync(on, nextSeller());
    await hear(on, await disconnect(on, tenantId, true));
    await settle(on);
    expect(await keptOrders(tenantId)).toEqual([]);
    const keys = 'select from vault.record_key where tenant_id = $1';
    expect((await on.pool.query(keys, [tenantId])).rowCount).toBe(0);
  });
});

describe('given that Amazon has not given the restricted role', { timeout: 120_000 }, () => {
  it('then the sync goes on without buyers, says so once, and asks once', async () => {
    const sellerId = nextSeller();
    await amazon.setBuyers(sellerId, { restrictedRole: false });
    const { tenantId, syncId } = await sync(on, sellerId);
    expect(await keptOrders(tenantId)).toEqual([]);
    const completed = (await on.events(tenantId, syncId)).at(-1);
    expect(completed).toMatchObject({
      type: 'sync.completed',
      data: {
        counts: { orders: { processed: ORDERS } },
        coverage: {
          orders: { state: 'complete', reason: expect.stringContaining('restricted role') },
        },
      },
    });
    const said = on.logged().split('Without buyer data').length - 1;
    expect(said).toBe(1);

    const plain = nextSeller();
    await sync(off, plain);
    const calls = async (id: string) => (await amazon.calls(id)).get('searchOrders')?.calls ?? 0;
    // The refused call, once more with a fresh token, and then as without buyers.
    expect((await calls(sellerId)) - (await calls(plain))).toBe(2);
  });

  it('when orders are refused altogether, then the sync fails as it does without', async () => {
    const sellerId = nextSeller();
    const { tenantId, syncId } = await on.connected(sellerId);
    await amazon.fault({ operation: 'searchOrders', status: 403, times: 50, sellerId });
    await on.enqueue(tenantId, syncId);
    expect(await on.work(tenantId, syncId)).toMatchObject({ status: 'failed' });
  });
});

describe('given that buyer data are off', { timeout: 120_000 }, () => {
  it.each(['auto', 'reports'])(
    'when Amazon sends them all the same by the routes of %s, then nothing of it is stored',
    async (route) => {
      const url = database.urlOf('recoup_ingestion_follow');
      await using off = openIngestionUnderTest(url, amazon, { SYNC_ROUTE: route });
      const sellerId = nextSeller();
      await amazon.setBuyers(sellerId, { leak: true });
      const { tenantId, syncId } = await sync(off, sellerId);
      const { buyers, leaked } = await amazon.buyers(sellerId);
      expect(await keptOrders(tenantId)).toEqual([]);
      const told = [
        await storedText(tenantId),
        off.logged(),
        JSON.stringify(await off.events(tenantId, syncId)),
      ];
      const marks = [leaked, ...buyers].flatMap(marksOf);
      expect(marks.filter((mark) => told.some((one) => one.includes(mark)))).toEqual([]);
    },
  );
});

describe('given orders that come by the report', { timeout: 120_000 }, () => {
  it('then buyer data that are on are said to be missing', async () => {
    const url = database.urlOf('recoup_ingestion_follow');
    const environment = { SYNC_BUYER_INFO: 'on', SYNC_ROUTE: 'reports' };
    await using reports = openIngestionUnderTest(url, amazon, environment);
    const { tenantId, syncId } = await sync(reports, nextSeller());
    expect((await reports.events(tenantId, syncId)).at(-1)).toMatchObject({
      data: { coverage: { orders: { reason: expect.stringContaining('report') } } },
    });
  });
});
