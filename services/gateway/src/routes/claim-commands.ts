import type { FastifyRequest } from 'fastify';
import { dismissForSeller } from '../commands/dismiss-claim.js';
import type { ClaimCommand } from '../commands/decide-on-claim.js';
import { recordToldOutcome } from '../commands/record-outcome.js';
import { resubmitForSeller } from '../commands/resubmit-claim.js';
import { submitClaim } from '../commands/submit-claim.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { claimAnswer, claimAnswerSchema } from './claim-answer.js';
import { dismissalSchema, outcomeSchema } from './claim-command-bodies.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { errorSchema } from './error-schema.js';

const refusals = { 404: errorSchema, 409: errorSchema, 422: errorSchema };
const answers = { 200: claimAnswerSchema, ...refusals };

/** What a seller can do to a claim. Each can be repeated: it answers where the claim stands then. */
export function claimCommandRoutes(app: App, { commands }: Pick<Gateway, 'commands'>): void {
  for (const url of ['/api/claims/:id/submit', '/api/recoveries/:id/submit']) {
    app.post(
      url,
      {
        config: { creates: true },
        schema: { summary: 'Have a claim filed', params: claimParams, response: answers },
      },
      async (request) => claimAnswer(await submitClaim(commands, commandOf(request))),
    );
  }

  app.post(
    '/api/recoveries/:id/resubmit',
    {
      config: { creates: true },
      schema: { summary: 'File a denied claim anew', params: claimParams, response: answers },
    },
    async (request) => claimAnswer(await resubmitForSeller(commands, commandOf(request))),
  );

  app.post(
    '/api/recoveries/:id/outcome',
    {
      config: { creates: true },
      schema: {
        summary: 'Tell what Amazon decided on a claim that was filed by hand',
        params: claimParams,
        body: outcomeSchema,
        response: answers,
      },
    },
    async (request) =>
      claimAnswer(await recordToldOutcome(commands, commandOf(request), request.body)),
  );

  app.post(
    '/api/recoveries/:id/dismiss',
    {
      config: { creates: true },
      schema: {
        summary: 'Drop a claim for good',
        params: claimParams,
        body: dismissalSchema,
        response: answers,
      },
    },
    async (request) => {
      const reason = request.body?.reason ?? null;
      return claimAnswer(await dismissForSeller(commands, commandOf(request), reason));
    },
  );
}

function commandOf(request: FastifyRequest<{ Params: { id: string } }>): ClaimCommand {
  const { tenantId, userId } = sessionOf(request);
  return { tenantId, userId, claimId: possibleClaimId(request.params.id) };
}
