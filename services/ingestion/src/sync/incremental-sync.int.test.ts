import { latestBatch, streamGroups, type Fact, type FactKind } from '@recoup/facts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedAmazon } from '../testing/simulated-amazon.js';
import { stageOfFile } from '../testing/stage.js';

const SELLER = 'A2HARBORPINE01';
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** What the counts of the truth are of. */
const KIND_OF = {
  orders: 'order',
  inventoryRows: 'inventory',
  transactions: 'transaction',
  ledgerRows: 'ledger',
  reimbursementRows: 'reimbursement',
  returnRows: 'customerReturn',
  replacementRows: 'replacement',
  removalOrderRows: 'removalOrder',
  removalShipmentRows: 'removalShipment',
  inboundShipments: 'inboundShipment',
  inboundItems: 'inboundItem',
  storageFeeRows: 'storageFee',
  agedStorageFeeRows: 'agedStorageFee',
} as const satisfies Partial<Record<string, FactKind>>;
const RESOURCES = Object.keys(KIND_OF) as (keyof typeof KIND_OF)[];
const KINDS = Object.values(KIND_OF);

type Counts = Awaited<ReturnType<SimulatedAmazon['truth']>>;

/** A sync of the seller, and what Amazon knew shortly before and just after it. */
interface Read {
  readonly syncId: string;
  readonly before: Counts;
  readonly after: Counts;
  readonly calls: ReadonlyMap<string, number>;
  readonly batch: number;
  readonly facts: ReadonlyMap<string, Fact>;
}

const stage = stageOfFile({ orders: 2_000, daysAhead: 10 });
let tenantId: string;
let first: Read;
let second: Read;

beforeAll(async () => {
  const connected = await stage.sut.connected(SELLER);
  tenantId = connected.tenantId;
  first = await read(() => Promise.resolve(connected.syncId));
  await stage.amazon.advance(2 * DAY_MS);
  second = await read(() => stage.sut.request(tenantId));
}, 600_000);

async function read(begin: () => Promise<string>): Promise<Read> {
  const before = await stage.amazon.truth(SELLER);
  // Past the edge up to which Amazon's windows may reach: all that was there before is then read.
  await stage.amazon.advance(10 * MINUTE_MS);
  const earlier = await stage.amazon.calls(SELLER);
  const syncId = await begin();
  await stage.sut.enqueue(tenantId, syncId);
  expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
  const calls = new Map<string, number>();
  for (const [operation, count] of await stage.amazon.calls(SELLER)) {
    expect({ operation, throttled: count.throttled }).toEqual({ operation, throttled: 0 });
    calls.set(operation, count.calls - (earlier.get(operation)?.calls ?? 0));
  }
  const batch = await latestBatch(stage.sut.pool, tenantId);
  const facts = await factsAsOf(batch);
  return { syncId, before, after: await stage.amazon.truth(SELLER), calls, batch, facts };
}

async function factsAsOf(asOf: number): Promise<Map<string, Fact>> {
  const facts = new Map<string, Fact>();
  for await (const group of streamGroups(stage.sut.pool, { tenantId, kinds: KINDS, asOf })) {
    for (const fact of group.facts) facts.set(`${fact.kind} ${fact.key}`, fact);
  }
  return facts;
}

const ofKind = <K extends FactKind>(facts: ReadonlyMap<string, Fact>, kind: K) =>
  [...facts.values()].filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

const countsOf = ({ facts }: Read): Counts =>
  Object.fromEntries(
    RESOURCES.map((resource) => [resource, ofKind(facts, KIND_OF[resource]).length]),
  ) as Counts;

/** Between two syncs time passes, and something may happen at Amazon while one runs. */
function expectTruth(read: Read): void {
  const counts = countsOf(read);
  for (const resource of RESOURCES) {
    expect({ resource, count: counts[resource] }).toSatisfy(
      ({ count }: { count: number }) =>
        count >= read.before[resource] && count <= read.after[resource],
    );
  }
}

describe('given a seller whose business went on for two days after the first sync', () => {
  it('then each sync stores what Amazon knew, and the second knows more', () => {
    expectTruth(first);
    expectTruth(second);
    const [then, now] = [countsOf(first), countsOf(second)];
    for (const resource of ['orders', 'transactions', 'ledgerRows'] as const) {
      expect(now[resource]).toBeGreaterThan(then[resource]);
    }
  });

  it('then the second reads only new windows and look-backs, with a fraction of the calls', async () => {
    const { rows } = await stage.sut.pool.query<{ resource: string; days: number }>(
      `select w.resource, max(extract(epoch from j.planned_for - w.from_at) / 86400)::float as days
         from ingestion.sync_window w, (select max(to_at) planned_for from ingestion.sync_window where sync_id = $1) j
        where w.sync_id = $1 and w.resource <> 'inventory' group by w.resource`,
      [second.syncId],
    );
    const reach = Object.fromEntries(rows.map(({ resource, days }) => [resource, days]));
    // Two days, a look-back of three from the end of the first sync, and the begun day.
    for (const resource of ['orders', 'transactions']) {
      expect(reach[resource]).toBeGreaterThan(5);
      expect(reach[resource]).toBeLessThan(7);
    }
    // Payments for as long as they may appear late, the ledger as far back as a loss can be claimed.
    expect(reach['reimbursements']).toBeLessThan(2 + 35 + 1.1);
    expect(reach['ledger']).toBeLessThan(2 + 65 + 1.1);

    const calls = (read: Read, operation: string): number => read.calls.get(operation) ?? 0;
    for (const [operation, count] of second.calls) {
      // Shipments under way, and those just closed, are read one by one, whichever sync it is.
      if (operation === 'getShipmentItemsByShipmentId') continue;
      expect({ operation, fewer: count <= calls(first, operation) }).toEqual({
        operation,
        fewer: true,
      });
    }
    expect(calls(first, 'searchOrders')).toBeGreaterThan(15);
    expect(calls(second, 'searchOrders')).toBeLessThanOrEqual(2);
    expect(calls(first, 'listTransactions')).toBeGreaterThan(10);
    expect(calls(second, 'listTransactions')).toBeLessThanOrEqual(2);
    expect(calls(first, 'createReport')).toBeGreaterThan(14);
    // One of each type, and the last two months of storage: within a burst of fifteen.
    expect(calls(second, 'createReport')).toBeLessThanOrEqual(12);
  });

  it('then an order that was open is found again as it is now, as a new version', () => {
    const open = ofKind(first.facts, 'order').filter(
      ({ data }) => data.status === 'PENDING' || data.status === 'UNSHIPPED',
    );
    expect(open.length).toBeGreaterThan(0);
    const now = new Map(ofKind(second.facts, 'order').map(({ key, data }) => [key, data]));
    const moved = open.filter(({ key, data }) => now.get(key)?.status !== data.status);
    expect(moved.length).toBeGreaterThan(0);
    for (const { key, data } of moved) {
      const later = now.get(key);
      expect(['UNSHIPPED', 'SHIPPED', 'CANCELLED']).toContain(later?.status);
      expect(Date.parse(later?.updatedAt ?? '')).toBeGreaterThan(Date.parse(data.updatedAt ?? ''));
    }
  });

  it('then the facts of both syncs can be read as they stood', async () => {
    expect(await factsAsOf(first.batch)).toEqual(first.facts);
    expect(await factsAsOf(second.batch)).toEqual(second.facts);
    expect(second.facts.size).toBeGreaterThan(first.facts.size);
    for (const [key, { kind }] of first.facts) expect(second.facts.get(key)?.kind).toBe(kind);
  });
});
