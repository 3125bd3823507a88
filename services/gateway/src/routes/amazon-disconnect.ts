import { z } from 'zod';
import { disconnectSeller } from '../commands/disconnect-amazon.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';

const querySchema = z.object({
  provider: z.literal('amazon', { error: 'only amazon can be disconnected' }),
  purge: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
});

/** Ends the connection to Amazon; with `purge=1` the seller's data are erased as well. */
export function amazonDisconnectRoute(app: App, { commands, keptAnswers }: Gateway): void {
  app.post(
    '/api/v1/integrations/disconnect',
    {
      schema: {
        summary: 'Disconnect Amazon, and erase the seller’s data when asked to',
        querystring: querySchema,
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const purge = request.query.purge === '1';
      await disconnectSeller(commands, { tenantId, userId, purge });
      if (purge) await keptAnswers.forget(tenantId);
      return { ok: true as const };
    },
  );
}
