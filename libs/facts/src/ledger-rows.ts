import type { LedgerFact } from '@recoup/contracts';
import type { Pool } from 'pg';

export interface LedgerRowsQuery {
  readonly tenantId: string;
  readonly asOf: number;
  /** Reason codes of adjustments. */
  readonly reasons: readonly string[];
  /** How the SKUs of other rows that are wanted begin. */
  readonly skuPrefix: string;
}

/**
 * Ledger rows of all products by their reason code or by how their SKU begins, as of a batch. Few rows are expected: the
 * whole ledger of the tenant is looked through for them, and all are answered at once. An index is not worth it: of 200,000
 * rows beside as many of another tenant this took 127 ms, once in a detection that reads all of them anyway, and 0.7 ms by a
 * partial index, which would put the codes of one detector's rule into a migration and cost every row that is recorded.
 */
export async function readLedgerRows(
  pool: Pool,
  { tenantId, asOf, reasons, skuPrefix }: LedgerRowsQuery,
): Promise<readonly LedgerFact[]> {
  const { rows } = await pool.query<{ data: LedgerFact }>(
    `select distinct on (key) data from facts.fact
     where tenant_id = $1 and kind = 'ledger' and batch <= $2
       and (upper(trim(data ->> 'reason')) = any ($3) or starts_with(data ->> 'sku', $4))
     order by key, batch desc`,
    [tenantId, asOf, reasons, skuPrefix],
  );
  return rows.map(({ data }) => data);
}

export interface FnskuOfAsin {
  readonly fnsku: string;
  readonly asin: string;
}

/** The FNSKUs under which a tenant's ledger names some ASINs, as of a batch. */
export async function readFnskus(
  pool: Pool,
  {
    tenantId,
    asOf,
    asins,
  }: Pick<LedgerRowsQuery, 'tenantId' | 'asOf'> & { readonly asins: readonly string[] },
): Promise<readonly FnskuOfAsin[]> {
  if (asins.length === 0) return [];
  const { rows } = await pool.query<FnskuOfAsin>(
    `select distinct data ->> 'fnsku' as fnsku, data ->> 'asin' as asin from facts.fact
     where tenant_id = $1 and kind = 'ledger' and batch <= $2 and data ->> 'asin' = any ($3)`,
    [tenantId, asOf, asins],
  );
  return rows;
}
