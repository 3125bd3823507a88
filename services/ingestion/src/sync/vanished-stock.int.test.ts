import { latestBatch, readStock, recordFacts, streamGroups } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { stageOfFile } from '../testing/stage.js';

const SELLER = 'A2HARBORPINE01';
const MARKETPLACE = 'ATVPDKIKX0DER';
const GONE = 'SKU-GONE';

const stage = stageOfFile({ orders: 60, rateScale: 10_000 });
let tenantId: string;

/** A product that an earlier list of Amazon's named and none will name again. */
async function listOnce(): Promise<number> {
  const quantities = { totalQuantity: 7, fulfillable: 4, inboundWorking: 0, inboundShipped: 0 };
  const others = { inboundReceiving: 0, reserved: 2, researching: null, unfulfillable: 1 };
  const row = {
    ...{ marketplaceId: MARKETPLACE, sku: GONE, fnsku: 'X00GONE', asin: 'B0GONE' },
    ...{ condition: 'NewItem', productName: 'Kettle', updatedAt: '2026-01-02T03:04:05Z' },
    ...quantities,
    ...others,
  };
  const batch = { tenantId, syncId: 'sync_earlier', kind: 'inventory', rows: [row] } as const;
  await inTransaction(stage.sut.pool, (tx) => recordFacts(tx, batch));
  return latestBatch(stage.sut.pool, tenantId);
}

async function quantityAsOf(asOf: number): Promise<number | undefined> {
  for await (const { facts } of streamGroups(stage.sut.pool, {
    tenantId,
    kinds: ['inventory'],
    asOf,
  })) {
    for (const fact of facts) {
      if (fact.kind === 'inventory' && fact.data.sku === GONE) return fact.data.totalQuantity;
    }
  }
  return undefined;
}

async function sync(syncId: string): Promise<void> {
  await stage.sut.enqueue(tenantId, syncId);
  expect((await stage.sut.work(tenantId, syncId)).status, stage.sut.logged()).toBe('complete');
}

describe('a product that the list of inventory names no more', () => {
  it('given a complete list, then its stock is gone; given one that broke off, or what was known before, then not', async () => {
    const connected = await stage.sut.connected(SELLER);
    ({ tenantId } = connected);
    const before = await listOnce();

    await stage.amazon.fault({ operation: 'getInventorySummaries', status: 500, times: 'always' });
    await sync(connected.syncId);
    expect(await quantityAsOf(await latestBatch(stage.sut.pool, tenantId))).toBe(7);

    await stage.amazon.heal();
    await sync(await stage.sut.request(tenantId));
    expect(await quantityAsOf(await latestBatch(stage.sut.pool, tenantId))).toBe(0);
    expect(await quantityAsOf(before)).toBe(7);
    const left: string[] = [];
    for await (const { sku } of readStock(stage.sut.pool, {
      tenantId,
      marketplaceId: MARKETPLACE,
    })) {
      left.push(sku);
    }
    expect(left.length).toBeGreaterThan(0);
    expect(left).not.toContain(GONE);
  }, 240_000);
});
