import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { allowedOrigins } from '../http/origins.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { caseDocument, DOCUMENT_STYLE_SOURCE } from '../page/case-document.js';
import type { ClaimRow } from '../projections/claim.js';
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
  const body = async (request: ById) =>
    caseBody(await found(request), gateway.commands.clock.now());

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

  const policy = contentSecurityPolicy(gateway.settings);
  app.get(
    '/api/recoveries/:id/document',
    {
      schema: {
        summary: 'The case packet of one claim, as a page to read and print',
        params: claimParams,
        response: {
          200: {
            description: 'The page',
            content: { 'text/html': { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => {
      const page = caseDocument(await body(request));
      // The policy says who may frame it; the older header knows no list and would forbid all.
      reply.removeHeader('x-frame-options');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy)
        .header('content-disposition', `inline; filename="${request.params.id}.html"`)
        .send(page);
    },
  );
}

/** Nothing but its own style: no script, no form, nothing loaded. The frontend may show it in a frame. */
function contentSecurityPolicy(settings: Gateway['settings']): string {
  const frames = ["'self'", ...allowedOrigins(settings)].join(' ');
  return (
    `default-src 'none'; style-src ${DOCUMENT_STYLE_SOURCE}; base-uri 'none'; form-action 'none'; ` +
    `frame-ancestors ${frames}`
  );
}
