import type { RecordedEvent } from '@recoup/contracts';
import { documentIsKept, evolveDocument, type DocumentState } from '@recoup/domain';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { run, statements } from './tables.js';

/** Folds an event of a document into its row; answers the document before and after it. */
export async function foldDocument(
  tx: PoolClient,
  documentId: string,
  event: RecordedEvent,
): Promise<{ readonly before: DocumentState | null; readonly after: DocumentState | null }> {
  const [row] = await run(
    tx,
    statements
      .selectFrom('evidence.document')
      .select('state')
      .where('document_id', '=', documentId)
      .where('tenant_id', '=', event.tenantId),
  );
  const before = (row?.state ?? null) as DocumentState | null;
  const after = evolveDocument(before, event);
  if (after) {
    const state = JSON.stringify(after);
    await run(
      tx,
      statements
        .insertInto('evidence.document')
        .values({ document_id: documentId, tenant_id: event.tenantId, state })
        .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ state })),
    );
  }
  return { before, after };
}

/** The documents of a tenant that are in use, the oldest first. */
export async function documentsOf(pool: Pool, tenantId: string): Promise<readonly DocumentState[]> {
  const rows = await run(
    pool,
    statements
      .selectFrom('evidence.document')
      .select('state')
      .where('tenant_id', '=', tenantId)
      .orderBy(sql`(state ->> 'givenAt')::bigint`),
  );
  return rows.map(({ state }) => state as DocumentState).filter(documentIsKept);
}
