import { dayAtMarketplace } from '@recoup/domain';
import { daysBetween } from '@recoup/kernel';
import { z } from 'zod';
import type { ClaimDeadline } from '../adapters/detection-reads.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import {
  distribution,
  OPEN,
  summedBy,
  sumOf,
  UNFILED,
  type ClaimSum,
} from '../reads/claims-found.js';
import { ownCurrency } from '../reads/own-currency.js';
import { amountsOf, amountsSchema } from './detection-body.js';
import { pageQuery } from './paging.js';

const sumSchema = z.object({
  count: z.int(),
  /** In the seller's own currency. */
  value: z.number(),
  totals: amountsSchema,
  amountUnknownCount: z.int(),
});

const statisticsSchema = z.object({
  currency: z.string(),
  ...sumSchema.shape,
  bySubtype: z.record(z.string(), sumSchema),
  byTier: z.record(z.string(), sumSchema),
  /** Open risks by kind: none of them is counted above, and none has a value. */
  risks: z.record(z.string(), z.int()),
});

const deadlineSchema = z.object({
  id: z.string(),
  /** The last day to file it, inclusive, in the calendar of its marketplace. */
  deadline: z.string(),
  /** 0 on the last day; negative where it passed and no detection has looked since. Null where the calendar is unknown. */
  daysLeft: z.int().nullable(),
  /** Major units; null where the value is unknown. */
  amount: z.number().nullable(),
  currency: z.string().nullable(),
});

/** Figures over the open claims. */
export function detectionFigureRoutes(app: App, { reads, commands }: Gateway): void {
  app.get(
    '/api/detections/statistics',
    {
      schema: {
        summary: 'Open claims by what found them and by who acts next',
        response: { 200: statisticsSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [groups, currency, risks] = await Promise.all([
        reads.claimStatistics(tenantId, OPEN),
        ownCurrency({ reads }, tenantId),
        reads.riskCounts(tenantId),
      ]);
      const bodies = (sums: Readonly<Record<string, ClaimSum>>) =>
        Object.fromEntries(Object.entries(sums).map(([word, sum]) => [word, body(sum, currency)]));
      return {
        currency,
        ...body(sumOf(groups), currency),
        bySubtype: bodies(summedBy(groups, 'subtype')),
        byTier: bodies(summedBy(groups, 'tier')),
        risks,
      };
    },
  );

  app.get(
    '/api/detections/confidence-distribution',
    {
      schema: {
        summary: 'How many open claims are how likely',
        response: { 200: z.array(z.object({ from: z.number(), to: z.number(), count: z.int() })) },
      },
    },
    async (request) =>
      distribution(await reads.confidenceTenths(sessionOf(request).tenantId, OPEN)),
  );

  app.get(
    '/api/detections/deadlines',
    {
      schema: {
        summary: 'Claims that nobody has filed, the next to expire first',
        querystring: pageQuery,
        response: { 200: z.array(deadlineSchema) },
      },
    },
    async (request) => {
      const page = { ...request.query, statuses: UNFILED };
      const rows = await reads.claimDeadlines(sessionOf(request).tenantId, page);
      const now = commands.clock.now();
      return rows.map((row) => deadlineBody(row, now));
    },
  );
}

function body({ count, amountUnknownCount, values }: ClaimSum, currency: string) {
  const totals = amountsOf(values);
  return { count, value: totals[currency] ?? 0, totals, amountUnknownCount };
}

function deadlineBody(row: ClaimDeadline, now: Date): z.infer<typeof deadlineSchema> {
  const { claim_id, deadline, marketplace_id, currency, amount } = row;
  const today = dayAtMarketplace(marketplace_id, now);
  return {
    id: claim_id,
    deadline,
    daysLeft: today === null ? null : daysBetween(today, deadline),
    amount: amount === null ? null : Number(amount),
    currency,
  };
}
