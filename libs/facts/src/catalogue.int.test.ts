import type { FeePreviewFact, OrderItemFact } from '@recoup/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countCatalogue, readCatalogue } from './catalogue.js';
import { openFacts, type FactsUnderTest } from './testing/facts-under-test.js';
import { inventory, order } from './testing/rows.js';

let facts: FactsUnderTest;
beforeAll(async () => {
  facts = await openFacts();
});
afterAll(() => facts[Symbol.asyncDispose]());

const US = 'ATVPDKIKX0DER';
const usd = (amount: string) => ({ amount, currency: 'USD' });

function preview(sku: string, price: string | null): FeePreviewFact {
  const unknown = {
    longestSide: null,
    medianSide: null,
    shortestSide: null,
    lengthAndGirth: null,
    lengthUnit: null,
    weight: null,
    weightUnit: null,
    sizeTier: null,
  };
  return {
    marketplaceId: US,
    sku,
    fnsku: `X-${sku}`,
    asin: 'B001',
    productName: 'Bottle',
    productGroup: null,
    fulfilledBy: 'Amazon',
    price,
    salesPrice: null,
    measure: unknown,
    currency: 'USD',
    estimatedTotal: null,
    referralPerUnit: null,
    closing: null,
    fulfillmentPerUnit: null,
    crossBorderPerUnit: null,
  };
}

function line(orderId: string, sku: string, amount: string | null): OrderItemFact {
  return {
    orderId,
    sku,
    asin: 'B001',
    ordinal: 0,
    orderItemId: '1',
    title: null,
    quantity: 1,
    quantityShipped: null,
    unitPrice: amount === null ? null : usd(amount),
    proceeds: null,
  };
}

const stock = (sku: string, totalQuantity: number, marketplaceId = US) =>
  inventory({ sku, fnsku: `X-${sku}`, totalQuantity, marketplaceId });
const sale = (orderId: string, day: string, fulfilledBy = 'AMAZON') =>
  order(orderId, { createdAt: `${day}T10:00:00.000Z`, fulfilledBy, marketplaceId: US });

async function read(tenantId: string): Promise<(readonly [string, string | null])[]> {
  const of = { tenantId, marketplaceId: US, soldSince: '2026-01-01T00:00:00.000Z' };
  const items = [];
  for await (const { sku, price } of readCatalogue(facts.pool, of)) {
    items.push([sku, price?.amount ?? null] as const);
  }
  const priced = items.filter(([, price]) => price !== null).length;
  expect(await countCatalogue(facts.pool, of)).toEqual({ priced, unpriced: items.length - priced });
  return items;
}

describe('the catalogue of a marketplace', () => {
  it('given stock and sales, then what is in stock or was sold lately by Amazon, each once', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [
      stock('STOCKED', 3),
      stock('EMPTY', 0),
      stock('ABROAD', 3, 'A2EUQ1WTGCTBG2'),
    ]);
    await facts.record(tenant, 'order', [
      sale('1', '2026-02-01'),
      sale('2', '2025-06-01'),
      sale('3', '2026-02-01', 'MERCHANT'),
    ]);
    await facts.record(tenant, 'orderItem', [
      line('1', 'SOLD', '9.99'),
      line('2', 'LONG-AGO', '9.99'),
      line('3', 'OWN-SHIPPING', '9.99'),
    ]);
    expect(await read(tenant)).toEqual([
      ['SOLD', '9.99'],
      ['STOCKED', null],
    ]);
  });

  it('given a preview, then its price, else that of the newest order that tells one', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [stock('A', 1), stock('B', 1)]);
    await facts.record(tenant, 'feePreview', [preview('A', '5.00'), preview('B', null)]);
    await facts.record(tenant, 'order', [
      sale('1', '2026-02-01'),
      sale('2', '2026-02-05'),
      sale('3', '2026-02-09'),
    ]);
    await facts.record(tenant, 'orderItem', [
      line('1', 'B', '8.00'),
      line('2', 'B', '7.50'),
      line('3', 'B', null),
    ]);
    expect(await read(tenant)).toEqual([
      ['A', '5.00'],
      ['B', '7.50'],
    ]);
  });

  it('given a price of nothing, as replacements have, then that of the order before, else none', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [stock('A', 1), stock('B', 1)]);
    await facts.record(tenant, 'feePreview', [preview('A', '0.00'), preview('B', '0.00')]);
    await facts.record(tenant, 'order', [sale('1', '2026-02-01'), sale('2', '2026-02-05')]);
    await facts.record(tenant, 'orderItem', [
      line('1', 'A', '8.00'),
      line('2', 'A', '0.00'),
      { ...line('2', 'B', '0.00'), ordinal: 1 },
    ]);
    expect(await read(tenant)).toEqual([
      ['A', '8.00'],
      ['B', null],
    ]);
  });

  it('given newer versions, then only what is known now', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [stock('A', 1), stock('B', 1)]);
    await facts.record(tenant, 'feePreview', [preview('A', '5.00')]);
    await facts.record(tenant, 'feePreview', [preview('A', '6.00')]);
    await facts.record(tenant, 'inventory', [stock('B', 0)]);
    expect(await read(tenant)).toEqual([['A', '6.00']]);
  });

  it('given more products than are read at once, then all of them, in the order of their SKU', async () => {
    const tenant = facts.newTenant();
    const skus = Array.from({ length: 4_500 }, (_, n) => `SKU-${String(n).padStart(5, '0')}`);
    await facts.record(
      tenant,
      'inventory',
      skus.map((sku) => stock(sku, 1)),
    );
    expect((await read(tenant)).map(([sku]) => sku)).toEqual(skus);
  });
});
