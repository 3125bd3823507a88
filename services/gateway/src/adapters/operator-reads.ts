import { streams } from '@recoup/contracts';
import type { Pool } from 'pg';

/** What operators may ask across sellers, and nobody else: the pool's role sees every tenant. */
export interface OperatorReads {
  /** Whose claim it is; null for one that nobody has. */
  sellerOfClaim(claimId: string): Promise<string | null>;
  /** Whose document it is; null for one that nobody has. */
  sellerOfDocument(documentId: string): Promise<string | null>;
}

export function openOperatorReads(pool: Pool): OperatorReads {
  const ownerOf = async (streamId: string): Promise<string | null> => {
    const { rows } = await pool.query<{ tenant_id: string }>({
      name: 'operator-stream-owner',
      text: 'select tenant_id from log.stream where stream_id = $1',
      values: [streamId],
    });
    return rows[0]?.tenant_id ?? null;
  };
  return {
    sellerOfClaim: (claimId) => ownerOf(streams.claim(claimId)),
    sellerOfDocument: (documentId) => ownerOf(streams.document(documentId)),
  };
}
