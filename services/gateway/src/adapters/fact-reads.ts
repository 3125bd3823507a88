import type { ClaimStatus, PacketFact } from '@recoup/domain';
import type { Pool } from 'pg';

export interface CitedFacts {
  readonly refs: readonly { readonly kind: string; readonly key: string }[];
  /** The batch up to which versions are seen. */
  readonly asOf: number;
}

/** Claims by the worst of their documents. */
export interface EvidenceCount {
  readonly documents: 'Available' | 'Missing' | 'Rejected' | 'Unchecked';
  readonly claims: number;
}

/** What claims rest on. Ingestion checked every fact before it stored it. */
export interface FactReads {
  /** How many claims in these states have their evidence; what no claim is, has no row. */
  evidenceCounts(tenantId: string, statuses: readonly ClaimStatus[]): Promise<EvidenceCount[]>;
  /** The facts of these that are known, in any order. */
  citedFacts(tenantId: string, cited: CitedFacts): Promise<readonly PacketFact[]>;
}

export function openFactReads(pool: Pool): FactReads {
  return {
    async evidenceCounts(tenantId, statuses) {
      const { rows } = await pool.query<EvidenceCount>({
        name: 'read-evidence-counts',
        text: 'select documents, claims::int from read.evidence_counts($1, $2)',
        values: [tenantId, statuses],
      });
      return rows;
    },
    async citedFacts(tenantId, { refs, asOf }) {
      const { rows } = await pool.query<PacketFact>({
        name: 'read-cited-facts',
        text: 'select kind, key, data from read.cited_facts($1, $2, $3, $4)',
        values: [tenantId, refs.map(({ kind }) => kind), refs.map(({ key }) => key), asOf],
      });
      return rows;
    },
  };
}
