import type { TransactionFact } from '@recoup/contracts';
import { latestBatch, streamGroups } from '@recoup/facts';
import { createDatabase } from '@recoup/testkit';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngestionUnderTest } from '../testing/ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';

const SELLER = 'A2HARBORPINE01';

type Route = 'api' | 'v0';

/** Facts by their key. */
type Facts = ReadonlyMap<string, TransactionFact>;

const NOTHING: Facts = new Map();

/** After a sync by each route alone, and after one by the other on top of it. */
const seen = { list: NOTHING, listThenEvents: NOTHING, events: NOTHING, eventsThenList: NOTHING };

/** Four whole syncs. */
const PATIENCE_MS = 300_000;

let amazon: SimulatedAmazon;
beforeAll(async () => {
  amazon = await startSimulatedAmazon({ orders: 500, rateScale: 2000 });
  [seen.list = NOTHING, seen.listThenEvents = NOTHING] = await syncedBy('api', 'v0');
  [seen.events = NOTHING, seen.eventsThenList = NOTHING] = await syncedBy('v0', 'api');
}, PATIENCE_MS);
afterAll(() => amazon[Symbol.asyncDispose]());

async function factsOf(pool: Pool, tenantId: string): Promise<Facts> {
  const asOf = await latestBatch(pool, tenantId);
  const facts = new Map<string, TransactionFact>();
  for await (const group of streamGroups(pool, { tenantId, kinds: ['transaction'], asOf })) {
    for (const fact of group.facts) {
      if (fact.kind === 'transaction') facts.set(fact.key, fact.data);
    }
  }
  return facts;
}

/** A seller's transactions after a sync by each of the routes, one after the other, by the same tenant. */
async function syncedBy(...routes: readonly Route[]): Promise<readonly Facts[]> {
  const database = await createDatabase();
  const after: Facts[] = [];
  let tenantId: string | null = null;
  for (const route of routes) {
    const url = database.urlOf('recoup_ingestion_follow');
    await using sut = openIngestionUnderTest(url, amazon, { SYNC_ROUTE: route });
    let syncId: string;
    if (tenantId === null) ({ tenantId, syncId } = await sut.connected(SELLER));
    else {
      // As for a tenant whose windows nobody has closed: the second route reads all of it again.
      await sut.pool.query('delete from ingestion.sync_window where tenant_id = $1', [tenantId]);
      syncId = await sut.request(tenantId);
    }
    await sut.enqueue(tenantId, syncId);
    expect(await sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
    const facts = await factsOf(sut.pool, tenantId);
    after.push(facts);
  }
  await database.drop();
  return after;
}

/** What both generations tell: of everything that is released, in the same words. */
const COMMON = [
  'type',
  'held',
  'postedDay',
  'subject',
  'ordinal',
  'total',
  'items',
  'amounts',
  'status',
] as const;

function common(facts: Facts): Map<string, Partial<TransactionFact>> {
  const released = [...facts].filter(([, fact]) => !fact.held);
  return new Map(
    released.map(([key, fact]) => [
      key,
      Object.fromEntries(COMMON.map((column) => [column, fact[column]])),
    ]),
  );
}

/** Columns in which two facts say different things; what one of them does not say is no difference. */
function contradictions(one: TransactionFact, other: TransactionFact | undefined): string[] {
  return Object.entries(one)
    .filter(([column, value]) => {
      const said = other?.[column as keyof TransactionFact] ?? null;
      return value !== null && said !== null && JSON.stringify(value) !== JSON.stringify(said);
    })
    .map(([column]) => column);
}

/** Columns that were known and are so no more. */
function forgotten(before: TransactionFact, after: TransactionFact | undefined): string[] {
  return Object.entries(before)
    .filter(([column, value]) => {
      const said = after?.[column as keyof TransactionFact] ?? null;
      return value !== null && JSON.stringify(value) !== JSON.stringify(said);
    })
    .map(([column]) => column);
}

describe('one seller by both generations of Finances', () => {
  it('given a tenant for each, then what is released is the same facts', () => {
    expect(common(seen.events)).toEqual(common(seen.list));
    const types = new Set([...seen.events.values()].map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'Adjustment',
      'Chargeback',
      'GuaranteeClaim',
      'Refund',
      'ServiceFee',
      'Shipment',
    ]);
    // Units refunded one by one are equal in all that both tell.
    expect([...seen.events.values()].some(({ ordinal }) => ordinal > 0)).toBe(true);
  });

  it('given a tenant for each, then in no column do they contradict each other', () => {
    for (const [key, fact] of seen.events) {
      expect(contradictions(fact, seen.list.get(key))).toEqual([]);
    }
  });

  it('then money that is held is told by the newer one alone', () => {
    expect([...seen.list.values()].some(({ held }) => held)).toBe(true);
    expect([...seen.events.values()].filter(({ held }) => held)).toEqual([]);
  });

  it.each([
    ['list', 'listThenEvents'],
    ['events', 'eventsThenList'],
  ] as const)(
    'given one tenant by one and then by the other (%s, %s), then no event is two facts and nothing known is lost',
    (first, both) => {
      for (const [key, fact] of seen[first]) {
        expect(forgotten(fact, seen[both].get(key))).toEqual([]);
      }
      // Only what v0 never shows may be new: money that is held, or was.
      const added = [...seen[both]].filter(([key]) => !seen[first].has(key));
      expect(added.filter(([, { held }]) => !held)).toEqual([]);
      const paid = [...seen[both].values()].filter(({ type }) => type === 'Adjustment');
      expect(paid.length).toBeGreaterThan(0);
      for (const { transactionId, fnskus, reason } of paid) {
        expect([transactionId, fnskus, reason]).not.toContain(null);
      }
    },
  );
});
