import type { FactData, FactKind, GivenFact } from '@recoup/facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderRow as cells } from '../testing/one-order.js';
import { storeOrders } from './gather-orders.js';
import { orderRow, type OrderRow } from './order-row-fact.js';
import { seenKeys } from './seen-keys.js';
import type { FactSink } from './source.js';

/** Facts by identity, of which the later counts, as the store keeps them. */
class Facts implements FactSink {
  readonly kept = new Map<string, unknown>();
  portions = 0;

  write<K extends FactKind>(kind: K, facts: readonly GivenFact<K>[]): Promise<void> {
    this.portions += 1;
    for (const fact of facts) this.kept.set(this.#keyOf(kind, fact.data), fact);
    return Promise.resolve();
  }
  #keyOf(kind: FactKind, data: FactData[FactKind]): string {
    const { orderId, sku, asin, ordinal } = data as Partial<FactData['orderItem']>;
    return JSON.stringify([kind, orderId, sku, asin, ordinal]);
  }
  reachesOnly(): void {
    throw new Error('orders are told to the end of a window');
  }

  restart(): Promise<void> {
    this.kept.clear();
    return Promise.resolve();
  }
  keepBuyers(): void {
    throw new Error('reports have no buyers');
  }
}

async function factsOf(rows: readonly OrderRow[]): Promise<ReadonlyMap<string, unknown>> {
  const facts = new Facts();
  await storeOrders(facts, async ({ row }) => {
    for (const one of rows) await row(one);
  });
  return new Map([...facts.kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lines of few orders and few products, so that many have an equal in their order. */
const rowsArbitrary = fc
  .array(
    fc.record({
      amazon_order_id: fc.constantFrom('111-1', '111-2', '111-3'),
      sku: fc.constantFrom('SKU-1', 'SKU-2'),
      quantity: fc.constantFrom('1', '2', '3'),
      item_price: fc.constantFrom('5.00', '7.50', ''),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((some) => some.map((one) => orderRow({ ...cells, ...one })));

describe('storeOrders', () => {
  it('given the rows of a report in any order, then the same facts', async () => {
    const shuffled = rowsArbitrary.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([rows, others]) => {
        const facts = await factsOf(rows);
        expect(await factsOf(others)).toEqual(facts);
        const lines = [...facts.keys()].filter((key) => key.startsWith('["orderItem"'));
        expect(lines).toHaveLength(rows.length);
      }),
    );
  });

  it('given a document that breaks off in either walk, then the same facts', async () => {
    const twins = [1, 2, 3].map((quantity) => orderRow({ ...cells, quantity: String(quantity) }));
    const other = orderRow({ ...cells, amazon_order_id: '111-2' });
    const rows = [twins[0], other, twins[1], twins[2]].filter((row) => row !== undefined);
    const facts = new Facts();
    await storeOrders(facts, async ({ row, restart }) => {
      for (const one of rows.slice(0, 3)) await row(one);
      await restart();
      for (const one of rows) await row(one);
    });
    expect(new Map([...facts.kept].sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(
      await factsOf(rows),
    );
  });

  it('given lines that are all different, then one walk is enough, however their orders are mixed', async () => {
    const row = (n: number) =>
      orderRow({ ...cells, amazon_order_id: `111-${n % 3}`, sku: `SKU-${n}` });
    let walks = 0;
    await storeOrders(new Facts(), async (taker) => {
      walks += 1;
      for (let n = 0; n < 30; n += 1) await taker.row(row(n));
    });
    expect(walks).toBe(1);
  });
});

describe('seenKeys', () => {
  it('given many keys, then each is new once', () => {
    const seen = seenKeys();
    const keys = Array.from({ length: 20_000 }, (_, n) => `key ${n}`);
    expect(keys.filter((key) => seen.add(key))).toHaveLength(keys.length);
    expect(keys.filter((key) => seen.add(key))).toHaveLength(0);
  });
});
