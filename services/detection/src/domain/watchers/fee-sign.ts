import type { MarketplaceRow } from '@recoup/domain';
import { dayIn, fromMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import type { OrderFacts } from '../facts.js';
import { note } from '../note.js';
import type { OrderLine } from '../orders/order-line.js';
import { orderBookOf } from '../orders/order-losses.js';
import { subjectOf } from '../orders/order-subject.js';
import { amountsOf, postedMs, type Amounts, type Transaction } from '../orders/sale.js';
import type { OrderWatcher } from '../watcher.js';

/** Fees that every sale is charged and no sale is paid. */
const FEES = ['Commission', 'FBAPerUnitFulfillmentFee'] as const;

/**
 * Fees of the wrong sign, all that was posted for a line added up: a sale that was paid a fee, which Amazon may take back, and a
 * refund that was charged the commission anew in place of getting it back.
 */
export const feeSign: OrderWatcher = {
  kind: 'fee_sign',
  of: 'order',
  needs: ['orders', 'transactions'],
  cleared: 'Amazon put the fee right, or 90 days have passed.',
  watch(facts, context) {
    const { marketplace, lines } = orderBookOf(facts, context);
    if (!marketplace) return [];
    const sold = facts.transactions.filter(({ data }) => data.type === 'Shipment');
    return lines.flatMap((line) => {
      const look = { line, facts, marketplace, context };
      return [...paidForASale(line, sold), ...chargedForARefund(line)].flatMap((wrong) =>
        sight(wrong, look),
      );
    });
  },
};

interface WrongSign {
  readonly fee: string;
  readonly of: 'sale' | 'refund';
  readonly minor: bigint;
  readonly currency: string;
  readonly transactions: readonly Transaction[];
}

function paidForASale({ sale, sku }: OrderLine, sold: readonly Transaction[]): WrongSign[] {
  if (!sale || sale.of('Principal') <= 0n) return [];
  const transactions = sold.filter(({ data }) => data.items.some((item) => item.sku === sku));
  return FEES.filter((fee) => sale.of(fee) > 0n).map((fee) =>
    wrongSign({ fee, of: 'sale', transactions }, sale),
  );
}

function chargedForARefund({ refunds, sku }: OrderLine): WrongSign[] {
  const back = amountsOf(refunds, sku);
  if (!back || back.of('Principal') >= 0n || back.of('Commission') >= 0n) return [];
  return [wrongSign({ fee: 'Commission', of: 'refund', transactions: refunds }, back)];
}

function wrongSign(
  part: Pick<WrongSign, 'fee' | 'of' | 'transactions'>,
  amounts: Amounts,
): WrongSign {
  return { ...part, minor: amounts.of(part.fee), currency: amounts.currency };
}

interface Look {
  readonly line: OrderLine;
  readonly facts: OrderFacts;
  readonly marketplace: MarketplaceRow;
  readonly context: Context;
}

function sight(wrong: WrongSign, { line, facts, marketplace, context }: Look) {
  const posted = wrong.transactions.filter(({ data }) => !data.held).map(postedMs);
  const since = dayIn(marketplace.timeZone, new Date(Math.min(...posted)));
  const { fee, of, minor, currency } = wrong;
  const amount = fromMinor(minor, currency);
  const { orderId } = facts;
  const text = `${amount.amount.replace('-', '')} ${currency}`;
  const [reason, nextStep] =
    of === 'sale'
      ? [
          `The sale of order ${orderId} was paid a fee (${fee}) of ${text} in place of being charged it.`,
          'Do not spend it yet: Amazon may take it back.',
        ]
      : [
          `The refund of order ${orderId} was charged a commission of ${text} in place of getting it back.`,
          'Compare it with the order in Seller Central, and ask Amazon to put it right.',
        ];
  return note(
    {
      ...{ kind: 'fee_sign', marketplace, anchor: [orderId, line.sku, of, fee] },
      ...{ subject: subjectOf(line, facts, context), since, quantity: null, reason, nextStep },
      lines: [
        {
          ...{ kind: 'charged', day: since, quantity: 1, reference: orderId, facility: null },
          amount,
        },
      ],
      sources: wrong.transactions.map(({ key }) => ({ kind: 'transaction', key })),
    },
    context,
  );
}
