import {
  allocationLineSchema,
  citedPolicySchema,
  riskKindSchema,
  sourceRefSchema,
} from '@recoup/contracts';
import { currencyAtMarketplace } from '@recoup/domain';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { riskLabel } from '../projections/risk-labels.js';
import type { RiskRow } from '../projections/risk.js';
import { nextPage, placeOf } from './page-cursor.js';
import { pageQuery } from './paging.js';

const listQuery = pageQuery.extend({
  /** Where the page before ended, from its Link header; `offset` counts from there. */
  cursor: z.string().optional(),
  /** A filter that is there and empty asks for nothing. */
  kind: riskKindSchema.or(z.literal('')).optional(),
});

const riskSchema = z.object({
  id: z.string(),
  /** When it was noted. */
  created: z.string(),
  kind: riskKindSchema,
  title: z.string(),
  details: z.string(),
  /** What can be done about it. */
  nextStep: z.string(),
  /** Always 0, with `amountKnown` false: nothing of it is money that is owed. */
  guaranteedAmount: z.literal(0),
  amountKnown: z.literal(false),
  currency: z.string(),
  /** Its first day; null where nothing dates it. */
  since: z.string().nullable(),
  /** Null where the units are not known. */
  quantity: z.int().nullable(),
  marketplaceId: z.string(),
  sku: z.string(),
  asin: z.string(),
  fnsku: z.string(),
  productName: z.string(),
  facility: z.string().nullable(),
  orderId: z.string().nullable(),
  shipmentId: z.string().nullable(),
  reimbursementId: z.string().nullable(),
  rule: citedPolicySchema,
  lines: z.array(allocationLineSchema),
  sources: z.array(sourceRefSchema),
});

/** What is worth a look and no claim, newest first: a bare array, with the next page named in the Link header. */
export function riskRoutes(app: App, { reads }: Gateway): void {
  app.get(
    '/api/risks',
    {
      schema: {
        summary: 'What is worth a look and no claim, newest first',
        querystring: listQuery,
        response: { 200: z.array(riskSchema) },
      },
    },
    async (request, reply) => {
      const { limit, offset, cursor, kind } = request.query;
      const rows = await reads.risks(sessionOf(request).tenantId, {
        kind: kind || null,
        after: cursor ? placeOf(cursor) : null,
        limit: limit + 1, // one more tells whether others follow
        offset,
      });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      if (last) void reply.header('link', nextPage(request.url, [last.notedAt, last.risk.riskId]));
      return page.map(riskBody);
    },
  );
}

function riskBody({ risk, notedAt }: RiskRow): z.infer<typeof riskSchema> {
  const { removalOrderId: _, ...subject } = risk.subject;
  const { kind, since, quantity, nextStep, rule, lines, sources } = risk;
  return {
    id: risk.riskId,
    created: notedAt,
    ...{ kind, title: riskLabel(kind), details: risk.reason, nextStep },
    ...{ guaranteedAmount: 0, amountKnown: false },
    currency: currencyAtMarketplace(subject.marketplaceId) ?? 'USD',
    ...{ since, quantity, ...subject, rule, lines, sources },
  };
}
