import type { AnyProjection } from '@recoup/projections';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimProjection } from '../projections/claim.js';
import { paymentProjection } from '../projections/payment.js';
import { claimCounts, unknownAmounts } from '../reads/claim-counts.js';
import { major, moneyFigures, NOTHING, paidIn } from '../reads/claim-figures.js';
import { expectedIn } from '../reads/expected-value.js';
import { claimLife, eventsOf, isApproved, type ClaimLife } from '../testing/claim-life.js';
import { foldRows } from '../testing/fold.js';
import { openFigureReads, type FigureReads } from './figure-reads.js';

const LONG_AGO = '2000-01-01T00:00:00.000Z';
const SINCE = '2026-11-15';

let database: TestDatabase;
let admin: Pool;
let pool: Pool;
let reads: FigureReads;
let tenants = 0;

beforeAll(async () => {
  database = await createDatabase();
  admin = new Pool({ connectionString: database.adminUrl });
  pool = new Pool({ connectionString: database.urlOf('recoup_gateway_tenant') });
  for (const opened of [admin, pool]) opened.on('error', () => undefined);
  reads = openFigureReads(pool);
});
afterAll(async () => {
  await Promise.all([pool.end(), admin.end()]);
  await database.drop();
});

async function store(tenant: string, lives: readonly ClaimLife[]): Promise<void> {
  const events = lives.flatMap((life, index) => eventsOf(life, `claim_${index}`));
  const stored: readonly AnyProjection[] = [claimProjection, paymentProjection];
  for (const projection of stored) {
    const rows = [...foldRows(projection, events)].map(([key, doc]: [string, unknown]) => ({
      key,
      doc,
    }));
    await admin.query(
      `insert into rm.${projection.name}_v1 (tenant_id, key, doc, position)
       select $1, key, doc, 1 from jsonb_to_recordset($2) as given(key text, doc jsonb)`,
      [tenant, JSON.stringify(rows)],
    );
  }
}

/** The figures of one currency, added claim by claim in whole numbers of its smallest unit. */
function naive(all: readonly ClaimLife[], currency: string) {
  const lives = all.filter((life) => life.currency === currency);
  const open = lives.filter(({ end }) => end === 'open');
  const add = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
  const approved = lives.filter(isApproved);
  const payments = approved.flatMap((life) => life.payments);
  return {
    pending: add(open.map(({ value }) => value ?? 0)),
    approved: add(approved.map((life) => unpaid(life) ?? 0)),
    paid: add(payments.map((payment) => payment.sum ?? 0)),
    paidLately: add(payments.map((payment) => (payment.day >= SINCE ? (payment.sum ?? 0) : 0))),
    // Confidences are whole percents: a sum of hundredths, rounded half up.
    expected: Math.floor(
      (add(open.map(({ value, confidence }) => (value ?? 0) * confidence)) + 50) / 100,
    ),
  };
}

function unpaid({ end, value, agreed, payments }: ClaimLife): number | null {
  const sum = agreed ?? (end === 'approved' ? value : null);
  if (sum === null || payments.some((payment) => payment.sum === null)) return null;
  return Math.max(
    0,
    payments.reduce((left, payment) => left - (payment.sum ?? 0), sum),
  );
}

function unknownOf(lives: readonly ClaimLife[]): number {
  const open = lives.filter(({ end, value }) => end === 'open' && value === null);
  const approved = lives.filter(isApproved);
  const agreed = approved.filter((life) => life.payments.length === 0 && unpaid(life) === null);
  const paid = approved.flatMap((life) => life.payments).filter((payment) => payment.sum === null);
  return open.length + agreed.length + paid.length;
}

describe('figures', () => {
  it('given any claims, then every sum and count is that of adding them one by one', async () => {
    const units = { USD: 100, JPY: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(claimLife, { maxLength: 25 }), async (lives) => {
        const tenant = `tenant-${(tenants += 1)}`;
        await store(tenant, lives);
        const totals = await reads.claimTotals(tenant, LONG_AGO);
        const payments = await reads.paymentTotals(tenant, null);
        const lately = await reads.paymentTotals(tenant, SINCE);
        const figures = moneyFigures(totals, payments);
        for (const currency of ['USD', 'JPY'] as const) {
          const { pending, approved, paid, paidLately, expected } = naive(lives, currency);
          const unit = units[currency];
          expect(figures[currency] ?? NOTHING).toEqual({
            pendingAmount: pending / unit,
            approvedValue: approved / unit,
            paidValue: paid / unit,
            totalAmount: (pending + approved + paid) / unit,
            unaskedAmount: 0,
          });
          expect(major(paidIn(currency, lately), currency)).toBe(paidLately / unit);
          expect(expectedIn(currency, totals)).toBe(BigInt(expected));
        }
        expect(unknownAmounts(totals, payments)).toBe(unknownOf(lives));
        const won = lives.filter(isApproved).length;
        const decided = won + lives.filter(({ end }) => end === 'denied').length;
        expect(claimCounts(totals)).toMatchObject({
          totalClaimsFound: lives.filter(({ end }) => end !== 'withdrawn').length,
          inProgress: lives.filter(({ end }) => end === 'open').length,
          successRate: decided === 0 ? 0 : Math.round((won / decided) * 1000) / 10,
        });
      }),
      { numRuns: 60 },
    );
  });
});
