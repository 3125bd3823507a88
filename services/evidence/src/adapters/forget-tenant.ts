import type { PoolClient } from 'pg';
import { forgetFollowed } from './followed-claims.js';
import { run, statements } from './tables.js';

/**
 * Forgets the claims of a tenant, in the transaction of the event that asked for it. Filings that are not over stay until
 * they are: one that never left is refused, and of one that may have arrived the desk is asked. What was filed is in the
 * log, with its case id.
 */
export async function forgetTenant(tx: PoolClient, tenantId: string): Promise<void> {
  await forgetFollowed(tx, tenantId);
  await run(tx, statements.deleteFrom('evidence.due_validation').where('tenant_id', '=', tenantId));
  await run(
    tx,
    statements
      .deleteFrom('evidence.filing')
      .where('tenant_id', '=', tenantId)
      .where('state', 'not in', ['waiting', 'calling']),
  );
}
