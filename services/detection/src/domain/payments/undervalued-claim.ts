import type { AllocationLine, SourceRef } from '@recoup/contracts';
import type { MarketplaceRow } from '@recoup/domain';
import type { Context } from '../context.js';
import type { Detected } from '../detector.js';
import type { Payment } from '../facts.js';
import { judge, type Drafter } from '../judge.js';
import { moneyLine, subjectOf, valueOf } from './payment-claim.js';

/** A payment that was too low. Amounts in minor units of its currency. */
export interface Undervalued {
  readonly payment: Payment;
  readonly marketplace: MarketplaceRow;
  /** What tells it from all others; the row of the payment unless said. */
  readonly anchor?: readonly string[];
  /** The day it was approved, from which its window counts. */
  readonly day: string;
  /** Units that it was for. */
  readonly units: number;
  /** What it should have been. */
  readonly expected: bigint;
  readonly paid: bigint;
  /** Further payments that make up for a part of it. */
  readonly madeUp?: readonly MadeUp[];
  /** What else shows it. */
  readonly sources?: readonly SourceRef[];
}

/** A part of another payment, of which so much was more than it should have been. */
export interface MadeUp {
  readonly payment: Payment;
  readonly day: string;
  readonly units: number;
  readonly minor: bigint;
}

/** Differences up to a hundredth of what was due are left alone: roundings, and a rate of exchange of another day. */
const TOLERATED = 100n;

/** Whether a payment is so far below what was due that it is claimed. */
export function isTooLow(expected: bigint, paid: bigint): boolean {
  return (expected - paid) * TOLERATED > expected;
}

/** Claims what a payment lacks. */
export function undervaluedClaim(one: Undervalued, detector: Drafter, context: Context): Detected {
  const { payment, marketplace, day, units, expected, paid, madeUp = [], sources = [] } = one;
  const { anchor = [payment.key] } = one;
  const { currency } = payment.data;
  const missing = expected - paid - madeUp.reduce((sum, { minor }) => sum + minor, 0n);
  const line = (kind: AllocationLine['kind'], minor: bigint) =>
    moneyLine(kind, payment, { day, units, minor });
  const draft = {
    marketplace,
    anchor,
    subject: subjectOf(payment),
    startDay: day,
    statedByAmazon: true,
    quantity: units,
    value: valueOf('difference', missing, { units, currency }),
    features: { exact_match: 1, excess_share: Number(missing) / Number(expected) },
    allocation: [
      line('expected', expected),
      line('paid', paid),
      ...madeUp.map((part) => moneyLine('paid', part.payment, part)),
    ],
    sources: [
      { kind: 'reimbursement', key: payment.key },
      ...madeUp.map((part) => ({ kind: 'reimbursement', key: part.payment.key })),
      ...sources,
    ],
  };
  return judge(draft, detector, context);
}
