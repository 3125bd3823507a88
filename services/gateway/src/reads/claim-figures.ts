import { fromMinor, toMinor } from '@recoup/kernel';
import type { ClaimTotal, PaymentTotal } from '../adapters/figure-reads.js';
import { phaseOf, type ClaimPhase } from '../projections/claim-phase.js';

/** The money of a seller's claims in one currency, in major units. Unknown amounts count 0. */
export interface CurrencyFigures {
  /** Found, and neither decided nor ended. */
  readonly pendingAmount: number;
  /** Agreed by Amazon and not yet paid. */
  readonly approvedValue: number;
  /** Paid, less what was taken back. */
  readonly paidValue: number;
  /** The three together. */
  readonly totalAmount: number;
  /** Paid by Amazon unasked, less what it took back of that: in none of the others. */
  readonly unaskedAmount: number;
}

/** Each currency on its own: currencies are never added together. Sums are made in minor units. */
export function moneyFigures(
  totals: readonly ClaimTotal[],
  payments: readonly PaymentTotal[],
): Readonly<Record<string, CurrencyFigures>> {
  const currencies = new Set([...totals, ...payments].flatMap(({ currency }) => currency ?? []));
  return Object.fromEntries(
    [...currencies].map((currency) => [currency, figuresIn(currency, totals, payments)]),
  );
}

/** A currency of which nothing is known: a seller without claims. */
export const NOTHING: CurrencyFigures = {
  pendingAmount: 0,
  approvedValue: 0,
  paidValue: 0,
  totalAmount: 0,
  unaskedAmount: 0,
};

function figuresIn(
  currency: string,
  totals: readonly ClaimTotal[],
  payments: readonly PaymentTotal[],
): CurrencyFigures {
  const own = totals.filter((total) => total.currency === currency);
  const sum = (...phases: ClaimPhase[]): bigint =>
    inPhase(own, ...phases).reduce((all, { amount }) => all + toMinor({ amount, currency }), 0n);
  const pending = sum('open');
  // What is left of an agreed sum after a first payment is agreed and not yet paid.
  const approved = sum('agreed', 'paid');
  const paid = paidIn(currency, payments);
  return {
    pendingAmount: major(pending, currency),
    approvedValue: major(approved, currency),
    paidValue: major(paid, currency),
    totalAmount: major(pending + approved + paid, currency),
    unaskedAmount: major(unaskedIn(currency, payments), currency),
  };
}

/** Paid less taken back, in minor units. */
export function paidIn(currency: string, payments: readonly PaymentTotal[]): bigint {
  return payments
    .filter((total) => total.currency === currency)
    .reduce(
      (all, { paid, reversed }) =>
        all + toMinor({ amount: paid, currency }) - toMinor({ amount: reversed, currency }),
      0n,
    );
}

function unaskedIn(currency: string, payments: readonly PaymentTotal[]): bigint {
  return payments
    .filter((total) => total.currency === currency)
    .reduce((all, { unasked: amount }) => all + toMinor({ amount, currency }), 0n);
}

/** The number that the contract asks for, made of an exact sum. */
export function major(minor: bigint, currency: string): number {
  return Number(fromMinor(minor, currency).amount);
}

/** The totals whose claims are in one of these phases. */
export function inPhase(
  totals: readonly ClaimTotal[],
  ...phases: ClaimPhase[]
): readonly ClaimTotal[] {
  return totals.filter(({ status }) => phases.includes(phaseOf(status)));
}
