import type { InventoryFact } from '@recoup/contracts';
import type { Pool } from 'pg';

export interface StockOf {
  readonly tenantId: string;
  readonly marketplaceId: string;
}

/** Products read per round trip: bounds the memory, however many there are. */
const PAGE = 2000;

/**
 * The inventory of a tenant in a marketplace as known now, as far as units of it are known of: in stock, on their way,
 * reserved or unsellable. Holds no connection between two pages.
 */
export async function* readStock(
  pool: Pool,
  { tenantId, marketplaceId }: StockOf,
): AsyncGenerator<InventoryFact> {
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ key: string; data: InventoryFact }>({
      name: 'facts-stock',
      text: STOCK,
      values: [tenantId, marketplaceId, after],
    });
    for (const { data } of rows) yield data;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.key;
  }
}

// Every number in a fact of this kind is a quantity.
const STOCK = `
  select key, data from (
    select distinct on (key) key, data from facts.fact
    where tenant_id = $1 and kind = 'inventory' and data->>'marketplaceId' = $2 and key > $3
    order by key, batch desc) newest
  where jsonb_path_exists(data, '$.* ? (@.type() == "number" && @ != 0)')
  order by key limit ${PAGE}`;
