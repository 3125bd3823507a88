import { newName } from '@recoup/kernel';
import { latestBatch, recordFacts, type FactData, type FactKind } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { charge, item, receipt, shipment } from '../../test/shipment-story.js';
import { ledgerRow } from '../../test/story.js';
import { NO_PRODUCT_FACTS, type ProductFacts } from '../domain/facts.js';
import { readProducts } from './products.js';

let database: TestDatabase;
let ingestion: pg.Pool;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createDatabase();
  ingestion = new pg.Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  pool = new pg.Pool({ connectionString: database.urlOf('recoup_detection_follow') });
});
afterAll(async () => {
  await pool.end();
  await ingestion.end();
  await database[Symbol.asyncDispose]();
});

const tenantId = newName('tenant');
const record = <K extends FactKind>(kind: K, ...rows: readonly { readonly data: FactData[K] }[]) =>
  inTransaction(ingestion, (tx) =>
    recordFacts(tx, { tenantId, syncId: 's', kind, rows: rows.map(({ data }) => data) }),
  );

async function tell(): Promise<void> {
  await record('inboundShipment', shipment('FBA1', 'RECEIVING'), shipment('FBA2'));
  await record('inboundShipment', shipment('FBA1'));
  await record(
    'inboundItem',
    item('FBA1', { shipped: 9, received: 0 }),
    item('FBA1', { shipped: 4, received: 5, fnsku: 'X002' }),
    item('FBA2', { shipped: 1, received: 1, fnsku: 'X003' }),
  );
  const adjusted = ledgerRow({ day: '2026-09-02', reason: 'M', quantity: -1, reference: 'FBA1' });
  await record(
    'ledger',
    receipt('FBA1', '2026-09-01', { units: 5, fnsku: 'X002' }),
    { data: { ...adjusted.data, fnsku: 'X002' } },
    receipt('FBA2', '2026-09-01', { units: 1, fnsku: 'X003' }),
  );
  const fee = { type: 'FBAInboundTransportationFee', amount: '-8.00', day: '2026-08-30' };
  const other = charge('FBA1', { ...fee, day: '2026-08-31' });
  await record(
    'transaction',
    charge('FBA1', fee),
    { data: { ...other.data, type: 'Adjustment', identifiers: null } },
    charge('FBA2', fee),
  );
}

it('given a shipment of two products, then each is read with the other, the receipts and the money of it', async () => {
  await tell();
  const asOf = await latestBatch(ingestion, tenantId);
  const products: ProductFacts[] = [];
  for await (const product of readProducts(pool, { tenantId, asOf })) products.push(product);
  expect(products).toHaveLength(3);
  const [first = NO_PRODUCT_FACTS, second = NO_PRODUCT_FACTS] = products;
  expect(first.inboundShipments.map(({ data }) => data.status)).toEqual(['CLOSED']);
  expect(first.shipmentMates.map(({ data }) => data.fnsku)).toEqual(['X002']);
  expect(first.mateReceipts.map(({ data }) => [data.fnsku, data.quantity])).toEqual([['X002', 5]]);
  expect(first.transactions.map(({ data }) => data.amounts[0]?.amount)).toEqual(['-8.00']);
  expect(second.ledger).toHaveLength(2);
  expect(second.mateReceipts).toEqual([]);
  expect(second.shipmentMates.map(({ data }) => data.fnsku)).toEqual(['X001']);
  expect(products[2]?.shipmentMates).toEqual([]);
});
