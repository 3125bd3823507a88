import type { PoolClient } from 'pg';

/**
 * Erases all that Amazon told us of a tenant, within the caller's transaction. For ingestion's role alone; whoever calls
 * sees to it that nothing records facts of the tenant at the same time.
 */
export async function eraseFacts(tx: PoolClient, tenantId: string): Promise<void> {
  await tx.query('select facts.erase($1)', [tenantId]);
}
