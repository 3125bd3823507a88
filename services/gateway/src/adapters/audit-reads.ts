import type { Pool } from 'pg';
import type { AuditRow } from '../projections/audit.js';

export interface AuditFilter {
  readonly claimId: string | null;
  readonly automated: boolean | null;
  /** Last row of the page before: its time and its id. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
  readonly offset: number;
}

/** The audit trail of a seller, for requests. */
export interface AuditReads {
  /** Newest first. */
  audit(tenantId: string, filter: AuditFilter): Promise<AuditRow[]>;
}

export function openAuditReads(pool: Pool): AuditReads {
  return {
    async audit(tenantId, { claimId, automated, after, limit, offset }) {
      const { rows } = await pool.query<{ doc: AuditRow }>({
        name: 'read-audit',
        text: 'select doc from read.audit($1, $2, $3, $4, $5, $6)',
        values: [tenantId, claimId, automated, after, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
  };
}
