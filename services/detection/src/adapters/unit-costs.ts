import type { Pool } from 'pg';
import { costsFrom, type Costs } from '../domain/value/costs.js';

/** What a seller said that its products cost, as far as it is known now. */
export async function readCosts(pool: Pool, tenantId: string): Promise<Costs> {
  const { rows } = await pool.query<Row>(
    `select sku, currency, to_char(effective_from, 'YYYY-MM-DD') as day, unit_cost::text as amount
     from detection.unit_cost where tenant_id = $1`,
    [tenantId],
  );
  return costsFrom(
    rows.map(({ sku, currency, day, amount }) => ({
      sku,
      effectiveFrom: day,
      unitCost: { amount, currency },
    })),
  );
}

interface Row {
  readonly sku: string;
  readonly currency: string;
  readonly day: string;
  readonly amount: string;
}
