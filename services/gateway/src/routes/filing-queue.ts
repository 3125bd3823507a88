import { dayAtMarketplace } from '@recoup/domain';
import { daysBetween } from '@recoup/kernel';
import { z } from 'zod';
import type { QueuedClaim } from '../adapters/filing-queue.js';
import type { App, Gateway } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { currencyOf, majorUnits } from '../reads/claim-amounts.js';
import { subtypeLabel } from '../projections/labels.js';
import { unitsOfProduct } from './recovery-body.js';

const cursorSchema = z.tuple([z.iso.date(), z.string().regex(/^[\w-]{1,200}$/)]);

const queueSchema = z.object({
  claims: z.array(
    z.object({
      id: z.string(),
      /** Whose it is: the seller's user id. */
      seller: z.string(),
      title: z.string(),
      subtype: z.string(),
      marketplaceId: z.string(),
      fnsku: z.string(),
      sku: z.string(),
      asin: z.string(),
      quantity: z.int(),
      amount: z.number(),
      amountKnown: z.boolean(),
      currency: z.string(),
      deadline: z.string(),
      daysLeft: z.int().nullable(),
      /** `webhook`: the seller's own case desk has it. */
      channel: z.enum(['queue', 'webhook']),
      /** What is filed, as a page to read and print. */
      packet: z.string(),
      /** The documents that it rests on, as files to look at. */
      documents: z.array(z.string()),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});

/** Claims that a person has to file: the seller's own, and for an operator those of all sellers. */
export function filingQueueRoute(
  app: App,
  { commands, filingQueue }: Pick<Gateway, 'commands' | 'filingQueue'>,
): void {
  app.get(
    '/api/filing-queue',
    {
      schema: {
        summary: 'Claims that wait for a person to file them, the next to expire first',
        querystring: query,
        response: { 200: queueSchema },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? null : decoded(cursor);
      const rows = await filingQueue(sessionOf(request), { after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const now = commands.clock.now();
      return {
        claims: page.map((row) => entryOf(row, now)),
        nextCursor: rows.length > limit ? encoded(page.at(-1)) : null,
      };
    },
  );
}

function entryOf({ tenant, doc: { claim } }: QueuedClaim, now: Date) {
  const { claimId, subtype, subject, assessment, deadline, status } = claim;
  const { marketplaceId, fnsku, sku, asin } = subject;
  const { total } = assessment.value;
  const today = dayAtMarketplace(marketplaceId, now);
  return {
    ...{ id: claimId, seller: tenant, subtype, marketplaceId, fnsku, sku, asin, deadline },
    title: `${subtypeLabel(subtype)}: ${unitsOfProduct(claim)}`,
    quantity: assessment.quantity,
    amount: majorUnits(total),
    amountKnown: total !== null,
    currency: currencyOf(claim),
    daysLeft: today === null ? null : daysBetween(today, deadline),
    channel: status === 'handed_over' ? ('webhook' as const) : ('queue' as const),
    packet: `/api/recoveries/${claimId}/document`,
    documents: documentsOf(claim).map((id) => `/api/documents/${id}/view`),
  };
}

/** Each once, however many requirements it shows. */
function documentsOf({ validation }: QueuedClaim['doc']['claim']): readonly string[] {
  return [...new Set((validation?.documents ?? []).flatMap(({ given = [] }) => given))];
}

function encoded(last: QueuedClaim | undefined): string | null {
  if (!last) return null;
  const { deadline, claimId } = last.doc.claim;
  return Buffer.from(JSON.stringify([deadline, claimId])).toString('base64url');
}

function decoded(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem({ status: 400, code: 'invalid_request' }, 'cursor: not one of ours');
  }
}
