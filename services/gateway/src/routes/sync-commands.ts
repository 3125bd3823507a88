import { isRejection } from '@recoup/domain';
import { z } from 'zod';
import { cancelRunningSync } from '../commands/cancel-sync.js';
import { startSync } from '../commands/start-sync.js';
import type { App, Gateway } from '../gateway.js';
import { notFound, problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { errorResponses } from './error-schema.js';
import { possibleSyncId, syncParams } from './sync-id.js';

const startedSchema = z.object({
  syncId: z.string(),
  status: z.literal('in_progress'),
  message: z.string(),
});

/** Starting and cancelling. Bodies are not read: nothing in one could change whose sync it is. */
export function syncCommandRoutes(app: App, gateway: Gateway): void {
  for (const url of ['/api/sync/start', '/api/v1/integrations/sync/start']) {
    app.post(
      url,
      {
        config: { creates: true },
        schema: {
          summary: 'Start a sync',
          response: { 200: startedSchema, ...errorResponses },
        },
      },
      async (request) => {
        const { tenantId, userId } = sessionOf(request);
        const outcome = await startSync(gateway.commands, { tenantId, userId });
        if (isRejection(outcome)) {
          const { existingSyncId } = outcome;
          throw problemOf(outcome, {
            status: 400,
            extra: existingSyncId ? { existingSyncId } : {},
          });
        }
        return {
          syncId: outcome.syncId,
          status: 'in_progress' as const,
          message: 'Sync started successfully',
        };
      },
    );
  }

  const cancelSchema = {
    summary: 'Cancel a running sync',
    params: syncParams,
    response: { 200: z.object({ ok: z.literal(true), message: z.string() }), ...errorResponses },
  };
  for (const [method, url] of [
    ['POST', '/api/sync/cancel/:syncId'],
    ['DELETE', '/api/v1/integrations/sync/cancel/:syncId'],
  ] as const) {
    app.route({
      method,
      url,
      schema: cancelSchema,
      handler: async (request) => {
        const { tenantId, userId } = sessionOf(request);
        const syncId = possibleSyncId(request.params.syncId);
        const refused = await cancelRunningSync(gateway.commands, { tenantId, userId, syncId });
        if (refused?.code === 'not_found') throw notFound();
        if (refused) throw problemOf(refused, { status: 400 });
        return { ok: true as const, message: 'Sync cancelled successfully' };
      },
    });
  }
}
