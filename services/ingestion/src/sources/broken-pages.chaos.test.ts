import { createDatabase } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngestionUnderTest } from '../testing/ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';

const SELLER = 'A2HARBORPINE01';
const PATIENCE_MS = 180_000;

let amazon: SimulatedAmazon;
beforeAll(async () => {
  // Pages of v0 of a usual day are longer than that.
  const settings = { SANDBOX_FINANCES_BYTES: '9000' };
  amazon = await startSimulatedAmazon({ orders: 1000, rateScale: 2000, settings });
}, PATIENCE_MS);
afterAll(() => amazon[Symbol.asyncDispose]());

async function orderFault(fault: object): Promise<void> {
  const body = JSON.stringify({ times: 'always', probability: 0.4, seed: 7, ...fault });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${amazon.origin}/sandbox/faults`, { method: 'POST', headers, body });
  expect(answer.ok).toBe(true);
}

/** How many transactions a sync by a route stores, and how many of them are released. */
async function storedBy(route: 'api' | 'v0'): Promise<{ facts: number; released: number }> {
  const database = await createDatabase();
  try {
    const url = database.urlOf('recoup_ingestion_follow');
    await using sut = openIngestionUnderTest(url, amazon, { SYNC_ROUTE: route });
    const { tenantId, syncId } = await sut.connected(SELLER);
    await sut.enqueue(tenantId, syncId);
    expect(await sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
    const { rows } = await sut.pool.query<{ facts: number; released: number }>(
      `select count(*)::int facts, count(*) filter (where not (data->>'held')::boolean)::int released
       from facts.fact where tenant_id = $1 and kind = 'transaction'`,
      [tenantId],
    );
    return rows[0] ?? { facts: 0, released: 0 };
  } finally {
    await database.drop();
  }
}

describe('transactions from an Amazon whose pages break', () => {
  it(
    'given pages that repeat, are missing or expire, and answers that are too large, then every transaction is stored once',
    async () => {
      for (const mode of ['repeated_page', 'empty_page']) {
        await orderFault({ operation: 'listTransactions', mode });
      }
      await orderFault({ operation: 'listTransactions', mode: 'expired_page', times: 3 });
      const byList = await storedBy('api');
      await amazon.heal();
      const { transactions } = await amazon.truth(SELLER);
      expect(byList.facts).toBe(transactions);
      const before = (await amazon.calls(SELLER)).get('listFinancialEvents')?.calls ?? 0;
      const byEvents = await storedBy('v0');
      expect(byEvents).toEqual({ facts: byList.released, released: byList.released });
      // A year is 366 days: more calls than days mean that days were read in parts.
      const calls = ((await amazon.calls(SELLER)).get('listFinancialEvents')?.calls ?? 0) - before;
      expect(calls).toBeGreaterThan(400);
    },
    PATIENCE_MS,
  );
});
