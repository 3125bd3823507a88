import { approveFiling, recordFiled } from '@recoup/domain';
import type { FastifyRequest } from 'fastify';
import { decideOnClaim, type ClaimCommand } from '../commands/decide-on-claim.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { claimAnswer, claimAnswerSchema } from './claim-answer.js';
import { filedSchema } from './claim-command-bodies.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { errorSchema } from './error-schema.js';
import { tenantOfClaim } from './tenant-of-claim.js';

const answers = { 200: claimAnswerSchema, 404: errorSchema, 409: errorSchema };

/** What a person does to have a claim filed: approving its value, and telling that it is filed. Each can be repeated. */
export function filingCommandRoutes(
  app: App,
  gateway: Pick<Gateway, 'commands' | 'operators'>,
): void {
  const { commands } = gateway;
  app.post(
    '/api/recoveries/:id/approve',
    {
      schema: {
        summary: 'Approve filing a claim that is worth more than the limit',
        params: claimParams,
        response: answers,
      },
    },
    async (request) => claimAnswer(await decideOnClaim(commands, own(request), approveFiling)),
  );

  app.post(
    '/api/recoveries/:id/filed',
    {
      schema: {
        summary: 'Tell that a claim from the filing queue is filed',
        params: claimParams,
        body: filedSchema,
        response: answers,
      },
    },
    async (request) => {
      const command = own(request);
      const tenantId = await tenantOfClaim(gateway, sessionOf(request), command.claimId);
      const told = { amazonCaseId: request.body.amazonCaseId };
      return claimAnswer(
        await decideOnClaim(commands, { ...command, tenantId }, (claim, cause) =>
          recordFiled(claim, told, cause),
        ),
      );
    },
  );
}

function own(request: FastifyRequest<{ Params: { id: string } }>): ClaimCommand {
  const { tenantId, userId } = sessionOf(request);
  return { tenantId, userId, claimId: possibleClaimId(request.params.id) };
}
