import { streams } from '@recoup/contracts';
import type { Pool } from 'pg';

/** What operators may ask across sellers, and nobody else: the pool's role sees every tenant. */
export interface OperatorReads {
  /** Whose claim it is; null for one that nobody has. */
  sellerOfClaim(claimId: string): Promise<string | null>;
}

export function openOperatorReads(pool: Pool): OperatorReads {
  return {
    async sellerOfClaim(claimId) {
      const { rows } = await pool.query<{ tenant_id: string }>({
        name: 'operator-claim-owner',
        text: 'select tenant_id from log.stream where stream_id = $1',
        values: [streams.claim(claimId)],
      });
      return rows[0]?.tenant_id ?? null;
    },
  };
}
