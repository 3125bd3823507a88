import { streams, type ActivityKind } from '@recoup/contracts';
import { shardOf } from '@recoup/kernel';
import { tableName, type AnyProjection } from '@recoup/projections';
import type { Pool } from 'pg';
import { CONNECTION_KEY } from '../projections/connection.js';
import type { ActivityRow } from '../projections/activity.js';
import { claimProjection, type ClaimRow } from '../projections/claim.js';
import { syncProjection, type SyncRow } from '../projections/sync.js';
import type { ClaimStatus, ConnectionState } from '@recoup/domain';
import { openDocumentReads, type DocumentReads } from './document-reads.js';
import { openDetectionReads, type DetectionReads } from './detection-reads.js';
import { openFactReads, type FactReads } from './fact-reads.js';
import { openFigureReads, type FigureReads } from './figure-reads.js';
import { openAuditReads, type AuditReads } from './audit-reads.js';
import { openPaceReads, type PaceReads } from './pace-reads.js';
import { openRiskReads, type RiskReads } from './risk-reads.js';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface ActivityPage extends Page {
  /** Null: of all kinds. */
  readonly kinds: readonly ActivityKind[] | null;
}

export interface ClaimFilter {
  readonly statuses: readonly ClaimStatus[];
  readonly tier: string | null;
  readonly claimType: string | null;
  /** Last row of the page before: when it was detected, and its id. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
  readonly offset: number;
}

/** Reads made for a request. The pool's role stands under row-level security, and every read names its tenant. */
export interface ReadModels
  extends FigureReads, DetectionReads, FactReads, RiskReads, DocumentReads, AuditReads, PaceReads {
  sync(tenantId: string, syncId: string): Promise<SyncRow | null>;
  /** A sync, and whether the log may tell more of it than the read model: in one round trip, for clients that poll. */
  syncOrBehind(
    tenantId: string,
    syncId: string,
  ): Promise<{ readonly row: SyncRow | null; readonly behind: boolean }>;
  syncs(
    tenantId: string,
    page: Page & { status: string | null },
  ): Promise<{ syncs: SyncRow[]; total: number }>;
  /** Syncs of which the log tells more than the read model shows. */
  unprojectedSyncs(tenantId: string): Promise<string[]>;
  /** Claims of which the log tells more than the read model shows. */
  unprojectedClaims(tenantId: string): Promise<string[]>;
  connection(tenantId: string): Promise<ConnectionState | null>;
  activity(tenantId: string, page: ActivityPage): Promise<ActivityRow[]>;
  claim(tenantId: string, claimId: string): Promise<ClaimRow | null>;
  claims(tenantId: string, filter: ClaimFilter): Promise<ClaimRow[]>;
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
  const unprojected = async (
    tenantId: string,
    projection: AnyProjection,
    prefix: string,
  ): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>({
      name: 'read-unprojected',
      text: 'select id from read.unprojected($1, $2, $3, $4)',
      values: [tenantId, shardOf(tenantId), tableName(projection), prefix],
    });
    return rows.map((row) => row.id);
  };
  return {
    sync: (tenantId, syncId) => document<SyncRow>(tenantId, 'sync', syncId),
    async syncOrBehind(tenantId, syncId) {
      const { rows } = await pool.query<{ doc: SyncRow | null; behind: boolean }>({
        name: 'read-sync',
        text: 'select doc, behind from read.sync($1, $2, $3, $4)',
        values: [tenantId, shardOf(tenantId), tableName(syncProjection), syncId],
      });
      return { row: rows[0]?.doc ?? null, behind: rows[0]?.behind ?? true };
    },
    connection: (tenantId) => document<ConnectionState>(tenantId, 'connection', CONNECTION_KEY),
    async syncs(tenantId, { status, limit, offset }) {
      const { rows } = await pool.query<{ docs: SyncRow[]; total: string }>({
        name: 'read-syncs',
        text: 'select docs, total from read.syncs($1, $2, $3, $4)',
        values: [tenantId, status, limit, offset],
      });
      return { syncs: rows[0]?.docs ?? [], total: Number(rows[0]?.total ?? 0) };
    },
    unprojectedSyncs: (tenantId) => unprojected(tenantId, syncProjection, streams.sync('')),
    unprojectedClaims: (tenantId) => unprojected(tenantId, claimProjection, streams.claim('')),
    async activity(tenantId, { kinds, limit, offset }) {
      const { rows } = await pool.query<{ doc: ActivityRow }>({
        name: 'read-activity',
        text: 'select doc from read.activity($1, $2, $3, $4)',
        values: [tenantId, kinds, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
    claim: (tenantId, claimId) => document<ClaimRow>(tenantId, 'claim', claimId),
    async claims(tenantId, { statuses, tier, claimType, after, limit, offset }) {
      const { rows } = await pool.query<{ doc: ClaimRow }>({
        name: 'read-claims',
        text: 'select doc from read.claims($1, $2, $3, $4, $5, $6, $7)',
        values: [tenantId, statuses, tier, claimType, after, limit, offset],
      });
      return rows.map((row) => row.doc);
    },
    ...openFigureReads(pool),
    ...openDetectionReads(pool),
    ...openRiskReads(pool),
    ...openAuditReads(pool),
    ...openPaceReads(pool),
    ...openFactReads(pool),
    ...openDocumentReads(pool),
  };
}
