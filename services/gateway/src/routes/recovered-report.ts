import { daySchema } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';
import { z } from 'zod';
import type { RecoveredMonth } from '../adapters/figure-reads.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { major } from '../reads/claim-figures.js';

const counted = z.object({ count: z.int(), value: z.number() });

const lineSchema = z.object({
  /** Null where the sums of the claims counted are not known. */
  currency: z.string().nullable(),
  /** By what they were worth when they were filed. */
  filed: counted,
  /** By what Amazon agreed to. */
  approved: counted,
  /** Refused and not taken up again, by what the claims were worth. */
  denied: counted,
  paid: z.number(),
  reversed: z.number(),
  /** Paid less taken back. Nobody takes a share of it. */
  net: z.number(),
  /** Paid by Amazon unasked, less what it took back of that: in none of the others. */
  unasked: z.number(),
  unitsInKind: z.int(),
});

export const recoveredSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Over all months, per currency: currencies are never added together. */
  totals: z.array(lineSchema),
  months: z.array(lineSchema.extend({ month: z.string() })),
});

const query = z.object({ from: daySchema.optional(), to: daySchema.optional() });

/** What the claims of a seller brought, by month and currency. */
export function recoveredReportRoute(app: App, gateway: Gateway): void {
  app.get(
    '/api/reports/recovered',
    {
      schema: {
        summary: 'What was recovered, by month and currency',
        querystring: query,
        response: { 200: recoveredSchema },
      },
    },
    async (request) => {
      const today = gateway.commands.clock.now().toISOString().slice(0, 10);
      const { to = today, from = yearBefore(to) } = request.query;
      const { tenantId } = sessionOf(request);
      const rows = await gateway.reads.recovered(tenantId, from, to);
      const currencies = [...new Set(rows.map(({ currency }) => currency))];
      const totals = currencies.map((currency) =>
        lineOf(
          currency,
          rows.filter((row) => row.currency === currency),
        ),
      );
      const months = rows.map((row) => ({ month: row.month, ...lineOf(row.currency, [row]) }));
      return { from, to, totals, months };
    },
  );
}

/** The first of twelve months, the present one included. */
function yearBefore(day: string): string {
  const [year = '', month = ''] = day.split('-');
  return new Date(Date.UTC(Number(year), Number(month) - 12, 1)).toISOString().slice(0, 10);
}

type Amounts = 'filed_value' | 'approved_value' | 'denied_value' | 'paid' | 'reversed' | 'unasked';

/** Rows of one currency added up, exactly. */
function lineOf(
  currency: string | null,
  rows: readonly RecoveredMonth[],
): z.infer<typeof lineSchema> {
  const count = (of: 'filed' | 'approved' | 'denied' | 'in_kind'): number =>
    rows.reduce((sum, row) => sum + row[of], 0);
  const minor = (of: Amounts): bigint =>
    currency === null
      ? 0n
      : rows.reduce((sum, row) => sum + toMinor({ amount: row[of], currency }), 0n);
  const sum = (...ofs: Amounts[]): number =>
    currency === null
      ? 0
      : major(
          ofs.reduce((all, of) => all + minor(of), 0n),
          currency,
        );
  return {
    currency,
    filed: { count: count('filed'), value: sum('filed_value') },
    approved: { count: count('approved'), value: sum('approved_value') },
    denied: { count: count('denied'), value: sum('denied_value') },
    paid: sum('paid'),
    reversed: sum('reversed'),
    net: currency === null ? 0 : major(minor('paid') - minor('reversed'), currency),
    unasked: sum('unasked'),
    unitsInKind: count('in_kind'),
  };
}
