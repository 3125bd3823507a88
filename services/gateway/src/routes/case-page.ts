import type { FastifyRequest } from 'fastify';
import type { App, Gateway } from '../gateway.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import type { ClaimRow } from '../projections/claim.js';
import { claimSurroundings } from '../reads/claim-surroundings.js';
import { currentClaim } from '../reads/current-claim.js';
import { caseSchema, caseStatusSchema } from './case-body.js';
import { caseBody } from './case-content.js';
import { claimParams, possibleClaimId } from './claim-id.js';

type ById = FastifyRequest<{ Params: { id: string } }>;

/** What a seller can read about one claim, also about one that has left the list. */
export function casePageRoutes(app: App, gateway: Gateway): void {
  const found = async (request: ById): Promise<ClaimRow> => {
    const claimId = possibleClaimId(request.params.id);
    const row = await currentClaim(gateway, sessionOf(request).tenantId, claimId);
    if (!row) throw notFound();
    return row;
  };
  const body = async (request: ById) => {
    const row = await found(request);
    const { tenantId } = sessionOf(request);
    return caseBody(row, await claimSurroundings(gateway, tenantId, [row.claim]));
  };

  app.get(
    '/api/recoveries/:id',
    {
      schema: {
        summary: 'One claim, with all that is known of it',
        params: claimParams,
        response: { 200: caseSchema },
      },
    },
    body,
  );

  app.get(
    '/api/recoveries/:id/status',
    {
      schema: {
        summary: 'Where one claim stands',
        params: claimParams,
        response: { 200: caseStatusSchema },
      },
    },
    async (request) => {
      const { expectedPayoutDate, ...claim } = await body(request);
      return { ...claim, expected_payout_date: expectedPayoutDate };
    },
  );
}
