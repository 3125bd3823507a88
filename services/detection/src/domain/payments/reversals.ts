import { groupBy } from '@recoup/kernel';
import { dayInNetwork, type Network } from '@recoup/domain';
import { compareText, distinct, type Payment } from '../facts.js';
import {
  familyOf,
  familyOfReason,
  isReversal,
  unitsOf,
  type PaymentFamily,
} from './net-payments.js';
import { amountOf } from './payment-claim.js';

/** A payment in cash that Amazon took back. */
export interface Reversal {
  readonly payment: Payment;
  /** The day it was taken back, in the network's calendar. */
  readonly day: string;
  readonly units: number;
  /** Minor units, positive. */
  readonly minor: bigint;
  /** Of what was paid first: whose loss it had been for. */
  readonly family: PaymentFamily;
  /** Minor units by which it and the reversals before it exceed what was paid; 0 where that is not known. */
  readonly excess: bigint;
  /** What was paid first, as far as it is known. */
  readonly originals: readonly Payment[];
}

/** Reversals in the order of their days, each with what it reverses, by exact reimbursement id and product. */
export function reversalsOf(
  reimbursements: readonly Payment[],
  network: Network,
): readonly Reversal[] {
  const payments = distinct(reimbursements);
  const paid = groupBy(
    payments.filter((payment) => !isReversal(payment)),
    ({ data }) => `${data.reimbursementId} ${data.fnsku}`,
  );
  const takenBack = new Map<string, bigint>();
  return payments
    .filter(isReversal)
    .map((payment) => ({ payment, day: dayInNetwork(network, payment.data.approvedAt) }))
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.payment.key, b.payment.key))
    .flatMap(({ payment, day }) => {
      const minor = amountOf(payment) ?? 0n;
      const units = unitsOf(payment);
      if (minor === 0n || units === 0) return [];
      const id = `${payment.data.originalReimbursementId ?? ''} ${payment.data.fnsku}`;
      const originals = paid.get(id) ?? [];
      const sum = (takenBack.get(id) ?? 0n) + minor;
      takenBack.set(id, sum);
      const over = sum - (totalOf(originals, payment.data.currency) ?? sum);
      const excess = over < minor ? over : minor;
      const family = familyBehind(payment, originals);
      return [{ payment, day, units, minor, family, excess: excess < 0n ? 0n : excess, originals }];
    });
}

function familyBehind({ data }: Payment, [original]: readonly Payment[]): PaymentFamily {
  return original ? familyOf(original) : familyOfReason(data.originalReimbursementType ?? '');
}

/** Null where nothing is known of it, or not all of it in the currency of the reversal. */
function totalOf(originals: readonly Payment[], currency: string): bigint | null {
  if (originals.length === 0) return null;
  let total = 0n;
  for (const original of originals) {
    const minor = amountOf(original);
    if (minor === null || original.data.currency !== currency) return null;
    total += minor;
  }
  return total;
}
