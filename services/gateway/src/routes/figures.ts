import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import {
  claimCounts,
  claimsWithMoney,
  evidenceHealth,
  unknownAmounts,
} from '../reads/claim-counts.js';
import { major, moneyFigures, NOTHING, paidIn } from '../reads/claim-figures.js';
import { expectedIn } from '../reads/expected-value.js';
import { lastCompleteSync } from '../reads/last-complete-sync.js';
import { readFigures } from '../reads/read-figures.js';
import { dashboardSchema, metricsSchema, totalsSchema } from './figures-body.js';

const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;

/** Figures over a seller's claims, in the seller's own currency. */
export function figureRoutes(app: App, gateway: Gateway): void {
  const figures = (tenantId: string, days: number | null = null) =>
    readFigures(gateway, { tenantId, now: gateway.commands.clock.now(), days });

  app.get(
    '/api/v1/integrations/amazon/recoveries',
    {
      schema: {
        summary: 'What there is to recover',
        response: { 200: totalsSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [{ totals, payments, currency }, lastSync] = await Promise.all([
        figures(tenantId),
        lastCompleteSync(gateway, tenantId),
      ]);
      const money = moneyFigures(totals, payments);
      const claimCount = claimsWithMoney(totals);
      const needsSync = lastSync === null;
      const found = `${claimCount} ${claimCount === 1 ? 'claim' : 'claims'} found.`;
      return {
        totalAmount: money[currency]?.totalAmount ?? 0,
        currency,
        totals: Object.fromEntries(
          Object.entries(money).map(([code, { totalAmount }]) => [code, totalAmount]),
        ),
        claimCount,
        amountUnknownCount: unknownAmounts(totals, payments),
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
        response: { 200: metricsSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const { totals, payments, currency } = await figures(tenantId);
      const next = await gateway.reads.nextPayment(tenantId, currency);
      const byCurrency = moneyFigures(totals, payments);
      const own = byCurrency[currency] ?? NOTHING;
      const { pendingAmount, approvedValue, paidValue, unaskedAmount } = own;
      const { successRateSince, ...counts } = claimCounts(totals);
      return {
        currency,
        ...counts,
        successRate30d: successRateSince,
        valueInProgress: pendingAmount,
        pendingAmount,
        approvedValue,
        paidValue,
        unaskedAmount,
        nextPaymentAmount: Number(next?.amount ?? 0),
        nextPaymentDate: next?.day ?? null,
        amountUnknownCount: unknownAmounts(totals, payments),
        byCurrency,
      };
    },
  );

  app.get(
    '/api/metrics/dashboard',
    {
      schema: {
        summary: 'What came in lately, and what is still to come',
        querystring: z.object({ window: z.enum(['7d', '30d', '90d']).default('30d') }),
        response: { 200: dashboardSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const { window } = request.query;
      const { totals, payments, currency } = await figures(tenantId, DAYS[window]);
      return {
        window,
        currency,
        totalRecovered: major(paidIn(currency, payments), currency),
        totalApproved: moneyFigures(totals, [])[currency]?.approvedValue ?? 0,
        totalExpected: major(expectedIn(currency, totals), currency),
        evidenceHealth: evidenceHealth(totals),
        amountUnknownCount: unknownAmounts(totals, payments),
      };
    },
  );
}
