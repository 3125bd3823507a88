import type { Pool } from 'pg';
import type { Covered } from '../plan/plan-windows.js';
import { run, statements } from '../tables.js';

/** What the tenant's earlier syncs have closed. */
export async function loadCovered(pool: Pool, tenantId: string): Promise<Covered> {
  const closed = await run(
    pool,
    statements
      .selectFrom('ingestion.sync_window')
      .select(['resource', 'basis', 'scope', 'from_at', 'to_at'])
      .where('tenant_id', '=', tenantId)
      .where('state', '=', 'closed')
      .where('basis', '<>', 'snapshot'),
  );
  return {
    of: (resource, basis, scope) =>
      closed
        .filter((row) => row.resource === resource && row.basis === basis && row.scope === scope)
        .map((row) => ({ from: row.from_at, to: row.to_at })),
    ordersFollowedSince: await firstOrderSync(pool, tenantId),
  };
}

/** The end of the first sync that closed a window of orders: that sync itself may be forgotten, its successors tell of it. */
async function firstOrderSync(pool: Pool, tenantId: string): Promise<Date | null> {
  const { rows } = await pool.query<{ as_of: Date | null }>({
    name: 'ingestion-first-order-sync',
    text: `select min(least((j.plan->>'ordersFollowedSince')::timestamptz,
        case when exists (select from ingestion.sync_window w
          where w.sync_id = j.sync_id and w.resource = 'orders' and w.state = 'closed')
        then (j.plan->>'asOf')::timestamptz end)) as as_of
      from ingestion.job j where j.tenant_id = $1`,
    values: [tenantId],
  });
  return rows[0]?.as_of ?? null;
}
