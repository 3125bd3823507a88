import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { run, statements } from './tables.js';

export interface DocumentText {
  readonly documentId: string;
  readonly tenantId: string;
  readonly fileId: string;
  readonly text: string;
  readonly sealed: Buffer;
}

/** A tsvector holds a megabyte at most, and words alone tell what a document is about. */
const INDEXED = 200_000;

/** Keeps the words to search by and the sealed text; those of an earlier file go. */
export async function keepText(pool: Pool, kept: DocumentText): Promise<void> {
  const { documentId, tenantId, fileId, text, sealed } = kept;
  const row = {
    file_id: fileId,
    words: sql<string>`to_tsvector('simple', ${text.slice(0, INDEXED)})`,
    sealed,
  };
  await run(
    pool,
    statements
      .insertInto('evidence.document_text')
      .values({ document_id: documentId, tenant_id: tenantId, ...row })
      .onConflict((conflict) => conflict.column('document_id').doUpdateSet(row)),
  );
}

export async function dropText(tx: PoolClient, documentId: string): Promise<void> {
  await run(
    tx,
    statements.deleteFrom('evidence.document_text').where('document_id', '=', documentId),
  );
}
