import { fromMinor, sumByCurrency, toMinor } from '@recoup/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData } from '../../testing/detected.js';
import { counted, folded, rowOf } from '../../testing/matching.js';
import { lostRow } from '../../testing/rows.js';
import { transactionRow } from '../../testing/transactions.js';
import { creditsOf, type TransactionRow } from './credit.js';
import type { Payee } from './match.js';
import { matchOutcomes, type Told } from './match-outcomes.js';
import type { PaymentRow } from './payment-row.js';

const amountOf = (units: number, cents: number): string =>
  fromMinor(BigInt(units * cents), 'USD').amount;
const usd = (amount: string) => ({ amount, currency: 'USD' });

interface Filed {
  readonly caseId: string;
  readonly units: number;
  readonly sku: string;
  /** What it claims for each unit. */
  readonly cents: number;
}

function payee({ caseId, units, sku, cents }: Filed): Payee {
  const row = lostRow({ quantity: -units, referenceId: caseId, sku, fnsku: `X-${sku}` });
  const [perUnit, total] = [usd(amountOf(1, cents)), usd(amountOf(units, cents))];
  const value = { basis: 'paid_history', perUnit, total } as const;
  const found = claimOf(detectedData({ ledger: [row], change: { value } }));
  const submission = { channel: 'sandbox', amazonCaseId: caseId } as const;
  const submitted = { ...submission, submittedAt: '2026-11-02T00:00:00Z' };
  const event = { type: 'claim.submitted', data: { claimId: found.claimId, ...submitted } };
  return { state: folded(found, [event]), foundAsOf: 1, endedAsOf: null };
}

const CLAIMS = [
  { caseId: 'C-1', units: 4, sku: 'MUG', cents: 750 },
  { caseId: 'C-2', units: 2, sku: 'MUG', cents: 710 },
  { caseId: 'C-3', units: 3, sku: 'CUP', cents: 690 },
  { caseId: 'C-4', units: 1, sku: 'CUP', cents: 620 },
] as const;
const payees = CLAIMS.map(payee);

type Witness = { readonly row: PaymentRow } | { readonly transaction: TransactionRow };

interface Money {
  readonly id: string;
  readonly sku: string;
  readonly caseId: string | null;
  readonly units: number;
  readonly cents: number;
  readonly day: number;
  readonly original?: string;
}

/** One movement of money as the report tells of it, and as the account does. */
function rowFor({ id, sku, caseId, units, cents, day, original }: Money): Witness {
  const back = original === undefined ? {} : takenBack(original);
  const cash = original === undefined ? units : -units;
  const product = { sku, fnsku: `X-${sku}`, caseId, approvedAt: `2026-11-${day}T08:00:00Z` };
  const told = { quantityCash: cash, amountTotal: amountOf(cash, cents), reimbursementId: id };
  return { row: rowOf(`row-${id}`, { ...told, ...product, ...back }) };
}

function takenBack(originalReimbursementId: string) {
  return { reason: 'Reimbursement_Reversal', originalReimbursementId, caseId: null };
}

function transactionFor({ id, sku, units, cents, day, original }: Money): Witness {
  const amount = amountOf(original === undefined ? units : -units, cents);
  return {
    transaction: transactionRow(`t-${id}`, { amount, sku, units, day: `2026-11-${day + 1}` }),
  };
}

function toldBy(witnesses: readonly Witness[]): Told {
  const transactions = witnesses.flatMap((one) => ('transaction' in one ? one.transaction : []));
  return {
    rows: witnesses.flatMap((one) => ('row' in one ? one.row : [])),
    credits: creditsOf(transactions),
    reportsReadTo: '2027-06-30',
  };
}

/** Counts again whenever one more has arrived: nothing ever waits for the other witness. */
function arriving(witnesses: readonly Witness[]): readonly Payee[] {
  return witnesses.reduce<readonly Payee[]>(
    (claims, _, n) => counted(claims, toldBy(witnesses.slice(0, n + 1))),
    payees,
  );
}

const net = ({ state }: Payee): string => {
  const came = [...state.payments, ...state.unasked].flatMap(({ amount }) => amount ?? []);
  const went = state.reversals.map(({ amount }) => ({ ...amount, amount: `-${amount.amount}` }));
  return sumByCurrency([...came, ...went])[0]?.amount ?? '0';
};

/** Who tells of a movement. */
const seen = fc.constantFrom('report', 'account', 'both');
type Seen = 'report' | 'account' | 'both';

function witnessesOf(money: Money, by: Seen): readonly Witness[] {
  const both = [rowFor(money), transactionFor(money)];
  return both.filter((one) => by === 'both' || (by === 'report') === 'row' in one);
}

const aPayment = fc.record({
  ...{ paid: seen, back: fc.option(seen) },
  ...{ claim: fc.nat(3), day: fc.integer({ min: 10, max: 15 }) },
  /** Not all of its units, where it has several. */
  partly: fc.boolean(),
});
const paidUnits = ({ units }: Filed, partly: boolean): number =>
  partly ? Math.max(1, units - 1) : units;
const order = fc.infiniteStream(fc.nat());

function shuffled<T>(values: readonly T[], draws: Iterable<number>): T[] {
  const drawn = draws[Symbol.iterator]();
  const keyed = values.map((value) => ({ value, n: Number(drawn.next().value) }));
  return keyed.sort((a, b) => a.n - b.n).map(({ value }) => value);
}

describe('given payments that the report, the account or both tell of', () => {
  const payments = fc.uniqueArray(aPayment, { selector: ({ claim }) => claim, maxLength: 4 });

  it('then in whatever order they are told, and however often, each claim has what it was paid', () => {
    fc.assert(
      fc.property(payments, order, (all, draws) => {
        const witnesses = all.flatMap(({ paid, back, claim, day, partly }) => {
          const filed = CLAIMS[claim] ?? CLAIMS[0];
          const money = { ...filed, id: `R${claim}`, units: paidUnits(filed, partly), day };
          const reversal = { ...money, id: `B${claim}`, day: day + 12, original: `R${claim}` };
          return [...witnessesOf(money, paid), ...(back ? witnessesOf(reversal, back) : [])];
        });
        const mixed = shuffled(witnesses, draws);
        const once = arriving(mixed);
        expect(once.map(net)).toEqual(counted(payees, toldBy(witnesses)).map(net));
        const expected = CLAIMS.map((filed, n) => {
          const own = all.find(({ claim }) => claim === n);
          return own && !own.back ? amountOf(paidUnits(filed, own.partly), filed.cents) : '0.00';
        });
        expect(once.map((one) => toMinor(usd(net(one))))).toEqual(
          expected.map((sum) => toMinor(usd(sum))),
        );
        expect(matchOutcomes(once, toldBy(mixed))).toEqual([]);
      }),
    );
  });
});

describe('given money of any sums, for cases or for none', () => {
  const aMovement = fc.record({
    sku: fc.constantFrom('MUG', 'CUP'),
    caseId: fc.option(fc.constantFrom('C-1', 'C-2', 'C-3', 'C-9')),
    units: fc.integer({ min: 1, max: 4 }),
    day: fc.integer({ min: 10, max: 14 }),
    by: seen,
  });

  it('then never more is counted than came, and again it says nothing new', () => {
    fc.assert(
      fc.property(fc.array(aMovement, { maxLength: 7 }), order, (all, draws) => {
        const moved = all.map((one, n) => ({ ...one, cents: 750, id: `R${n}` }));
        const witnesses = moved.flatMap(({ by, ...money }) => witnessesOf(money, by));
        const mixed = shuffled(witnesses, draws);
        const after = arriving(mixed);
        const came = moved.reduce((sum, { units }) => sum + BigInt(units) * 750n, 0n);
        const counts = after.map((one) => toMinor(usd(net(one))));
        expect(counts.reduce((sum, one) => sum + one, 0n)).toBeLessThanOrEqual(came);
        expect(matchOutcomes(after, toldBy(mixed))).toEqual([]);
      }),
    );
  });
});
