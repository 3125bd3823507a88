import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFacts, latestBatch } from './read.js';
import { recordFacts } from './record.js';
import { openFacts, type FactsUnderTest } from './testing/facts-under-test.js';
import { inventory, ledger, order } from './testing/rows.js';

let facts: FactsUnderTest;
beforeAll(async () => {
  facts = await openFacts();
});
afterAll(() => facts[Symbol.asyncDispose]());

describe('recording', () => {
  it('given the same rows twice, then the second time changes nothing', async () => {
    const tenant = facts.newTenant();
    const rows = [order('1'), order('2', { serviceLevel: null }), order('3')];
    expect(await facts.record(tenant, 'order', rows)).toMatchObject({ received: 3, changed: 3 });
    expect(await facts.record(tenant, 'order', [...rows].reverse())).toMatchObject({
      received: 3,
      changed: 0,
    });
    expect(await countFacts(facts.pool, tenant, 'order')).toBe(3);
  });

  it('given a day of the ledger with true twins twice, then there are still exactly these', async () => {
    const tenant = facts.newTenant();
    const day = [ledger(), ledger(), ledger({ quantity: -2 }), ledger()];
    expect(await facts.record(tenant, 'ledger', day)).toMatchObject({ received: 4, changed: 4 });
    expect(await facts.record(tenant, 'ledger', day)).toMatchObject({ received: 4, changed: 0 });
    expect(await countFacts(facts.pool, tenant, 'ledger')).toBe(4);
  });

  it('given a changed column, then only that fact gets a version, and it stays one fact', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'ledger', [ledger(), ledger({ quantity: -2 })]);
    const changed = await facts.record(tenant, 'ledger', [
      ledger({ unreconciledQuantity: 0 }),
      ledger({ quantity: -2 }),
    ]);
    expect(changed).toMatchObject({ received: 2, changed: 1 });
    expect(await countFacts(facts.pool, tenant, 'ledger')).toBe(2);
  });

  it('given a value that goes back to what it was, then that is a change as well', async () => {
    const tenant = facts.newTenant();
    for (const fulfillable of [5, 4, 5]) {
      expect(await facts.record(tenant, 'inventory', [inventory({ fulfillable })])).toMatchObject({
        changed: 1,
      });
    }
    expect(await facts.factsOf(tenant, 'inventory')).toMatchObject([{ data: { fulfillable: 5 } }]);
  });

  it('given a null from another route, then it does not overwrite what is known', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [inventory({ reserved: 3, inboundShipped: null })]);
    const other = inventory({ reserved: null, inboundShipped: 7 });
    expect(await facts.record(tenant, 'inventory', [other])).toMatchObject({ changed: 1 });
    expect(await facts.factsOf(tenant, 'inventory')).toMatchObject([
      { data: { reserved: 3, inboundShipped: 7 } },
    ]);
    // Each route again: both say nothing new.
    expect(await facts.record(tenant, 'inventory', [other])).toMatchObject({ changed: 0 });
    expect(await facts.record(tenant, 'inventory', [inventory({ reserved: 3 })])).toMatchObject({
      changed: 0,
    });
  });

  it('given a zero, then it does overwrite: zero is known, null is not', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'inventory', [inventory({ reserved: 3 })]);
    await facts.record(tenant, 'inventory', [inventory({ reserved: 0 })]);
    expect(await facts.factsOf(tenant, 'inventory')).toMatchObject([{ data: { reserved: 0 } }]);
  });

  it('given no rows, then there is a batch and no fact', async () => {
    const tenant = facts.newTenant();
    const { batchId, received, changed } = await facts.record(tenant, 'order', []);
    expect({ received, changed }).toEqual({ received: 0, changed: 0 });
    expect(await latestBatch(facts.pool, tenant)).toBe(batchId);
  });

  it('given more rows than one statement carries, then all are stored', async () => {
    const tenant = facts.newTenant();
    const rows = Array.from({ length: 5001 }, (_, index) => inventory({ fnsku: `X${index}` }));
    expect(await facts.record(tenant, 'inventory', rows)).toMatchObject({
      received: 5001,
      changed: 5001,
    });
    expect(await countFacts(facts.pool, tenant, 'inventory')).toBe(5001);
  });

  it('given a transaction that rolls back, then nothing was recorded', async () => {
    const tenant = facts.newTenant();
    const client = await facts.pool.connect();
    await client.query('begin');
    await recordFacts(client, { tenantId: tenant, syncId: 's', kind: 'order', rows: [order('1')] });
    await client.query('rollback');
    client.release();
    expect(await countFacts(facts.pool, tenant, 'order')).toBe(0);
    expect(await latestBatch(facts.pool, tenant)).toBe(0);
  });
});
