import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestBatch, readFacts } from './read.js';
import { openFacts, type FactsUnderTest } from './testing/facts-under-test.js';
import { inventory, ledger, order } from './testing/rows.js';

let facts: FactsUnderTest;
beforeAll(async () => {
  facts = await openFacts();
});
afterAll(() => facts[Symbol.asyncDispose]());

describe('reading as of a batch', () => {
  it('given later versions, then they are not seen', async () => {
    const tenant = facts.newTenant();
    const first = await facts.record(tenant, 'order', [order('1', { status: 'Pending' })]);
    const second = await facts.record(tenant, 'order', [
      order('1', { status: 'Shipped' }),
      order('2'),
    ]);
    expect(second.batchId).toBeGreaterThan(first.batchId);
    expect(await facts.factsOf(tenant, 'order', first.batchId)).toMatchObject([
      { data: { status: 'Pending' } },
    ]);
    expect(await facts.factsOf(tenant, 'order', second.batchId)).toMatchObject([
      { data: { orderId: '1', status: 'Shipped' } },
      { data: { orderId: '2' } },
    ]);
    expect(await facts.factsOf(tenant, 'order', first.batchId - 1)).toEqual([]);
  });

  it('readFacts answers the wanted ones, as they stood', async () => {
    const tenant = facts.newTenant();
    const first = await facts.record(tenant, 'order', [
      order('1', { status: 'Pending' }),
      order('2'),
    ]);
    await facts.record(tenant, 'order', [order('1', { status: 'Shipped' })]);
    const [known] = await facts.factsOf(tenant, 'order', first.batchId);
    const refs = [
      { kind: 'order', key: known!.key },
      { kind: 'order', key: 'unknown' },
    ] as const;
    expect(await readFacts(facts.pool, { tenantId: tenant, refs, asOf: first.batchId })).toEqual([
      known,
    ]);
  });
});

describe('streaming groups', () => {
  it('given many groups of several kinds, then each comes once, whole, in the order of its key', async () => {
    const tenant = facts.newTenant();
    // Mixed case and digits: the order is that of bytes, whatever the database's language.
    const fnskus = Array.from(
      { length: 450 },
      (_, n) => `${n % 2 ? 'x' : 'X'}${String(n * 7919).slice(-4)}-${n}`,
    );
    await facts.record(
      tenant,
      'inventory',
      fnskus.map((fnsku) => inventory({ fnsku })),
    );
    await facts.record(
      tenant,
      'ledger',
      fnskus.flatMap((fnsku) => [ledger({ fnsku }), ledger({ fnsku })]),
    );
    await facts.record(tenant, 'order', [order('1')]);

    const seen = await facts.groups(
      tenant,
      ['inventory', 'ledger'],
      await latestBatch(facts.pool, tenant),
    );

    expect(seen.map((entry) => entry.group)).toEqual([...fnskus].sort());
    for (const { group, facts: members } of seen) {
      expect(members.map((fact) => fact.kind).sort()).toEqual(['inventory', 'ledger', 'ledger']);
      expect(members.every(({ data }) => 'fnsku' in data && data.fnsku === group)).toBe(true);
    }
  });

  it('given another tenant’s facts, then none of them is seen', async () => {
    const [tenant, other] = [facts.newTenant(), facts.newTenant()];
    await facts.record(tenant, 'ledger', [ledger({ title: 'mine' })]);
    const { batchId } = await facts.record(other, 'ledger', [ledger({ title: 'theirs' })]);
    expect(await facts.factsOf(tenant, 'ledger', batchId)).toMatchObject([
      { data: { title: 'mine' } },
    ]);
  });
});

describe('roles', () => {
  it('no login role may change or delete what was recorded', async () => {
    for (const statement of [
      'delete from facts.fact',
      `update facts.fact set data = '{}'`,
      'truncate facts.fact',
    ]) {
      await expect(facts.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('only ingestion records', async () => {
    const detection = facts.poolOf('recoup_detection_follow');
    const insert = `insert into facts.batch (tenant_id, sync_id, kind) values ('t', 's', 'order')`;
    await expect(detection.query(insert)).rejects.toMatchObject({ code: '42501' });
  });

  it('the tenant role sees what its tenant setting names, and nothing without it', async () => {
    const tenant = facts.newTenant();
    await facts.record(tenant, 'order', [order('1')]);
    const reader = await facts.poolOf('recoup_gateway_tenant').connect();
    const count = async (): Promise<number> =>
      Number(
        (await reader.query<{ count: string }>('select count(*) from facts.fact')).rows[0]?.count,
      );
    expect(await count()).toBe(0);
    await reader.query(`select set_config('app.tenant_id', $1, false)`, [tenant]);
    expect(await count()).toBe(1);
    reader.release();
  });
});
