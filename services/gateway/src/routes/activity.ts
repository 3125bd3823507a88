import { installationDefaults } from '@recoup/domain';
import { z } from 'zod';
import { settingsOf } from '../commands/change-settings.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { pageQuery } from './paging.js';

const activitySchema = z.object({
  activities: z.array(
    z.looseObject({
      type: z.string(),
      timestamp: z.string(),
      message: z.string(),
      /** Whether it is of a kind that the seller wants to be told of. */
      notify: z.boolean(),
    }),
  ),
});

/** What happened, and what of it the seller wants to be told of. */
export function activityRoutes(app: App, { reads, streams: store, settings }: Gateway): void {
  const defaults = installationDefaults(settings);

  app.get(
    '/api/sync/activity',
    {
      schema: {
        summary: 'What happened, newest first',
        querystring: pageQuery.extend({ notify: z.literal('true').optional() }),
        response: { 200: activitySchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const { notify, limit, offset } = request.query;
      const { kinds } = (await settingsOf({ store }, tenantId, defaults)).notifications;
      const told = new Set<string | null>(kinds);
      const only = notify === 'true' ? kinds : null;
      const rows = await reads.activity(tenantId, { kinds: only, limit, offset });
      return {
        activities: rows.map((row) => ({
          ...row,
          type: row.type ?? '',
          notify: told.has(row.type),
        })),
      };
    },
  );
}
