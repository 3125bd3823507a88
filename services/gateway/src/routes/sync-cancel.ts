import { z } from 'zod';
import { cancelRunningSync } from '../commands/cancel-sync.js';
import type { App, Gateway } from '../gateway.js';
import { notFound, problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { currentSync } from '../reads/sync-history.js';
import { possibleSyncId, syncParams } from './sync-id.js';

/** Cancelling. Bodies are not read: nothing in one could change whose sync it is. */
export function syncCancelRoutes(app: App, gateway: Gateway): void {
  const schema = {
    summary: 'Cancel a running sync',
    params: syncParams,
    response: { 200: z.object({ ok: z.literal(true), message: z.string() }) },
  };
  for (const [method, url] of [
    ['POST', '/api/sync/cancel/:syncId'],
    ['DELETE', '/api/v1/integrations/sync/cancel/:syncId'],
  ] as const) {
    app.route({
      method,
      url,
      schema,
      handler: async (request) => {
        const { tenantId, userId } = sessionOf(request);
        const syncId = possibleSyncId(request.params.syncId);
        if (!(await currentSync(gateway, tenantId, syncId))) throw notFound();
        const refused = await cancelRunningSync(gateway.commands, { tenantId, userId, syncId });
        if (refused?.code === 'not_found') throw notFound();
        if (refused) throw problemOf(refused, { status: 400 });
        return { ok: true as const, message: 'Sync cancelled successfully' };
      },
    });
  }
}
