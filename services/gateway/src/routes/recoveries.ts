import { claimTypeSchema, tierSchema } from '@recoup/contracts';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import type { ClaimRow } from '../projections/claim.js';
import { typeLabel } from '../projections/labels.js';
import { LISTED, stagesListedAs, wordsOf } from './claim-words.js';
import { errorResponses } from './error-schema.js';
import { pageQuery } from './paging.js';

const listWord = z.enum(['New', 'Pending', 'Submitted', 'Paid', 'Denied']);

const recoverySchema = z.object({
  id: z.string(),
  created: z.string(),
  type: z.string(),
  details: z.string(),
  status: listWord,
  /** Major units; 0 with `amountKnown` false where no value is known. */
  guaranteedAmount: z.number(),
  amountKnown: z.boolean(),
  currency: z.string().nullable(),
  expectedPayoutDate: z.string().nullable(),
  sku: z.string(),
  asin: z.string(),
  confidence: z.number(),
  tier: tierSchema,
  claimType: claimTypeSchema,
  subtype: z.string(),
  orderId: z.string().nullable(),
  quantity: z.int(),
  deadline: z.string(),
  fnsku: z.string(),
  lossDate: z.string(),
  amazonCaseId: z.string().nullable(),
  actions: z.array(z.string()),
});

/** The last row of a page, as `read.claims` takes it. The database would answer other texts with an error of its own. */
const cursorSchema = z.tuple([z.iso.datetime(), z.string().regex(/^[\w-]{1,200}$/)]);

/** The claims of a seller, newest first: a bare array, with the next page named in the Link header. */
export function recoveryRoutes(app: App, gateway: Gateway): void {
  app.get(
    '/api/recoveries',
    {
      schema: {
        summary: 'The claims, newest first',
        querystring: pageQuery.pick({ limit: true }).extend({
          cursor: z.string().optional(),
          status: listWord.optional(),
          tier: tierSchema.optional(),
          type: claimTypeSchema.optional(),
        }),
        response: { 200: z.array(recoverySchema), ...errorResponses },
      },
    },
    async (request, reply) => {
      const { limit, cursor, status, tier = null, type = null } = request.query;
      const rows = await gateway.reads.claims(sessionOf(request).tenantId, {
        states: status ? stagesListedAs(status) : LISTED,
        tier,
        claimType: type,
        after: cursor === undefined ? null : decodeCursor(cursor),
        limit: limit + 1, // one more tells whether there is a next page
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      if (rows.length > limit && last) {
        const url = new URL(request.url, 'http://localhost');
        url.searchParams.set('cursor', encodeCursor(last));
        void reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
      }
      return page.map(toRecovery);
    },
  );
}

function encodeCursor({ detectedAt, claimId }: ClaimRow): string {
  return Buffer.from(JSON.stringify([detectedAt, claimId])).toString('base64url');
}

function decodeCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem({ status: 400, code: 'invalid_request' }, 'cursor: not one of ours');
  }
}

function toRecovery(claim: ClaimRow): z.infer<typeof recoverySchema> {
  const { subject, value, quantity } = claim;
  const units = quantity === 1 ? '1 unit' : `${quantity} units`;
  return {
    id: claim.claimId,
    created: claim.detectedAt,
    type: typeLabel(claim.claimType),
    details: `${units} of ${subject.productName || subject.sku}, ${claim.lossDay}${subject.facility ? `, ${subject.facility}` : ''}`,
    status: wordsOf(claim.state).list,
    guaranteedAmount: Number(value.total?.amount ?? 0),
    amountKnown: value.total !== null,
    currency: value.total?.currency ?? null,
    expectedPayoutDate: null,
    sku: subject.sku,
    asin: subject.asin,
    confidence: claim.score.confidence,
    tier: claim.tier,
    claimType: claim.claimType,
    subtype: claim.subtype,
    orderId: null,
    quantity,
    deadline: claim.deadline,
    fnsku: subject.fnsku,
    lossDate: claim.lossDay,
    amazonCaseId: claim.amazonCaseId,
    actions: [],
  };
}
