import type { Pool } from 'pg';

export interface PaceOfDay {
  /** Cases of the day that are used up. */
  readonly used: number;
  /** Which of the requests asked about are among them. */
  readonly counted: readonly string[];
  /** Seconds since the last call that filed; null where none did. A call that is under way counts from its latest begin. */
  readonly calledAgo: number | null;
}

/** How fast the claims of a seller leave, for requests. */
export interface PaceReads {
  /** `day` is a calendar day of the claims' marketplace, `keys` name requests to file. */
  filingPace(tenantId: string, day: string, keys: readonly string[]): Promise<PaceOfDay>;
}

export function openPaceReads(pool: Pool): PaceReads {
  return {
    async filingPace(tenantId, day, keys) {
      const { rows } = await pool.query<PaceOfDay>({
        name: 'read-filing-pace',
        text: 'select used, counted, called_ago as "calledAgo" from read.filing_pace($1, $2, $3)',
        values: [tenantId, day, keys],
      });
      return rows[0] ?? { used: 0, counted: [], calledAgo: null };
    },
  };
}
