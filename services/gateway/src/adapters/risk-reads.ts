import type { RiskKind } from '@recoup/contracts';
import type { Pool } from 'pg';
import type { RiskRow } from '../projections/risk.js';

export interface RiskFilter {
  readonly kind: RiskKind | null;
  /** Last row of the page before: when it was noted, and its id. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
  readonly offset: number;
}

/** What is worth a look, for requests: open risks only. */
export interface RiskReads {
  /** Newest first. */
  risks(tenantId: string, filter: RiskFilter): Promise<RiskRow[]>;
  /** How many there are of each kind that there is one of. */
  riskCounts(tenantId: string): Promise<Readonly<Record<string, number>>>;
}

export function openRiskReads(pool: Pool): RiskReads {
  return {
    async risks(tenantId, { kind, after, limit, offset }) {
      const { rows } = await pool.query<{ doc: RiskRow }>({
        name: 'read-risks',
        text: 'select doc from read.risks($1, $2, $3, $4, $5)',
        values: [tenantId, kind, after, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
    async riskCounts(tenantId) {
      const { rows } = await pool.query<{ kind: string; risks: string }>({
        name: 'read-risk-counts',
        text: 'select kind, risks from read.risk_counts($1)',
        values: [tenantId],
      });
      return Object.fromEntries(rows.map(({ kind, risks }) => [kind, Number(risks)]));
    },
  };
}
