import {
  confirmDocument,
  filingHasBegun,
  isDecided,
  isRejection,
  removeDocument,
  type ClaimState,
  type DocumentState,
  type Rejection,
} from '@recoup/domain';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { decideOnDocument, type DocumentCommand } from '../commands/decide-on-document.js';
import { giveCosts } from '../commands/give-costs.js';
import type { App, Gateway } from '../gateway.js';
import { notFound, problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { currentClaim } from '../reads/current-claim.js';
import { currentDocument } from '../reads/current-document.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { confirmationSchema } from './document-confirmation.js';
import { documentBody, documentSchema } from './document-body.js';
import { errorSchema } from './error-schema.js';

const confirmedSchema = documentSchema.extend({
  /** Costs of products that were taken over from it. */
  costsChanged: z.int(),
});

const refusals = { 404: errorSchema, 409: errorSchema, 422: errorSchema };

/** What a seller can do to a document. */
export function documentCommandRoutes(app: App, gateway: Gateway): void {
  const { commands, streams } = gateway;
  app.post(
    '/api/documents/:id/confirm',
    {
      schema: {
        summary: 'Confirm or correct what a document says',
        params: claimParams,
        body: confirmationSchema,
        response: { 200: confirmedSchema, ...refusals },
      },
    },
    async (request) => {
      const { useCosts, ...word } = request.body;
      const command = commandOf(request);
      const state = answered(
        await decideOnDocument(commands, command, (now, cause) =>
          confirmDocument(now, word, cause),
        ),
      );
      const costs = useCosts ? costsIn(state) : [];
      const { changed } =
        costs.length > 0 ? await giveCosts(commands, { ...command, costs }) : NONE;
      return { ...documentBody(state), costsChanged: changed };
    },
  );

  app.delete(
    '/api/documents/:id',
    {
      schema: {
        summary: 'Take a document back',
        params: claimParams,
        response: { 200: z.object({ ok: z.literal(true) }), ...refusals },
      },
    },
    async (request) => {
      const command = commandOf(request);
      const { tenantId, documentId } = command;
      const now = await currentDocument(streams, tenantId, documentId);
      if (!now) throw notFound();
      const inUseBy = await filedWith(gateway, tenantId, now);
      answered(
        await decideOnDocument(commands, command, (state, cause) =>
          removeDocument(state, { inUseBy }, cause),
        ),
      );
      return { ok: true as const };
    },
  );
}

const NONE = { changed: 0 };

/** Filed claims that rest on a document, as they stand now: also those of which the read models do not know yet. */
async function filedWith(
  gateway: Pick<Gateway, 'reads' | 'streams'>,
  tenantId: string,
  document: DocumentState,
): Promise<string[]> {
  const { documentId, claims } = document;
  const { reads } = gateway;
  const [changed, resting] = await Promise.all([
    reads.unprojectedClaims(tenantId),
    reads.claimsRestingOn(tenantId, document),
  ]);
  const filed: string[] = [];
  for (const claimId of new Set([...changed, ...claims, ...resting])) {
    const claim = (await currentClaim(gateway, tenantId, claimId))?.claim;
    const checks = claim?.validation?.documents ?? [];
    const rests = checks.some(({ given = [] }) => given.includes(documentId));
    if (claim && isWithAmazon(claim) && (rests || claims.includes(claimId))) filed.push(claimId);
  }
  return filed;
}

/** Amazon was shown it or may be at any moment: a person files what waits in the queue. */
function isWithAmazon(claim: Pick<ClaimState, 'status'>): boolean {
  return filingHasBegun(claim) || isDecided(claim) || claim.status === 'queued_for_filing';
}

function commandOf(request: FastifyRequest<{ Params: { id: string } }>): DocumentCommand {
  const { tenantId, userId } = sessionOf(request);
  return { tenantId, userId, documentId: possibleClaimId(request.params.id) };
}

/** What was decided; throws the refusal as an answer. */
function answered(outcome: DocumentState | null | Rejection): DocumentState {
  if (outcome === null) throw notFound();
  if (!isRejection(outcome)) return outcome;
  if (outcome.code === 'document_not_found') throw notFound();
  const status = outcome.code === 'heading_differs' ? 422 : 409;
  throw problemOf(outcome, { status });
}

/** What the lines say a unit costs, from the day of the invoice on. Lines without SKU or price say nothing. */
function costsIn({ confirmed }: DocumentState) {
  const { issuedOn = null, currency = null, lines = [] } = confirmed?.fields ?? {};
  if (confirmed?.kind !== 'invoice' || issuedOn === null || currency === null) return [];
  return lines.flatMap(({ sku, unitCost }) =>
    sku === null || unitCost === null ? [] : [{ sku, unitCost, currency, effectiveFrom: issuedOn }],
  );
}
