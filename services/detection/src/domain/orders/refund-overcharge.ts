import type { MarketplaceRow } from '@recoup/domain';
import { dayIn, fromMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type OrderDetector } from '../detector.js';
import type { OrderFacts } from '../facts.js';
import { judge } from '../judge.js';
import type { OrderLine } from './order-line.js';
import { orderBookOf } from './order-losses.js';
import { subjectOf } from './order-subject.js';
import { amountsOf, postedMs, type Amounts, type Transaction } from './sale.js';

/**
 * What a buyer pays and is given back, with the tax that Amazon collects and passes on, which adds nothing. Goodwill, the
 * cost of sending it back and fees are not among it: a concession is no overcharge.
 */
const OF_THE_BUYER =
  /^(Principal|ShippingCharge|GiftWrap|Promotion|RestockingFee|Tax|ShippingTax|GiftWrapTax|MarketplaceFacilitatorTax.*)$/;

/**
 * Money that was taken from the seller for refunds beyond what the buyer of a line had paid: nothing of it depends on whether
 * the unit came back, which is another claim.
 */
export const refundOvercharge: OrderDetector = {
  subtype: 'refund_overcharge',
  of: 'order',
  needs: ['orders', 'transactions'],
  detect(facts, context) {
    const { marketplace, lines } = orderBookOf(facts, context);
    if (!marketplace) return NOTHING;
    return together(lines.map((line) => claimOf(line, { facts, context, marketplace })));
  },
};

interface Look {
  readonly facts: OrderFacts;
  readonly context: Context;
  readonly marketplace: MarketplaceRow;
}

function claimOf(line: OrderLine, { facts, context, marketplace }: Look): Detected {
  const excess = excessOf(line);
  if (!excess) return NOTHING;
  const { minor, last, given, paid } = excess;
  const { currency } = paid;
  const startDay = dayIn(marketplace.timeZone, new Date(postedMs(last)));
  const amount = fromMinor(minor, currency);
  const reference = facts.orderId;
  const soldOn = dayIn(marketplace.timeZone, new Date(line.shippedMs ?? postedMs(last)));
  const draft = {
    marketplace,
    anchor: [facts.orderId, line.sku],
    subject: subjectOf(line, facts, context),
    startDay,
    statedByAmazon: true,
    quantity: 1,
    value: { basis: 'difference' as const, perUnit: amount, total: amount },
    features: { exact_match: 1, excess_share: Number(minor) / Number(ofBuyer(paid)) },
    allocation: [
      {
        ...{ kind: 'refunded' as const, day: startDay, quantity: 1, reference, facility: null },
        amount: fromMinor(given, currency),
      },
      {
        ...{ kind: 'paid' as const, day: soldOn, quantity: 1, reference, facility: null },
        amount: fromMinor(ofBuyer(paid), currency),
      },
    ],
    sources: line.refunds.map(({ key }) => ({ kind: 'transaction', key })),
  };
  return judge(draft, refundOvercharge, context);
}

interface Excess {
  readonly minor: bigint;
  readonly given: bigint;
  readonly paid: Amounts;
  /** The refund with which more was given back than had been paid. */
  readonly last: Transaction;
}

function excessOf({ sale, refunds, sku }: OrderLine): Excess | null {
  if (!sale?.units || ofBuyer(sale) <= 0n) return null;
  let given = 0n;
  let last: Transaction | null = null;
  for (const refund of [...refunds].sort((a, b) => postedMs(a) - postedMs(b))) {
    const amounts = amountsOf([refund], sku);
    if (amounts?.currency !== sale.currency) return null;
    given -= ofBuyer(amounts);
    last ??= given > limit(sale, refunds) ? refund : null;
  }
  return last && { minor: given - ofBuyer(sale), given, paid: sale, last };
}

/** Refunds of single units round discounts and taxes each by itself: so much is no overcharge. */
function limit(sale: Amounts, refunds: readonly Transaction[]): bigint {
  return ofBuyer(sale) + 2n * BigInt(refunds.length + (sale.units ?? 0));
}

function ofBuyer(amounts: Amounts): bigint {
  let sum = 0n;
  for (const type of amounts.types) if (OF_THE_BUYER.test(type)) sum += amounts.of(type);
  return sum;
}
