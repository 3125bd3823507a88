import { isRejection } from '@recoup/domain';
import { z } from 'zod';
import { assertForSeller } from '../commands/assert-loss.js';
import type { App, Gateway } from '../gateway.js';
import { problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { assertionSchema } from './claim-command-bodies.js';
import { errorSchema } from './error-schema.js';

const keptSchema = z.object({ assertion_id: z.string(), message: z.string() });

/** What each kind of loss is told of by. */
const NAMED_BY = { return_wrong_item: 'orderId', removal_damaged: 'removalOrderId' } as const;

/** A loss that only a person can see: Amazon's reports do not tell what was in a parcel. */
export function lossAssertionRoute(app: App, { commands }: Pick<Gateway, 'commands'>): void {
  app.post(
    '/api/recoveries',
    {
      config: { creates: true },
      schema: {
        summary: 'Tell of a wrong item that came back, or of a removal that came damaged',
        body: assertionSchema,
        response: { 200: keptSchema, 422: errorSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const { body } = request;
      const named = NAMED_BY[body.subtype];
      if (body[named] === null) {
        const missing = { code: 'order_missing', message: `${named} is missing` };
        throw problemOf(missing, { status: 422, extra: { missing: [named] } });
      }
      const outcome = await assertForSeller(commands, { tenantId, userId, said: body });
      if (isRejection(outcome)) throw problemOf(outcome, { status: 400 });
      const message = 'Noted. A claim is made of it where Amazon’s records bear it out.';
      return { assertion_id: outcome.assertionId, message };
    },
  );
}
