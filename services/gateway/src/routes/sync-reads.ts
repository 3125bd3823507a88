import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import type { SyncRow } from '../projections/sync.js';
import { currentSync } from '../reads/sync-history.js';
import { syncOverview } from '../reads/sync-overview.js';
import { errorSchema } from './error-schema.js';
import { pageQuery } from './paging.js';
import { statusBody, syncStatusSchema, syncStatusWord } from './sync-body.js';
import { possibleSyncId, syncParams } from './sync-id.js';

const overviewSchema = z.object({
  hasActiveSync: z.boolean(),
  activeSync: syncStatusSchema.optional(),
  lastSync: z
    .object({ syncId: z.string(), status: syncStatusWord, completedAt: z.string().nullable() })
    .nullable(),
  /** Null while no sync will start by itself: Amazon is not connected, or the schedule is off. */
  nextScheduledSync: z.string().nullable(),
});

/** `idle` is a word of clients for who never synced: no sync is, and asking for them gives none. */
const filterWord = z.enum([...syncStatusWord.options, 'idle']);

const historySchema = z.object({
  syncs: z.array(
    z.object({
      syncId: z.string(),
      status: syncStatusWord,
      startedAt: z.string(),
      completedAt: z.string().nullable(),
      ordersProcessed: z.int(),
      claimsDetected: z.int().nullable(),
      /** Seconds; null while it runs. */
      duration: z.int().nullable(),
      error: z.string().optional(),
    }),
  ),
  total: z.int(),
});

/** What a seller can read about syncs. */
export function syncReadRoutes(app: App, gateway: Gateway): void {
  const byId = async (
    tenantId: string,
    syncId: string,
  ): Promise<z.infer<typeof syncStatusSchema>> => {
    const sync = await currentSync(gateway, tenantId, possibleSyncId(syncId));
    if (!sync) throw notFound();
    return statusBody(sync);
  };

  for (const prefix of ['/api/sync', '/api/v1/integrations/sync']) {
    app.get(
      `${prefix}/status/:syncId`,
      {
        schema: {
          summary: 'The status of a sync',
          params: syncParams,
          response: { 200: syncStatusSchema },
        },
      },
      (request) => byId(sessionOf(request).tenantId, request.params.syncId),
    );
    app.get(
      `${prefix}/history`,
      {
        schema: {
          summary: 'Syncs, newest first',
          querystring: pageQuery.extend({ status: filterWord.optional() }),
          response: { 200: historySchema },
        },
      },
      async (request) => {
        const { status = null, limit, offset } = request.query;
        const { syncs, total } = await gateway.reads.syncs(sessionOf(request).tenantId, {
          status,
          limit,
          offset,
        });
        return { syncs: syncs.map(historyEntry), total };
      },
    );
  }

  app.get(
    '/api/sync/status',
    {
      schema: {
        summary: 'How syncs stand, or the status of one',
        querystring: z.object({ syncId: z.string().optional(), id: z.string().optional() }),
        response: { 200: z.union([syncStatusSchema, overviewSchema]), 404: errorSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const syncId = request.query.syncId ?? request.query.id;
      return syncId === undefined ? overview(gateway, tenantId) : byId(tenantId, syncId);
    },
  );
}

async function overview(
  gateway: Gateway,
  tenantId: string,
): Promise<z.infer<typeof overviewSchema>> {
  const { active, last, nextScheduledSync } = await syncOverview(gateway, tenantId);
  return {
    hasActiveSync: active !== null,
    ...(active && { activeSync: statusBody(active) }),
    lastSync: last && {
      syncId: last.syncId,
      status: last.status,
      completedAt: last.completedAt,
    },
    nextScheduledSync: nextScheduledSync?.toISOString() ?? null,
  };
}

function historyEntry(sync: SyncRow): z.infer<typeof historySchema>['syncs'][number] {
  const { syncId, status, startedAt, completedAt, claimsDetected, error } = sync;
  const duration =
    completedAt === null
      ? null
      : Math.round((Date.parse(completedAt) - Date.parse(startedAt)) / 1000);
  return {
    syncId,
    status,
    startedAt,
    completedAt,
    ordersProcessed: sync.counts.orders?.processed ?? 0,
    claimsDetected,
    duration,
    ...(error !== null && { error }),
  };
}
