import { z } from 'zod';
import { turnSwitch } from '../commands/turn-kill-switch.js';
import type { App, Gateway } from '../gateway.js';
import { operatorOnly } from '../http/operator.js';
import { sessionOf } from '../http/session.js';

const scopeSchema = z.enum(['seller', 'all']);

const turnSchema = z.object({
  on: z.boolean(),
  /** `all` stops every seller, and takes an operator. */
  scope: scopeSchema.default('seller'),
});

const standsSchema = z.object({
  on: z.boolean(),
  scope: scopeSchema,
  since: z.string().nullable(),
});

/** Stops whatever is filed by call, within a second of the answer, and lets it go on. */
export function killSwitchRoute(app: App, { commands }: Pick<Gateway, 'commands'>): void {
  app.post(
    '/api/kill-switch',
    {
      schema: {
        summary: 'Stop all filing, or let it go on',
        body: turnSchema,
        response: { 200: standsSchema },
      },
    },
    async (request) => {
      const { on, scope } = request.body;
      const session = scope === 'all' ? operatorOnly(request) : sessionOf(request);
      const { tenantId, userId } = session;
      const { since, ...stands } = await turnSwitch(commands, { tenantId, userId, on, scope });
      return { on: stands.on, scope, since };
    },
  );
}
