import type { Projection } from '@recoup/projections';
import type { Money } from '@recoup/kernel';

/** One movement of money of a claim: what Amazon paid, or took back. */
export interface PaymentRow {
  readonly kind: 'paid' | 'reversed';
  readonly claimId: string;
  readonly reference: string;
  /** The day on which it happened. */
  readonly day: string;
  /** Never negative; null where the sum was not told, and where units came back in place of money. */
  readonly amount: Money | null;
  readonly unitsInKind: number;
}

/** Payments and reversals one by one, for sums over a span of days. */
export const paymentProjection: Projection<PaymentRow> = {
  name: 'payment',
  version: 1,
  keyOf: ({ type, id }) => (type === 'claim.paid' || type === 'claim.reversed' ? id : null),
  evolve(before, event) {
    if (event.type === 'claim.paid') {
      const { claimId, reference, paidOn, amount, unitsInKind } = event.data;
      return { kind: 'paid', claimId, reference, day: paidOn, amount, unitsInKind };
    }
    if (event.type === 'claim.reversed') {
      const { claimId, reference, reversedOn, amount } = event.data;
      return { kind: 'reversed', claimId, reference, day: reversedOn, amount, unitsInKind: 0 };
    }
    return before;
  },
};
