import type { EventType } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';
import type { Money } from '@recoup/kernel';

/** One movement of money of a claim: what Amazon paid, or took back. */
export interface PaymentRow {
  readonly kind: 'paid' | 'reversed';
  /** Amazon had paid it by itself: it counts apart. */
  readonly unasked: boolean;
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
  keyOf: ({ type, id }) => (MOVEMENTS.has(type) ? id : null),
  evolve(before, event) {
    switch (event.type) {
      case 'claim.paid':
      case 'claim.paid_unasked': {
        const { claimId, reference, paidOn, amount, unitsInKind } = event.data;
        const unasked = event.type === 'claim.paid_unasked';
        return { kind: 'paid', unasked, claimId, reference, day: paidOn, amount, unitsInKind };
      }
      case 'claim.reversed': {
        const { claimId, reference, reversedOn: day, amount, unasked = false } = event.data;
        return { kind: 'reversed', unasked, claimId, reference, day, amount, unitsInKind: 0 };
      }
      default:
        return before;
    }
  },
};

const MOVEMENTS: ReadonlySet<string> = new Set<EventType>([
  'claim.paid',
  'claim.paid_unasked',
  'claim.reversed',
]);
