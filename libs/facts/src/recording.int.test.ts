import type { LedgerFact } from '@recoup/contracts';
import { inTransaction } from '@recoup/event-store';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFacts } from './read.js';
import { openRecording, type FactsBudget, type Recording } from './recording.js';
import { discardStagedBefore, StagedFactsLost } from './staging.js';
import { openFacts, type FactsUnderTest } from './testing/facts-under-test.js';
import { ledger, order } from './testing/rows.js';

let facts: FactsUnderTest;
beforeAll(async () => {
  facts = await openFacts();
});
afterAll(() => facts[Symbol.asyncDispose]());

const opened = (tenantId: string, route = 'a', budget?: FactsBudget): Recording =>
  openRecording(facts.pool, { tenantId, syncId: 'sync_1', route }, budget);
const commit = (recording: Recording) => inTransaction(facts.pool, (tx) => recording.commit(tx));
const staged = async (tenantId: string): Promise<number> =>
  (await facts.pool.query('select from facts.staged where tenant_id = $1', [tenantId])).rowCount ??
  0;

/** More than is kept in memory or stored by one statement, with a true twin in another portion. */
const MANY = 5500;
const movements: readonly LedgerFact[] = Array.from({ length: MANY }, (_, n) =>
  ledger({ fnsku: `X${n % 5400}` }),
);

async function writeAll(recording: Recording, rows: readonly LedgerFact[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 700) {
    const portion = rows.slice(start, start + 700).map((data) => ({ data, raw: null }));
    await recording.write('ledger', portion);
  }
}

describe('a recording that is larger than memory may hold', () => {
  it('given rows in portions, then they are what one call would have stored, twins included, and nothing stays aside', async () => {
    const tenant = facts.newTenant();
    const recording = opened(tenant);
    await writeAll(recording, movements);
    expect(await staged(tenant)).toBeGreaterThan(0);
    expect(await countFacts(facts.pool, tenant, 'ledger')).toBe(0);
    const outcome = await commit(recording);
    expect(outcome.get('ledger')).toMatchObject({ received: MANY, changed: MANY });
    expect(await staged(tenant)).toBe(0);

    const whole = await facts.record(tenant, 'ledger', movements);
    expect(whole).toMatchObject({ received: MANY, changed: 0 });
  });

  it('given the same again, then nothing is new', async () => {
    const tenant = facts.newTenant();
    for (const changed of [MANY, 0]) {
      const recording = opened(tenant);
      await writeAll(recording, movements);
      expect((await commit(recording)).get('ledger')?.changed).toBe(changed);
    }
  });

  it('given an order told twice, then it is one fact, the last one told', async () => {
    const tenant = facts.newTenant();
    const recording = opened(tenant);
    const orders = Array.from({ length: 12_000 }, (_, n) => order(String(n)));
    const again = order('7', { status: 'CANCELLED' });
    await recording.write(
      'order',
      [...orders, again].map((data) => ({ data, raw: null })),
    );
    expect((await commit(recording)).get('order')).toMatchObject({
      received: 12_000,
      changed: 12_000,
    });
    const stored = (await facts.factsOf(tenant, 'order')).find(
      ({ data }) => 'orderId' in data && data.orderId === '7',
    );
    expect(stored?.data).toMatchObject({ status: 'CANCELLED' });
  });

  it('given it begins again, then what was written before does not count', async () => {
    const tenant = facts.newTenant();
    const recording = opened(tenant);
    await writeAll(recording, movements);
    await recording.restart();
    expect(await staged(tenant)).toBe(0);
    await writeAll(recording, movements.slice(0, 10));
    expect((await commit(recording)).get('ledger')).toMatchObject({ received: 10 });
  });

  it('given the database lost what was put aside, then it says so and stores nothing', async () => {
    const tenant = facts.newTenant();
    const recording = opened(tenant);
    await writeAll(recording, movements);
    await facts.pool.query('delete from facts.staged where tenant_id = $1 and n < 5', [tenant]);
    await expect(commit(recording)).rejects.toBeInstanceOf(StagedFactsLost);
    expect(await countFacts(facts.pool, tenant, 'ledger')).toBe(0);
  });

  it('given a worker that died over it, then the next sync of the tenant clears it away', async () => {
    const tenant = facts.newTenant();
    await writeAll(opened(tenant), movements);
    await discardStagedBefore(facts.pool, { tenantId: tenant, syncId: 'sync_1' });
    expect(await staged(tenant)).toBeGreaterThan(0);
    await discardStagedBefore(facts.pool, { tenantId: tenant, syncId: 'sync_2' });
    expect(await staged(tenant)).toBe(0);
  });
});

describe('many recordings at the same time', () => {
  const portion = (from: number, size: number) =>
    Array.from({ length: size }, (_, n) => ({
      data: ledger({ fnsku: `X${from + n}` }),
      raw: null,
    }));

  it('given their facts together are more than the budget, then they are put aside, and none is missing', async () => {
    const tenant = facts.newTenant();
    const budget: FactsBudget = { kept: 0, most: 500 };
    const recordings = Array.from({ length: 20 }, () => opened(tenant, 'a', budget));
    for (const [nth, recording] of recordings.entries()) {
      await recording.write('ledger', portion(nth * 100, 100));
      expect(budget.kept).toBeLessThanOrEqual(500);
    }
    expect(await staged(tenant)).toBe(1500);
    for (const recording of recordings) {
      expect((await commit(recording)).get('ledger')).toMatchObject({
        received: 100,
        changed: 100,
      });
    }
    expect(await countFacts(facts.pool, tenant, 'ledger')).toBe(2000);
    expect(budget.kept).toBe(0);
  });

  it('given recordings that fail or begin again, then they give back what they held', async () => {
    const tenant = facts.newTenant();
    const budget: FactsBudget = { kept: 0, most: 500 };
    const first = opened(tenant, 'a', budget);
    await first.write('ledger', portion(0, 400));
    await first.restart();
    expect(budget.kept).toBe(0);
    await first.write('ledger', portion(0, 400));
    const ended = new Pool();
    await ended.end();
    const failing = openRecording(ended, { tenantId: tenant, syncId: 's', route: 'a' }, budget);
    await expect(failing.write('ledger', portion(400, 200))).rejects.toThrow();
    expect(budget.kept).toBe(400);
  });
});

describe('what Amazon said in its own words', () => {
  const record = async (tenant: string, route: string, raw: Record<string, unknown>) => {
    const recording = opened(tenant, route);
    await recording.write('order', [{ data: order('1'), raw }]);
    return (await commit(recording)).get('order')?.changed;
  };

  it('given the same route says something else, then that is a version; another route is not', async () => {
    const tenant = facts.newTenant();
    expect(await record(tenant, 'a', { programs: ['PRIME'] })).toBe(1);
    expect(await record(tenant, 'a', { programs: ['PRIME'] })).toBe(0);
    expect(await record(tenant, 'b', { IsPrime: true })).toBe(0);
    expect(await record(tenant, 'a', { programs: [] })).toBe(1);
    const { rows } = await facts.pool.query<{ route: string; raw: unknown }>(
      'select route, raw from facts.fact where tenant_id = $1 order by batch',
      [tenant],
    );
    expect(rows).toEqual([
      { route: 'a', raw: { programs: ['PRIME'] } },
      { route: 'a', raw: { programs: [] } },
    ]);
  });
});
