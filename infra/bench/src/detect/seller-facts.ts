import { newName } from '@recoup/kernel';
import { Client } from 'pg';

/** Products of the seller; a detection reads one after the other. */
const PRODUCTS = 2000;
/** One order in so many loses a unit in the warehouse that nobody has found. */
const LOST_OF = 500;

const DAY = `to_char(date '2026-11-20' - (n % 360)::int, 'YYYY-MM-DD')`;
const PRODUCT = `'X' || lpad((n % ${PRODUCTS})::text, 9, '0')`;
const ORDER_ID = `'111-' || lpad((n / 10000000)::text, 7, '0') || '-' || lpad((n % 10000000)::text, 7, '0')`;
interface Rows {
  readonly kind: string;
  readonly group: string;
  readonly data: string;
  readonly from?: string;
  readonly key?: string;
}

function insertOf({ kind, group, data, from = 'generate_series(1, $2::int) n', key = kind }: Rows) {
  return `insert into facts.fact (tenant_id, kind, key, batch, group_key, data, route)
    select $1, '${kind}', md5('${key} ' || n), 1, ${group}, ${data}, 'bench' from ${from}`;
}

const ORDERS = insertOf({
  kind: 'order',
  group: ORDER_ID,
  data: `jsonb_build_object('orderId', ${ORDER_ID}, 'marketplaceId', 'ATVPDKIKX0DER', 'createdAt', ${DAY} || 'T10:00:00Z',
    'updatedAt', ${DAY} || 'T18:00:00Z', 'status', 'SHIPPED', 'fulfilledBy', 'AMAZON', 'salesChannel', 'Amazon.com',
    'serviceLevel', 'Standard', 'shipCountry', 'US')`,
});
const ITEMS = insertOf({
  kind: 'orderItem',
  group: ORDER_ID,
  data: `jsonb_build_object('orderId', ${ORDER_ID}, 'sku', 'SKU-' || n % ${PRODUCTS}, 'asin', 'B0' || n % ${PRODUCTS}, 'ordinal', 0,
    'orderItemId', n::text, 'title', 'Steel bottle ' || n % ${PRODUCTS}, 'quantity', 1, 'quantityShipped', 1,
    'unitPrice', jsonb_build_object('amount', '24.99', 'currency', 'USD'), 'proceeds', null)`,
});
const SHIPMENTS = insertOf({
  kind: 'transaction',
  group: ORDER_ID,
  data: `jsonb_build_object('type', 'Shipment', 'held', false, 'postedDay', ${DAY}, 'subject', ${ORDER_ID}, 'ordinal', 0,
    'total', jsonb_build_object('amount', '17.45', 'currency', 'USD'), 'items', jsonb_build_array(jsonb_build_object(
      'sku', 'SKU-' || n % ${PRODUCTS}, 'quantity', 1, 'amounts', jsonb_build_array(
        jsonb_build_object('type', 'Principal', 'amount', '24.99', 'currency', 'USD'),
        jsonb_build_object('type', 'Commission', 'amount', '-3.75', 'currency', 'USD'),
        jsonb_build_object('type', 'FBAPerUnitFulfillmentFee', 'amount', '-3.79', 'currency', 'USD')))),
    'amounts', '[]'::jsonb, 'postedAt', ${DAY} || 'T20:00:00Z', 'orderId', ${ORDER_ID}, 'transactionId', null,
    'status', 'RELEASED', 'description', null, 'marketplaceId', 'ATVPDKIKX0DER', 'deferredUntil', null,
    'identifiers', null, 'asins', null, 'reason', null, 'fnskus', null, 'orderItemIds', null, 'sku', null)`,
});
interface Movement {
  readonly reason: string;
  readonly eventType: string;
  readonly open: string;
}

/** A unit that leaves stock. */
function ledgerRow({ reason, eventType, open }: Movement): string {
  return `jsonb_build_object('day', ${DAY}, 'fnsku', ${PRODUCT}, 'asin', 'B0' || n % ${PRODUCTS},
    'sku', 'SKU-' || n % ${PRODUCTS}, 'title', 'Steel bottle ' || n % ${PRODUCTS}, 'eventType', '${eventType}',
    'referenceId', n::text, 'quantity', -1, 'fulfillmentCenter', 'PHX7', 'disposition', 'SELLABLE',
    'reason', '${reason}', 'country', 'US', 'reconciledQuantity', null, 'unreconciledQuantity', ${open}, 'occurredAt', null)`;
}

const SOLD = insertOf({
  kind: 'ledger',
  group: PRODUCT,
  data: ledgerRow({ reason: '', eventType: 'Shipments', open: 'null' }),
});
const LOST = insertOf({
  kind: 'ledger',
  group: PRODUCT,
  data: ledgerRow({ reason: 'M', eventType: 'Adjustments', open: '1' }),
  from: `generate_series(${LOST_OF}, $2::int, ${LOST_OF}) n`,
  key: 'lost',
});

/** A seller with so many orders of the last twelve months: an order, its line, its shipment's money and its ledger row each. */
export async function fillSeller(adminUrl: string, orders: number): Promise<string> {
  const tenantId = newName('tenant');
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const insert of [ORDERS, ITEMS, SHIPMENTS, SOLD, LOST]) {
      await client.query(insert, [tenantId, orders]);
    }
    await client.query('analyze facts.fact');
    return tenantId;
  } finally {
    await client.end();
  }
}
