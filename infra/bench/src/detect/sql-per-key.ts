import { Client } from 'pg';
import type { Rate } from '../workload.js';
import type { SellerOf } from './detection-service.js';

/** Lost, less found, less paid: what a query says of one product. It sets nothing off in time and keeps no trace. */
const PRODUCT = {
  name: 'product',
  text: `select coalesce(sum(case
      when data ->> 'reason' in ('M', '5') then -(data ->> 'quantity')::int
      when data ->> 'reason' = 'F' then -(data ->> 'quantity')::int
      when kind = 'reimbursement' and data ->> 'reason' = 'Lost_Warehouse' then -(data ->> 'quantityTotal')::int
      else 0 end), 0)::int as open
    from (select distinct on (kind, key) kind, data from facts.fact
      where tenant_id = $1 and group_key collate "C" = $2 order by kind, key, batch desc) f`,
};

/** Units refunded, less those that came back: what a query says of one order. */
const ORDER = {
  name: 'order',
  text: `select coalesce(sum(case
      when kind = 'transaction' and data ->> 'type' = 'Refund' then (data #>> '{items,0,quantity}')::int
      when kind = 'customerReturn' then -(data ->> 'quantity')::int else 0 end), 0)::int as open
    from (select distinct on (kind, key) kind, data from facts.fact
      where tenant_id = $1 and group_key collate "C" = $2 order by kind, key, batch desc) f`,
};

/** The straightforward way: one query after the other, for every product and for every order. */
export async function sqlPerKey({ url, tenantId, orders }: SellerOf): Promise<Rate> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const startedAt = performance.now();
    const products = await countOpen(client, { tenantId, kind: 'ledger', query: PRODUCT });
    const refunds = await countOpen(client, { tenantId, kind: 'order', query: ORDER });
    const seconds = (performance.now() - startedAt) / 1000;
    const note = `${products} products and ${refunds} orders with something open`;
    return { figure: orders / seconds, note };
  } finally {
    await client.end();
  }
}

interface PerKey {
  readonly tenantId: string;
  readonly kind: string;
  readonly query: { readonly name: string; readonly text: string };
}

async function countOpen(client: Client, { tenantId, kind, query }: PerKey): Promise<number> {
  const { rows } = await client.query<{ key: string }>(
    'select distinct group_key as key from facts.fact where tenant_id = $1 and kind = $2',
    [tenantId, kind],
  );
  let count = 0;
  for (const { key } of rows) {
    const found = await client.query<{ open: number }>({ ...query, values: [tenantId, key] });
    if ((found.rows[0]?.open ?? 0) > 0) count += 1;
  }
  return count;
}
