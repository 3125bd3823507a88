import { activityKindSchema, sellerSettingsSchema, type SellerSettings } from '@recoup/contracts';
import { installationDefaults, OFF, refusedSchedule } from '@recoup/domain';
import { z } from 'zod';
import { changeSettings, settingsOf } from '../commands/change-settings.js';
import type { App, Gateway } from '../gateway.js';
import { problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { stoppedBy } from '../reads/kill-switch.js';
import { errorSchema } from './error-schema.js';

const shownSchema = sellerSettingsSchema.extend({
  /** Whether a kill switch stops all filing for the seller, whose it is, and since when. */
  killSwitch: z.object({
    on: z.boolean(),
    scope: z.enum(['seller', 'all']).nullable(),
    since: z.string().nullable(),
  }),
});

const changeSchema = sellerSettingsSchema.partial();

const consentSchema = z.object({ enabled: z.boolean() });

/** What the seller may choose. */
export function sellerSettingsRoutes(app: App, gateway: Gateway): void {
  const { commands, streams: store } = gateway;
  const defaults = installationDefaults(gateway.settings);
  const shown = async (tenantId: string, settings: SellerSettings) => ({
    ...settings,
    killSwitch: await stoppedBy(gateway, tenantId),
  });

  app.get(
    '/api/settings',
    { schema: { summary: 'What the seller has chosen', response: { 200: shownSchema } } },
    async (request) => {
      const { tenantId } = sessionOf(request);
      return shown(tenantId, await settingsOf({ store }, tenantId, defaults));
    },
  );

  app.put(
    '/api/settings',
    {
      schema: {
        summary: 'Choose; what is not named stays as it is',
        body: changeSchema,
        response: { 200: shownSchema, 422: errorSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const settings = named(request.body);
      const refused =
        settings.schedule && settings.schedule !== OFF && refusedSchedule(settings.schedule);
      if (refused) throw problemOf(refused, { status: 422 });
      return shown(
        tenantId,
        await changeSettings(commands, { tenantId, userId, settings, defaults }),
      );
    },
  );

  app.post(
    '/api/recoveries/auto-claim',
    {
      schema: {
        summary: 'Agree that claims are filed by themselves, or take that back',
        body: consentSchema,
        response: { 200: consentSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const settings = { autoFile: request.body.enabled };
      const { autoFile } = await changeSettings(commands, { tenantId, userId, settings, defaults });
      return { enabled: autoFile };
    },
  );
}

/** Without members that are there and say nothing. */
function named(body: z.infer<typeof changeSchema>): Partial<SellerSettings> {
  const { learnFromOutcomes, autoFile, approvalLimit, governor, schedule, notifications } = body;
  return {
    ...(learnFromOutcomes !== undefined && { learnFromOutcomes }),
    ...(autoFile !== undefined && { autoFile }),
    ...(approvalLimit !== undefined && { approvalLimit }),
    ...(governor !== undefined && { governor }),
    ...(schedule !== undefined && { schedule }),
    ...(notifications && { notifications: inOrder(notifications) }),
  };
}

/** The same choice is the same, in whatever order and however often its kinds were named. */
function inOrder({ kinds }: SellerSettings['notifications']): SellerSettings['notifications'] {
  return { kinds: activityKindSchema.options.filter((kind) => kinds.includes(kind)) };
}
