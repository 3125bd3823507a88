import { z } from 'zod';
import { changeSettings, settingsOf } from '../commands/change-settings.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';

const settingsSchema = z.object({
  /** Whether outcomes of the seller's own claims may move their scores. */
  learnFromOutcomes: z.boolean(),
});

const changeSchema = z.object({ learnFromOutcomes: z.boolean().optional() });

/** What the seller may choose. */
export function sellerSettingsRoutes(app: App, { commands, streams }: Gateway): void {
  app.get(
    '/api/settings',
    { schema: { summary: 'What the seller has chosen', response: { 200: settingsSchema } } },
    async (request) => settingsOf({ store: streams }, sessionOf(request).tenantId),
  );

  app.put(
    '/api/settings',
    {
      schema: {
        summary: 'Choose; what is not named stays as it is',
        body: changeSchema,
        response: { 200: settingsSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const { learnFromOutcomes } = request.body;
      const settings = learnFromOutcomes === undefined ? {} : { learnFromOutcomes };
      return changeSettings(commands, { tenantId, userId, settings });
    },
  );
}
