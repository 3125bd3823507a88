import type { RecordedEvent } from '@recoup/contracts';
import { generationKey } from '@recoup/storage';
import { shredDocumentKeys } from '@recoup/vault';
import type { PoolClient } from 'pg';
import { forgetFollowed } from './followed-claims.js';
import { askWork, forgetWork } from './due-work.js';
import { forgetReportsRead } from './reports-read.js';
import { run, statements } from './tables.js';

/**
 * Forgets the claims of a tenant, in the transaction of the event that asked for it. Filings that are not over stay until
 * they are: one that never left is refused, and of one that may have arrived the desk is asked. What was filed is in the
 * log, with its case id.
 */
export async function forgetTenant(tx: PoolClient, event: RecordedEvent): Promise<void> {
  const { tenantId } = event;
  await forgetFollowed(tx, tenantId);
  await forgetWork(tx, tenantId);
  await forgetReportsRead(tx, tenantId);
  await run(
    tx,
    statements
      .deleteFrom('evidence.filing')
      .where('tenant_id', '=', tenantId)
      .where('state', 'not in', ['waiting', 'calling']),
  );
  await tx.query('delete from evidence.used_case where tenant_id = $1', [tenantId]);
  await tx.query('delete from evidence.governor where tenant_id = $1', [tenantId]);
  await forgetDocuments(tx, event);
}

/**
 * The keys go at once, so that nobody can read the files any more; the storage forgets them when it can. What was given
 * after the wish is sealed by another key, and stays.
 */
async function forgetDocuments(tx: PoolClient, event: RecordedEvent): Promise<void> {
  const { tenantId, position: before } = event;
  for (const generation of await shredDocumentKeys(tx, { tenantId, before })) {
    const id = generationKey({ tenantId, generation });
    await askWork(tx, { kind: 'forgetting', id }, event);
  }
  for (const table of ['document', 'documented_claim', 'document_text'] as const) {
    await run(tx, statements.deleteFrom(`evidence.${table}`).where('tenant_id', '=', tenantId));
  }
}
