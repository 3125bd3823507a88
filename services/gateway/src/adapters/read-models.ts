import { shardOf } from '@recoup/kernel';
import { tableName } from '@recoup/projections';
import type { Pool } from 'pg';
import { CONNECTION_KEY } from '../projections/connection.js';
import type { ActivityRow } from '../projections/activity.js';
import type { ClaimRow, ClaimStage } from '../projections/claim.js';
import { syncProjection, type SyncRow } from '../projections/sync.js';
import type { ConnectionState } from '@recoup/domain';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface ClaimFilter {
  readonly states: readonly ClaimStage[];
  readonly tier: string | null;
  readonly claimType: string | null;
  /** Last row of the page before: when it was detected, and its id. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** Claims summed by what the figures are made of; `amount` is a decimal text, `currency` null where no value is known. */
export interface ClaimTotal {
  readonly state: ClaimStage;
  readonly tier: string;
  readonly claim_type: string;
  readonly currency: string | null;
  readonly claims: number;
  readonly unknown: number;
  readonly amount: string;
}

/** Reads made for a request. The pool's role stands under row-level security, and every read names its tenant. */
export interface ReadModels {
  sync(tenantId: string, syncId: string): Promise<SyncRow | null>;
  syncs(
    tenantId: string,
    page: Page & { status: string | null },
  ): Promise<{ syncs: SyncRow[]; total: number }>;
  /** Syncs of which the log tells more than the read model shows. */
  unprojectedSyncs(tenantId: string): Promise<string[]>;
  connection(tenantId: string): Promise<ConnectionState | null>;
  activity(tenantId: string, page: Page): Promise<ActivityRow[]>;
  claims(tenantId: string, filter: ClaimFilter): Promise<ClaimRow[]>;
  claimTotals(tenantId: string): Promise<ClaimTotal[]>;
}

export function openReadModels(pool: Pool): ReadModels {
  const document = async <D>(
    tenantId: string,
    projection: string,
    key: string,
  ): Promise<D | null> => {
    const { rows } = await pool.query<{ doc: D | null }>({
      name: 'read-document',
      text: 'select read.document($1, $2, $3) as doc',
      values: [tenantId, projection, key],
    });
    return rows[0]?.doc ?? null;
  };
  return {
    sync: (tenantId, syncId) => document<SyncRow>(tenantId, 'sync', syncId),
    connection: (tenantId) => document<ConnectionState>(tenantId, 'connection', CONNECTION_KEY),
    async syncs(tenantId, { status, limit, offset }) {
      const { rows } = await pool.query<{ docs: SyncRow[]; total: string }>({
        name: 'read-syncs',
        text: 'select docs, total from read.syncs($1, $2, $3, $4)',
        values: [tenantId, status, limit, offset],
      });
      return { syncs: rows[0]?.docs ?? [], total: Number(rows[0]?.total ?? 0) };
    },
    async unprojectedSyncs(tenantId) {
      const { rows } = await pool.query<{ sync_id: string }>({
        name: 'read-unprojected-syncs',
        text: 'select sync_id from read.unprojected_syncs($1, $2, $3)',
        values: [tenantId, shardOf(tenantId), tableName(syncProjection)],
      });
      return rows.map((row) => row.sync_id);
    },
    async activity(tenantId, { limit, offset }) {
      const { rows } = await pool.query<{ doc: ActivityRow }>({
        name: 'read-activity',
        text: 'select doc from read.activity($1, $2, $3)',
        values: [tenantId, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
    async claims(tenantId, { states, tier, claimType, after, limit }) {
      const { rows } = await pool.query<{ doc: ClaimRow }>({
        name: 'read-claims',
        text: 'select doc from read.claims($1, $2, $3, $4, $5, $6)',
        values: [tenantId, states, tier, claimType, after, limit],
      });
      return rows.map((row) => row.doc);
    },
    async claimTotals(tenantId) {
      const { rows } = await pool.query<
        Omit<ClaimTotal, 'claims' | 'unknown'> & { claims: string; unknown: string }
      >({
        name: 'read-claim-totals',
        text: 'select * from read.claim_totals($1)',
        values: [tenantId],
      });
      return rows.map((row) => ({
        ...row,
        claims: Number(row.claims),
        unknown: Number(row.unknown),
      }));
    },
  };
}
