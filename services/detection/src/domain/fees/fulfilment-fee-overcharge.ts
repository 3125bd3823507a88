import { todayAt } from '../context.js';
import type { ChargesDetector } from '../detector.js';
import { feePeriodOf } from '../policies/fee-periods.js';
import type { SkuCharges } from './charge-book.js';
import type { DayCharges } from './charge.js';
import { feeClaims, type Excess } from './fee-claim.js';
import { hadTodaysSize } from './measured-size.js';
import { rightFeeFor } from './right-fee.js';

/**
 * Units shipped for more than Amazon states for their measured size, while it measured no other. Owned here: the fee per
 * unit of sales. Surcharges that are charged by themselves (low inventory, peak packaging) are not part of it.
 */
export const fulfilmentFeeOvercharge: ChargesDetector = {
  subtype: 'fulfilment_fee_overcharge',
  of: 'charges',
  needs: ['transactions', 'feePreview', 'storageFees'],
  detect(charges, context) {
    const { statement, fulfilment } = charges;
    const today = todayAt(statement.marketplace, context);
    const judged = fulfilment.dear.flatMap((one) => {
      const fee = feeOfItsSize(one, charges, today);
      return fee === null ? [] : [{ one, fee }];
    });
    const right = judged.filter(({ one, fee }) => one.rate <= fee).map(({ one }) => one.day);
    return feeClaims(
      judged.flatMap(({ one, fee }) => excessOf(one, fee, charges)),
      { detector: fulfilmentFeeOvercharge, context, statement, right: fulfilment.low.and(right) },
    );
  },
};

/** What is right for each unit; null where that, or the size, is not sure. */
function feeOfItsSize(one: DayCharges, charges: SkuCharges, today: string): bigint | null {
  const month = one.postedDay.slice(0, 7);
  if (!hadTodaysSize(month, charges.statement.sizes)) return null;
  return rightFeeFor(one, charges, today);
}

function excessOf(one: DayCharges, fee: bigint, { statement }: SkuCharges): Excess[] {
  const { fulfilment, marketplace } = statement;
  if (fulfilment === null || one.rate <= fee) return [];
  // What is stated today must speak for the right fee and not for the one that was charged.
  if (apart(fulfilment, fee) >= apart(fulfilment, one.rate)) return [];
  const card = feePeriodOf(marketplace.network, one.postedDay)?.name ?? '';
  return [{ ...one, expected: fee * BigInt(one.units), card }];
}

function apart(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
