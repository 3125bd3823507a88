import type { ClaimValue } from '@recoup/contracts';
import { fromMinor, times } from '@recoup/kernel';
import type { Amounts } from '../orders/sale.js';
import { valuationFor } from '../policies/valuation.js';
import { atMost, UNKNOWN_VALUE } from './pre-order-value.js';

const FULFILMENT = 'FBAPerUnitFulfillmentFee';

/**
 * What units are worth that a customer had ordered: the price they were sold at, after discounts, less the referral and
 * fulfilment fees of that very sale; at most the policy's cap. A cent that does not divide by the units is left to Amazon.
 * Unknown where the sale or one of its fees is; null where nothing is left of the price, so that nothing is owed.
 */
export function postOrderValue(
  sale: Amounts | null,
  { units, day }: { readonly units: number; readonly day: string },
): ClaimValue | null {
  if (!sale?.units || !sale.has('Commission') || !sale.has(FULFILMENT)) return UNKNOWN_VALUE;
  const left =
    sale.of('Principal') + sale.of('Promotion') + sale.of('Commission') + sale.of(FULFILMENT);
  const minor = left / BigInt(sale.units);
  if (minor <= 0n) return null;
  const policy = valuationFor(day);
  const whole = fromMinor(minor, sale.currency);
  const perUnit = policy ? atMost(whole, policy) : whole;
  return { basis: 'sale_price_less_fees', perUnit, total: times(perUnit, units) };
}
