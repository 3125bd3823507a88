import type { PacketFact } from '@recoup/domain';
import type { Pool } from 'pg';

export interface CitedFacts {
  readonly refs: readonly { readonly kind: string; readonly key: string }[];
  /** The batch up to which versions are seen. */
  readonly asOf: number;
}

/** What Amazon's reports say, for the packets of claims. Ingestion checked every fact before it stored it. */
export interface FactReads {
  /** The facts of these that are known, in any order. */
  citedFacts(tenantId: string, cited: CitedFacts): Promise<readonly PacketFact[]>;
}

export function openFactReads(pool: Pool): FactReads {
  return {
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
