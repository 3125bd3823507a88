import type { GivenCost } from '@recoup/contracts';
import type { Pool, PoolClient } from 'pg';
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

/** Keeps what the seller said, in the transaction of the event; a row without a cost takes the earlier word back. */
export async function recordCosts(
  tx: PoolClient,
  tenantId: string,
  costs: readonly GivenCost[],
): Promise<void> {
  // Of two words for one SKU, currency and day the later stands: a statement may not write a row twice.
  const last = new Map(costs.map((cost) => [keyOf(cost), cost]));
  await tx.query(SAY, [tenantId, JSON.stringify([...last.values()])]);
  await tx.query(TAKE_BACK, [tenantId, JSON.stringify([...last.values()])]);
}

function keyOf({ sku, currency, effectiveFrom }: GivenCost): string {
  return JSON.stringify([sku, currency, effectiveFrom]);
}

const GIVEN =
  'jsonb_to_recordset($2::jsonb) as given(sku text, currency text, "effectiveFrom" date, "unitCost" numeric)';

const SAY = `
  insert into detection.unit_cost (tenant_id, sku, currency, effective_from, unit_cost)
  select $1, sku, currency, "effectiveFrom", "unitCost" from ${GIVEN} where "unitCost" is not null
  on conflict (tenant_id, sku, currency, effective_from) do update set unit_cost = excluded.unit_cost`;

const TAKE_BACK = `
  delete from detection.unit_cost c using ${GIVEN}
  where c.tenant_id = $1 and given."unitCost" is null and c.sku = given.sku
    and c.currency = given.currency and c.effective_from = given."effectiveFrom"`;

interface Row {
  readonly sku: string;
  readonly currency: string;
  readonly day: string;
  readonly amount: string;
}
