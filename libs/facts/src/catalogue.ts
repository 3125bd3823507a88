import type { Pool } from 'pg';

/** A product that a seller has with Amazon in a marketplace, and what it sells for: as far as facts tell. */
export interface CatalogueItem {
  readonly sku: string;
  /** Null where no price is known. A decimal string in the currency. */
  readonly price: { readonly amount: string; readonly currency: string } | null;
}

export interface CatalogueOf {
  readonly tenantId: string;
  readonly marketplaceId: string;
  /** An instant (ISO 8601, UTC): products without stock count when Amazon shipped an order of them made since. */
  readonly soldSince: string;
}

/** Products read per round trip: bounds the memory, however many there are. */
const PAGE = 2000;

/**
 * The products that Amazon fulfils for a seller in a marketplace, in the order of their SKU: those in stock and those sold
 * lately. The price is that of the fee preview, else that of the newest order. Holds no connection between two pages.
 */
export async function* readCatalogue(pool: Pool, of: CatalogueOf): AsyncGenerator<CatalogueItem> {
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ sku: string; price: CatalogueItem['price'] }>({
      name: 'facts-catalogue',
      text: `${CATALOGUE}
        select sku, coalesce(preview.price, sold.price) as price
        from wanted left join preview using (sku) left join sold using (sku)
        where sku collate "C" > $4 order by sku collate "C" limit ${PAGE}`,
      values: [of.tenantId, of.marketplaceId, of.soldSince, after],
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.sku;
  }
}

/** How many products readCatalogue tells. */
export interface CatalogueCount {
  readonly priced: number;
  readonly unpriced: number;
}

/** Counts what readCatalogue would tell now. */
export async function countCatalogue(pool: Pool, of: CatalogueOf): Promise<CatalogueCount> {
  const { rows } = await pool.query<CatalogueCount>({
    name: 'facts-catalogue-count',
    text: `${CATALOGUE}
      select count(price)::int as priced, (count(*) - count(price))::int as unpriced
      from (
        select coalesce(preview.price, sold.price) as price
        from wanted left join preview using (sku) left join sold using (sku)) item`,
    values: [of.tenantId, of.marketplaceId, of.soldSince],
  });
  return rows[0] ?? { priced: 0, unpriced: 0 };
}

// The newest version of a fact is the one of the latest batch. When an order was made, and where, never changes, so older
// versions may be left out before the newest is looked for. A price of nothing is none: replacements are sold for it.
const CATALOGUE = `
  with stocked as (
    select distinct data->>'sku' as sku from (
      select distinct on (key) data from facts.fact
      where tenant_id = $1 and kind = 'inventory' and data->>'marketplaceId' = $2
      order by key, batch desc) newest
    where (data->>'totalQuantity')::numeric > 0
  ), sold as (
    select distinct on (item.data->>'sku') item.data->>'sku' as sku,
           case when (item.data#>>'{unitPrice,amount}')::numeric > 0 then item.data->'unitPrice' end as price
    from facts.fact made
    join facts.fact item on item.tenant_id = made.tenant_id and item.kind = 'orderItem'
      and item.group_key collate "C" = made.group_key collate "C"
    where made.tenant_id = $1 and made.kind = 'order' and made.data->>'marketplaceId' = $2
      and made.data->>'fulfilledBy' = 'AMAZON' and made.data->>'createdAt' >= $3
    order by item.data->>'sku', coalesce((item.data#>>'{unitPrice,amount}')::numeric, 0) <= 0, made.data->>'createdAt' desc, item.batch desc
  ), preview as (
    select distinct on (data->>'sku') data->>'sku' as sku,
           jsonb_build_object('amount', data->>'price', 'currency', data->>'currency') as price
    from (
      select distinct on (key) data, batch from facts.fact
      where tenant_id = $1 and kind = 'feePreview' and data->>'marketplaceId' = $2
      order by key, batch desc) newest
    where (data->>'price')::numeric > 0 and data->>'currency' is not null
    order by data->>'sku', batch desc
  ), wanted as (
    select sku from stocked where sku <> '' union select sku from sold where sku <> ''
  )`;
