import type { ClaimStatus } from '@recoup/domain';
import type { Pool } from 'pg';
import type { DetectionRow } from '../projections/detection.js';

/** Claims of one subtype and tier in one currency. Amounts are decimal texts; `currency` is null where none is known. */
export interface ClaimGroup {
  readonly subtype: string;
  readonly tier: string;
  readonly currency: string | null;
  readonly claims: number;
  readonly unknown: number;
  readonly amount: string;
}

/** How many claims have a probability of `tenth` tenths up to the next. */
export interface ConfidenceTenth {
  readonly tenth: number;
  readonly claims: number;
}

/** The last day of a claim, in the calendar of its marketplace. */
export interface ClaimDeadline {
  readonly claim_id: string;
  readonly deadline: string;
  readonly marketplace_id: string;
  readonly currency: string | null;
  readonly amount: string | null;
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** What detections found, for requests. */
export interface DetectionReads {
  /** Newest first. `complete`: only those that ended well. */
  detections(tenantId: string, page: Page & { complete?: boolean }): Promise<DetectionRow[]>;
  claimStatistics(tenantId: string, statuses: readonly ClaimStatus[]): Promise<ClaimGroup[]>;
  confidenceTenths(tenantId: string, statuses: readonly ClaimStatus[]): Promise<ConfidenceTenth[]>;
  /** The next to expire first. */
  claimDeadlines(
    tenantId: string,
    page: Page & { statuses: readonly ClaimStatus[] },
  ): Promise<ClaimDeadline[]>;
}

type Counted<T, K extends keyof T> = Omit<T, K> & Record<K, string>;

export function openDetectionReads(pool: Pool): DetectionReads {
  return {
    async detections(tenantId, { complete = false, limit, offset }) {
      const { rows } = await pool.query<{ doc: DetectionRow }>({
        name: 'read-detections',
        text: 'select doc from read.detections($1, $2, $3, $4)',
        values: [tenantId, complete, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
    async claimStatistics(tenantId, statuses) {
      const { rows } = await pool.query<Counted<ClaimGroup, 'claims' | 'unknown'>>({
        name: 'read-claim-statistics',
        text: 'select * from read.claim_statistics($1, $2)',
        values: [tenantId, statuses],
      });
      return rows.map((row) => ({
        ...row,
        claims: Number(row.claims),
        unknown: Number(row.unknown),
      }));
    },
    async confidenceTenths(tenantId, statuses) {
      const { rows } = await pool.query<Counted<ConfidenceTenth, 'claims'>>({
        name: 'read-confidence-tenths',
        text: 'select * from read.confidence_tenths($1, $2)',
        values: [tenantId, statuses],
      });
      return rows.map(({ tenth, claims }) => ({ tenth, claims: Number(claims) }));
    },
    async claimDeadlines(tenantId, { statuses, limit, offset }) {
      const { rows } = await pool.query<ClaimDeadline>({
        name: 'read-claim-deadlines',
        text: 'select * from read.claim_deadlines($1, $2, $3, $4)',
        values: [tenantId, statuses, limit, offset],
      });
      return rows;
    },
  };
}
