import { z } from 'zod';
import type { ClaimTotal } from '../adapters/read-models.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { foundFigures, openFigures } from '../reads/claim-figures.js';
import { errorResponses } from './error-schema.js';

const totalsSchema = z.object({
  totalAmount: z.number(),
  currency: z.string(),
  /** Each currency on its own: they are never added together. */
  totals: z.record(z.string(), z.number()),
  claimCount: z.int(),
  amountUnknownCount: z.int(),
  message: z.string(),
  needsSync: z.boolean(),
  syncTriggered: z.literal(false),
  dataSource: z.string(),
});

const tierCounts = z.object({ auto: z.int(), prompt: z.int(), manual: z.int() });

const metricsSchema = z.object({
  currency: z.string(),
  totalClaimsFound: z.int(),
  inProgress: z.int(),
  valueInProgress: z.number(),
  successRate30d: z.number(),
  successRate: z.number(),
  approvedValue: z.number(),
  paidValue: z.number(),
  nextPaymentAmount: z.number(),
  pendingAmount: z.number(),
  amountUnknownCount: z.int(),
  byTier: tierCounts,
  byType: z.record(z.string(), z.int()),
});

/** Figures over a seller's claims, in the seller's own currency. */
export function figureRoutes(app: App, gateway: Gateway): void {
  app.get(
    '/api/v1/integrations/amazon/recoveries',
    {
      schema: {
        summary: 'What there is to recover',
        response: { 200: totalsSchema, ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [{ totals, currency }, { syncs }] = await Promise.all([
        readTotals(gateway, tenantId),
        gateway.reads.syncs(tenantId, { status: 'complete', limit: 1, offset: 0 }),
      ]);
      const figures = openFigures(totals, currency);
      const { claimCount } = figures;
      const needsSync = syncs.length === 0;
      const found = `${claimCount} ${claimCount === 1 ? 'claim' : 'claims'} found.`;
      return {
        ...figures,
        currency,
        message: needsSync ? 'No completed sync yet.' : found,
        needsSync,
        syncTriggered: false as const,
        dataSource: 'sp_api',
      };
    },
  );

  app.get(
    '/api/metrics/recoveries',
    {
      schema: {
        summary: 'Figures over all claims',
        response: { 200: metricsSchema, ...errorResponses },
      },
    },
    async (request) => {
      const { totals, currency } = await readTotals(gateway, sessionOf(request).tenantId);
      const { claimCount, totalAmount, amountUnknownCount } = openFigures(totals, currency);
      return {
        currency,
        ...foundFigures(totals),
        inProgress: claimCount,
        valueInProgress: totalAmount,
        pendingAmount: totalAmount,
        amountUnknownCount,
        // No outcome is recorded yet, so none was decided or paid: counts of nothing, not estimates.
        successRate30d: 0,
        successRate: 0,
        approvedValue: 0,
        paidValue: 0,
        nextPaymentAmount: 0,
      };
    },
  );
}

/** A seller's claims summed, and the currency of the marketplace connected first: US dollars before any connection. */
async function readTotals(
  { reads }: Gateway,
  tenantId: string,
): Promise<{ totals: ClaimTotal[]; currency: string }> {
  const [totals, connection] = await Promise.all([
    reads.claimTotals(tenantId),
    reads.connection(tenantId),
  ]);
  return { totals, currency: connection?.marketplaces[0]?.currency ?? 'USD' };
}
