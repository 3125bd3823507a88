import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStock } from './stock.js';
import { openFacts, type FactsUnderTest } from './testing/facts-under-test.js';
import { inventory } from './testing/rows.js';

let facts: FactsUnderTest;
beforeAll(async () => {
  facts = await openFacts();
});
afterAll(() => facts[Symbol.asyncDispose]());

const row = (sku: string, change: Parameters<typeof inventory>[0] = {}) =>
  inventory({ sku, fnsku: `X-${sku}`, ...change });

async function stockOf(tenantId: string): Promise<string[]> {
  const skus: string[] = [];
  const of = { tenantId, marketplaceId: 'ATVPDKIKX0DER' };
  for await (const { sku } of readStock(facts.pool, of)) skus.push(sku);
  return skus.sort();
}

describe('the stock of a tenant in a marketplace', () => {
  it('then it is what units are known of by the newest version, whatever state they are in', async () => {
    const tenant = facts.newTenant();
    const none = { totalQuantity: 0, fulfillable: 0 };
    await facts.record(tenant, 'inventory', [
      row('A'),
      row('B'),
      row('ELSEWHERE', { marketplaceId: 'A2EUQ1WTGCTBG2' }),
      row('NEVER', none),
      row('UNSELLABLE', { ...none, unfulfillable: 1 }),
    ]);
    await facts.record(facts.newTenant(), 'inventory', [row('OTHERS')]);
    await facts.record(tenant, 'inventory', [row('B', none)]);
    expect(await stockOf(tenant)).toEqual(['A', 'UNSELLABLE']);
  });

  it('given more products than a round trip brings, then all of them, each once', async () => {
    const tenant = facts.newTenant();
    const skus = Array.from({ length: 4100 }, (_, n) => `SKU-${n}`);
    await facts.record(
      tenant,
      'inventory',
      skus.map((sku) => row(sku)),
    );
    expect(await stockOf(tenant)).toEqual(skus.sort());
  });
});
