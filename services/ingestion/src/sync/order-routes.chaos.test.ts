import { eraseFacts, type FactData } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IngestionUnderTest } from '../testing/ingestion-under-test.js';
import { stageOfFile } from '../testing/stage.js';

/** Sells in two marketplaces, so that orders come in two currencies. */
const SELLER = 'A3MAPLETRAIL02';
const FAMILIES = ['api', 'v0', 'reports'] as const;
type Family = (typeof FAMILIES)[number];

const stage = stageOfFile({ orders: 260, rateScale: 1000 });
let suts: Readonly<Record<Family, IngestionUnderTest>>;
let tenantId: string;

beforeAll(async () => {
  const by = (SYNC_ROUTE: Family) => stage.open({ SYNC_ROUTE });
  suts = { api: by('api'), v0: by('v0'), reports: by('reports') };
  const connected = await suts.api.connected(SELLER);
  ({ tenantId } = connected);
  await suts.api.cancel(tenantId, connected.syncId);
  await stage.amazon.setBuyers(SELLER, { leak: true });
});

type Known = Readonly<Record<string, unknown>>;
interface Facts {
  readonly orders: ReadonlyMap<string, Known>;
  readonly items: ReadonlyMap<string, Known>;
  /** Versions of orders and of lines, older ones too. */
  readonly versions: Readonly<Record<string, number>>;
}

/** Reads all orders by one route, as if none had been read before, and answers what is known of them then. */
async function sync(family: Family): Promise<Facts> {
  const sut = suts[family];
  await sut.pool.query('delete from ingestion.sync_window where tenant_id = $1', [tenantId]);
  const syncId = await sut.request(tenantId);
  await sut.enqueue(tenantId, syncId);
  const { status } = await sut.work(tenantId, syncId);
  expect(status, sut.logged()).toBe('complete');
  const { rows } = await sut.pool.query<{
    kind: string;
    key: string;
    data: Known;
    versions: number;
  }>(
    `select distinct on (kind, key) kind, key, data, count(*) over (partition by kind, key)::int as versions
     from facts.fact where tenant_id = $1 and kind in ('order', 'orderItem') order by kind, key, batch desc`,
    [tenantId],
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const known = (kind: string) => new Map(of(kind).map(({ key, data }) => [key, data]));
  const count = (kind: string) => of(kind).reduce((sum, { versions }) => sum + versions, 0);
  return {
    orders: known('order'),
    items: known('orderItem'),
    versions: { order: count('order'), orderItem: count('orderItem') },
  };
}

async function forget(): Promise<void> {
  await inTransaction(suts.api.pool, (tx) => eraseFacts(tx, tenantId));
}

/** What every route tells of an order. */
const ORDER = [
  ...['orderId', 'marketplaceId', 'createdAt', 'updatedAt', 'status', 'fulfilledBy'],
  ...['salesChannel', 'serviceLevel'],
] as const satisfies readonly (keyof FactData['order'])[];
/** What every route tells of a line; the amounts and the quantity only where the order is not cancelled. */
const ITEM = ['orderId', 'sku', 'asin', 'ordinal', 'title'] as const;
const UNLESS_CANCELLED = ['quantity', 'unitPrice', 'proceeds'] as const;

function common({ orders, items }: Facts): unknown[] {
  const cancelled = new Set(
    [...orders.values()].filter(({ status }) => status === 'CANCELLED').map((o) => o['orderId']),
  );
  const pick = (data: Known, names: readonly string[]) => names.map((name) => data[name]);
  const lines = [...items].map(([key, data]) => {
    const names = cancelled.has(data['orderId']) ? ITEM : [...ITEM, ...UNLESS_CANCELLED];
    return [key, ...pick(data, names)];
  });
  return [...[...orders].map(([key, data]) => [key, ...pick(data, ORDER)]), ...lines];
}

/** What was known of each fact and is not any more. */
function lost(before: Facts, after: Facts): string[] {
  return (['orders', 'items'] as const).flatMap((what) =>
    [...before[what]].flatMap(([key, data]) =>
      Object.keys(data)
        .filter((name) => data[name] !== null && (after[what].get(key)?.[name] ?? null) === null)
        .map((name) => `${key} ${name}`),
    ),
  );
}

const statuses = ({ orders }: Facts) => new Set([...orders.values()].map(({ status }) => status));
const unknownIn = ({ items }: Facts, name: string): number =>
  [...items.values()].filter((data) => data[name] === null).length;

describe('orders of one seller by three routes', { timeout: 240_000 }, () => {
  it('given each route alone, then the facts are the same in all that every route tells', async () => {
    const facts = {} as Record<Family, Facts>;
    for (const family of FAMILIES) {
      await forget();
      facts[family] = await sync(family);
    }
    const { api, v0, reports } = facts;
    expect(api.orders.size).toBe(260);
    expect(statuses(api)).toContain('CANCELLED');
    expect(new Set([...api.orders.values()].map((one) => one['marketplaceId'])).size).toBe(2);
    expect(api.items.size).toBeGreaterThan(260);
    expect(common(v0)).toEqual(common(api));
    expect(common(reports)).toEqual(common(api));
    // Beside these, v0 lacks nothing that the newer API tells.
    expect(v0.items).toEqual(api.items);
    expect(unknownIn(reports, 'orderItemId')).toBe(reports.items.size);
  });

  it('given another route afterwards, then nothing known is lost, and only what it tells more is a new version', async () => {
    await forget();
    const reports = await sync('reports');
    const api = await sync('api');
    expect(lost(reports, api)).toEqual([]);
    expect([unknownIn(api, 'orderItemId'), unknownIn(api, 'quantityShipped')]).toEqual([0, 0]);
    // Of lines the ids and the units shipped; of orders nothing that the report had not told.
    expect(api.versions).toEqual({
      order: reports.orders.size,
      orderItem: 2 * reports.items.size,
    });
    const v0 = await sync('v0');
    expect(v0).toEqual(api);
    const again = await sync('reports');
    expect(again).toEqual(api);
  });

  it('given an Amazon that sent a buyer unasked in every answer and report, then no version holds one', async () => {
    const { leaked } = await stage.amazon.buyers(SELLER);
    const { rows } = await suts.api.pool.query<{ text: string }>(
      'select f::text as text from facts.fact f where tenant_id = $1',
      [tenantId],
    );
    const text = rows.map((row) => row.text).join('\n');
    expect(text).toContain('promotion_ids'); // or nothing of a report was kept
    for (const mark of Object.values(leaked)) expect(text.includes(mark)).toBe(false);
  });

  it('then Amazon never had to refuse a call for the rate', async () => {
    for (const [operation, { throttled }] of await stage.amazon.calls(SELLER)) {
      expect({ operation, throttled }).toEqual({ operation, throttled: 0 });
    }
  });
});
