import type { AllocationLine, ClaimValue } from '@recoup/contracts';
import { marketplacesOf, type MarketplaceRow, type Network } from '@recoup/domain';
import { BadAmount, fromMinor, toMinor } from '@recoup/kernel';
import type { Payment } from '../facts.js';
import type { Subject } from '../judge.js';

/** The store that a payment in this currency is of; null where nobody in the network is paid in it. */
export function storePaidIn(network: Network, currency: string): MarketplaceRow | null {
  return marketplacesOf(network).find((store) => store.currency === currency) ?? null;
}

/** What a claim about a payment is about. */
export function subjectOf({
  data,
}: Payment): Subject extends infer S
  ? Omit<S, 'marketplaceId' | 'facility' | 'shipmentId' | 'removalOrderId'>
  : never {
  const { fnsku, sku, asin, productName, orderId, reimbursementId } = data;
  return { fnsku, sku, asin, productName, orderId, reimbursementId };
}

/** Minor units of a payment's whole amount, without its sign; null for an amount that is none in its currency. */
export function amountOf({ data: { amountTotal, currency } }: Payment): bigint | null {
  try {
    const minor = toMinor({ amount: amountTotal, currency });
    return minor < 0n ? -minor : minor;
  } catch (error) {
    if (error instanceof BadAmount) return null;
    throw error;
  }
}

/** A value of minor units over units; what does not divide has no amount for one of them. */
export function valueOf(
  basis: ClaimValue['basis'],
  minor: bigint,
  { units, currency }: { readonly units: number; readonly currency: string },
): ClaimValue {
  const each = BigInt(units);
  return {
    basis,
    perUnit: minor % each === 0n ? fromMinor(minor / each, currency) : null,
    total: fromMinor(minor, currency),
  };
}

/** A line of money about a payment. */
export function moneyLine(
  kind: AllocationLine['kind'],
  payment: Payment,
  { day, units, minor }: { readonly day: string; readonly units: number; readonly minor: bigint },
): AllocationLine {
  const { reimbursementId, currency } = payment.data;
  return {
    kind,
    day,
    quantity: units,
    reference: reimbursementId,
    facility: null,
    amount: fromMinor(minor, currency),
  };
}
