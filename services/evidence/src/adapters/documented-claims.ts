import type { RecordedEvent } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { askWork } from './due-work.js';
import { run, statements } from './tables.js';

/** Notes that some document of a person can show a claim. */
export async function noteDocumentedClaim(
  tx: PoolClient,
  { tenantId, claimId }: { readonly tenantId: string; readonly claimId: string },
): Promise<void> {
  await run(
    tx,
    statements
      .insertInto('evidence.documented_claim')
      .values({ claim_id: claimId, tenant_id: tenantId })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Asks for all of the tenant's claims to be looked at that a document can show: it may count for any of them. */
export async function askDocumentedClaims(tx: PoolClient, event: RecordedEvent): Promise<void> {
  const claims = await run(
    tx,
    statements
      .selectFrom('evidence.documented_claim')
      .select('claim_id')
      .where('tenant_id', '=', event.tenantId)
      .orderBy('claim_id'),
  );
  for (const { claim_id: id } of claims) await askWork(tx, { kind: 'validation', id }, event);
}
