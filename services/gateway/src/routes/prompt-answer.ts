import { isRejection, type Rejection } from '@recoup/domain';
import { answerForSeller, type UnreadableAnswer } from '../commands/answer-prompt.js';
import type { App, Gateway } from '../gateway.js';
import { notFound, problemOf, type Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { claimSurroundings } from '../reads/claim-surroundings.js';
import { currentClaim } from '../reads/current-claim.js';
import { caseSchema } from './case-body.js';
import { caseBody } from './case-content.js';
import { refusal } from './claim-answer.js';
import { answerSchema } from './claim-command-bodies.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { errorSchema } from './error-schema.js';

/** The seller's answer to the one question that is open for a claim. */
export function promptAnswerRoute(app: App, gateway: Gateway): void {
  app.post(
    '/api/recoveries/:id/answer',
    {
      config: { creates: true },
      schema: {
        summary: 'Answer the question that is open for a claim',
        params: claimParams,
        body: answerSchema,
        response: { 200: caseSchema, 404: errorSchema, 409: errorSchema, 422: errorSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const claimId = possibleClaimId(request.params.id);
      const { commands } = gateway;
      const answered = await answerForSeller(commands, { tenantId, userId, claimId }, request.body);
      if (isRejection(answered)) throw refusedAnswer(answered);
      const row = await currentClaim(gateway, tenantId, claimId);
      if (!row) throw notFound();
      return caseBody(row, await claimSurroundings(gateway, tenantId, [row.claim]));
    },
  );
}

function refusedAnswer(refused: Rejection | UnreadableAnswer): Problem {
  if (!('expected' in refused)) return refusal(refused);
  return problemOf(refused, { status: 422, extra: { expected: refused.expected } });
}
