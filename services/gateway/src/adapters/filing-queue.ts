import type { Pool } from 'pg';
import type { ClaimRow } from '../projections/claim.js';

/** A claim that waits for a person to file it. */
export interface QueuedClaim {
  readonly tenant: string;
  readonly doc: ClaimRow;
}

export interface QueuePage {
  /** The last row of the page before: its deadline and its id. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/**
 * Reads the filing queue, the next to expire first; of one seller, or of all (null). Over a pool whose role stands under
 * row-level security the queue of all is empty.
 */
export async function readFilingQueue(
  pool: Pool,
  tenantId: string | null,
  { after, limit }: QueuePage,
): Promise<readonly QueuedClaim[]> {
  const { rows } = await pool.query<QueuedClaim>({
    name: 'read-filing-queue',
    text: 'select tenant, doc from read.filing_queue($1, $2, $3)',
    values: [tenantId, after, limit],
  });
  return rows;
}
