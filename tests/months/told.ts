import { z } from 'zod';
import { allRecoveries, type Browser } from '../product/index.js';
import { cents, type Totals } from './books.js';

const metricsSchema = z.object({
  byCurrency: z.record(
    z.string(),
    z.object({ pendingAmount: z.number(), paidValue: z.number(), unaskedAmount: z.number() }),
  ),
});

const counted = z.object({ count: z.int(), value: z.number() });
const reportSchema = z.object({
  totals: z.array(
    z.object({
      currency: z.string().nullable(),
      ...{ filed: counted, denied: counted },
      ...{ paid: z.number(), reversed: z.number(), net: z.number(), unasked: z.number() },
    }),
  ),
});

/** The days that a report is asked for: wider than any run. */
const EVER = 'from=2020-01-01&to=2099-12-31';

/** What the product tells a seller in one currency, from its figures, its report and its list of claims. */
export async function toldIn(browser: Browser, currency: string): Promise<Totals> {
  const [metrics, report, claims] = await Promise.all([
    browser.get('/api/metrics/recoveries', metricsSchema),
    browser.get(`/api/reports/recovered?${EVER}`, reportSchema),
    allRecoveries(browser),
  ]);
  const figures = metrics.byCurrency[currency] ?? NO_FIGURES;
  const line = report.totals.find((one) => one.currency === currency) ?? NO_LINE;
  // What can still be dismissed is open and not filed.
  const unfiled = claims
    .filter((claim) => claim.currency === currency && claim.amazonCaseId === null)
    .filter(({ actions }) => actions.includes('dismiss'))
    .reduce((sum, { guaranteedAmount }) => sum + guaranteedAmount, 0);
  const { filed, denied, paid, reversed, net, unasked } = line;
  // The same sums stand in two places: they are one number or the run has failed.
  if (figures.paidValue !== net || figures.unaskedAmount !== unasked) {
    throw new Error(`figures and report differ: ${JSON.stringify({ figures, line })}`);
  }
  return {
    ...{ filed: filed.value, cases: filed.count, paid, reversed, unasked },
    pending: cents(figures.pendingAmount - unfiled),
    denied: denied.value,
  };
}

const NO_FIGURES = { pendingAmount: 0, paidValue: 0, unaskedAmount: 0 };
const NOTHING = { count: 0, value: 0 };
const NO_LINE = { filed: NOTHING, denied: NOTHING, paid: 0, reversed: 0, net: 0, unasked: 0 };
