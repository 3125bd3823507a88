import type { Pool, PoolClient } from 'pg';

/** Which claims of a seller Amazon has decided or paid. */
export interface DecidedClaims {
  /** A page of their ids, in order, after one of them. */
  after(tenantId: string, claimId: string): Promise<readonly string[]>;
}

/** Ids per round trip: their streams are read in one query. */
const PAGE = 200;

/**
 * Notes that a claim was decided or paid, in the transaction of the event. Of a claim that no detection knows any more,
 * since its seller was forgotten, nothing is noted.
 */
export async function noteDecided(
  tx: PoolClient,
  tenantId: string,
  claimId: string,
): Promise<void> {
  await tx.query(
    `update detection.known_claim set decided = true
     where tenant_id = $1 and claim_id = $2 and not decided`,
    [tenantId, claimId],
  );
}

export function openDecidedClaims(pool: Pool): DecidedClaims {
  return {
    async after(tenantId, claimId) {
      const { rows } = await pool.query<{ claim_id: string }>(
        `select claim_id from detection.known_claim
         where tenant_id = $1 and claim_id > $2 and decided order by claim_id limit $3`,
        [tenantId, claimId, PAGE],
      );
      return rows.map((row) => row.claim_id);
    },
  };
}
