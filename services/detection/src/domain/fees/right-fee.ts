import { addDays } from '@recoup/kernel';
import { feePeriodOf, type FeePeriod } from '../policies/fee-periods.js';
import type { DayCharges } from './charge.js';
import type { SkuCharges } from './charge-book.js';

/** Days after a change of the card in which what Amazon states may still be of the card before. */
const STATED_LATE = 3;
/** A charge may be posted on the other side of midnight than it was made. */
const MIDNIGHT = 1;
/** Money that was held back is told of when it is released, so many days after the shipment at most. */
const HELD = 15;

/**
 * What is right for one unit in a period: what Amazon states, if it states it for this period; else what it took from the
 * same product, or from others of the same stated fee, in that period. Null where nothing says it.
 */
export function rightFeeIn(period: FeePeriod, charges: SkuCharges, today: string): bigint | null {
  const { statement, fulfilment } = charges;
  const now = feePeriodOf(statement.marketplace.network, today);
  const settled = addDays(period.effectiveFrom, STATED_LATE) <= today;
  if (now === period && settled) return statement.fulfilment;
  return fulfilment.ownExample(period) ?? charges.peerFee(period);
}

/**
 * What is right for units charged on a day, each; null where nothing says it, or where the charge may be of the card
 * before or after: it was posted close to the change, and is what was right on its other side, or nobody knows what was.
 */
export function rightFeeFor(one: DayCharges, charges: SkuCharges, today: string): bigint | null {
  const { network } = charges.statement.marketplace;
  const period = feePeriodOf(network, one.postedDay);
  const right = period && rightFeeIn(period, charges, today);
  if (!period || right === null) return null;
  const early = feePeriodOf(network, addDays(one.postedDay, one.dated ? -MIDNIGHT : -HELD));
  const late = feePeriodOf(network, addDays(one.postedDay, MIDNIGHT));
  const others = [early, late].filter((other) => other !== period);
  const mayBeOther = others.some((other) => {
    const there = other && rightFeeIn(other, charges, today);
    return there === null || there === one.rate;
  });
  return mayBeOther ? null : right;
}
