import { beforeAll, describe, expect, it } from 'vitest';
import { stageOfFile } from '../testing/stage.js';

const stage = stageOfFile({ orders: 900 });

/** One full sync of a seller in two marketplaces; all that is asked afterwards is what it stored. */
beforeAll(async () => {
  const { tenantId, syncId } = await stage.sut.connected('A3MAPLETRAIL02');
  await stage.sut.enqueue(tenantId, syncId);
  expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
}, 120_000);

interface Pair {
  readonly key: string;
  readonly a: number | null;
  readonly b: number | null;
}

/** Two sums by key, side by side; `left` and `right` select a `key` and `units` from facts of a kind as `f`. */
async function sums(left: string, right: string): Promise<{ pairs: number; different: Pair[] }> {
  const { rows } = await stage.sut.pool.query<Pair>(
    `select coalesce(l.key, r.key) as key, l.units::int as a, r.units::int as b
     from (select key, sum(units) as units from (${left}) x group by key) l
     full join (select key, sum(units) as units from (${right}) y group by key) r using (key)`,
  );
  return { pairs: rows.length, different: rows.filter(({ a, b }) => (a ?? 0) !== (b ?? 0)) };
}

const ledger = (where: string, key: string, units = `(data->>'quantity')::int`): string =>
  `select concat_ws('|', ${key}) as key, ${units} as units from facts.fact
   where kind = 'ledger' and ${where}`;
const of = (kind: string, key: string, units: string): string =>
  `select concat_ws('|', ${key}) as key, ${units} as units from facts.fact where kind = '${kind}'`;
const member = (...names: string[]): string => names.map((name) => `data->>'${name}'`).join(', ');
const int = (name: string): string => `(data->>'${name}')::int`;

describe('the facts about stock after a full sync', () => {
  it('given the ledger summary, then each sum is that of the ledger rows of its month, place and disposition', async () => {
    const shelf = `left(data->>'day', 7), ${member('fnsku', 'disposition')}`;
    const columns = {
      receipts: `data->>'eventType' = 'Receipts'`,
      customerShipments: `data->>'eventType' = 'CustomerShipments'`,
      customerReturns: `data->>'eventType' = 'CustomerReturns'`,
      vendorReturns: `data->>'eventType' = 'VendorReturns'`,
      transfers: `data->>'eventType' = 'WhseTransfers'`,
      found: `data->>'reason' = 'F'`,
      lost: `data->>'reason' in ('M', '5')`,
      disposed: `data->>'reason' = 'D'`,
    };
    for (const [column, rows] of Object.entries(columns)) {
      const summed = of('ledgerSummary', `${shelf}, data->>'location'`, int(column));
      const { pairs, different } = await sums(
        ledger(rows, `${shelf}, data->>'fulfillmentCenter'`),
        summed,
      );
      expect({ column, different }).toEqual({ column, different: [] });
      expect(pairs).toBeGreaterThan(0);
    }
  });

  it('given the ledger summary, then every balance follows from the one before it', async () => {
    const { rows } = await stage.sut.pool.query<{
      broken: number;
      unchained: number;
      months: number;
    }>(
      `with s as (
         select data->>'day' as day, ${int('startingBalance')} as start, ${int('endingBalance')} as ending,
           ${['receipts', 'customerShipments', 'customerReturns', 'vendorReturns', 'transfers', 'found', 'lost', 'damaged', 'disposed', 'other'].map(int).join(' + ')} as moved,
           lag(${int('endingBalance')}) over (
             partition by data->>'fnsku', data->>'disposition', data->>'location'
             order by data->>'day') as before
         from facts.fact where kind = 'ledgerSummary')
       select count(*) filter (where start + moved <> ending)::int as broken,
         count(*) filter (where before <> start)::int as unchained,
         count(distinct day)::int as months
       from s`,
    );
    expect(rows).toMatchObject([{ broken: 0, unchained: 0 }]);
    expect(rows[0]?.months).toBeGreaterThanOrEqual(12);
  });

  it('given the returns, then they are those of the ledger by day, place, disposition and units, but for a few that never reached a shelf', async () => {
    const key = member('fnsku', 'fulfillmentCenter', 'disposition');
    const { pairs, different } = await sums(
      ledger(`data->>'eventType' = 'CustomerReturns'`, `data->>'day', ${key}`),
      of('customerReturn', `left(data->>'returnedAt', 10), ${key}`, int('quantity')),
    );
    expect(different.length).toBeLessThan(pairs / 2);
    expect(pairs).toBeGreaterThan(10);
    const shelf = member('fnsku', 'disposition');
    const booked = await sums(
      ledger(`data->>'eventType' = 'CustomerReturns'`, shelf),
      of('customerReturn', shelf, int('quantity')),
    );
    const more = booked.different.filter(({ a, b }) => (a ?? 0) > (b ?? 0));
    expect(more).toEqual([]);
    expect(booked.different.length).toBeLessThan(booked.pairs / 4);
  });

  it('given the removal orders, then what left is in the ledger, and in their shipments but for what went missing', async () => {
    const ordered = of('removalOrder', member('orderId', 'fnsku'), int('shippedQuantity'));
    const shipped = of('removalShipment', member('orderId', 'fnsku'), int('quantity'));
    const returned = ledger(
      `data->>'eventType' = 'VendorReturns'`,
      member('referenceId', 'fnsku'),
      `-(data->>'quantity')::int`,
    );
    expect((await sums(ordered, shipped)).different).toEqual([]);
    const { pairs, different } = await sums(returned, shipped);
    expect(different.filter(({ a, b }) => (a ?? 0) < (b ?? 0))).toEqual([]);
    expect(different.length).toBeLessThan(pairs / 2);
    expect(pairs).toBeGreaterThan(3);
    const disposed = of('removalOrder', member('fnsku'), int('disposedQuantity'));
    const gone = ledger(`data->>'reason' = 'D'`, member('fnsku'), `-(data->>'quantity')::int`);
    const destroyed = await sums(gone, disposed);
    expect(destroyed.different.filter(({ a, b }) => (a ?? 0) < (b ?? 0))).toEqual([]);
    expect(destroyed.different.length).toBeLessThan(destroyed.pairs / 2);
  });

  it('given the shipments to Amazon, then what was received is in the ledger, and some is still to come', async () => {
    const { pairs, different } = await sums(
      of('inboundItem', member('shipmentId', 'fnsku'), int('quantityReceived')),
      ledger(`data->>'eventType' = 'Receipts'`, member('referenceId', 'fnsku')),
    );
    expect(different).toEqual([]);
    expect(pairs).toBeGreaterThan(100);
    const { rows } = await stage.sut.pool.query<{ status: string; open: number }>(
      `select s.data->>'status' as status,
         sum((i.data->>'quantityShipped')::int - (i.data->>'quantityReceived')::int)::int as open
       from facts.fact s join facts.fact i
         on i.kind = 'inboundItem' and i.data->>'shipmentId' = s.data->>'shipmentId'
       where s.kind = 'inboundShipment' group by 1`,
    );
    const open = new Map(rows.map((row) => [row.status, row.open]));
    expect([...open.keys()].sort()).toEqual(['CANCELLED', 'CLOSED', 'RECEIVING', 'SHIPPED']);
    expect(open.get('SHIPPED')).toBeGreaterThan(0);
  });

  it('given a report with what customers wrote, and shipments with an address, then neither is kept', async () => {
    const { rows } = await stage.sut.pool.query<{ told: number; countries: string[] }>(
      `select count(*) filter (where data::text ~ '555-0100|Wharf Street')::int as told,
         array_agg(distinct data->>'shipFromCountry') filter (where kind = 'inboundShipment') as countries
       from facts.fact`,
    );
    expect(rows).toEqual([{ told: 0, countries: ['US'] }]);
  });
});
