import type { MarketplaceRow } from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import { compareText } from '../facts.js';
import type { OrderLine } from './order-line.js';
import { amountsOf, postedMs, type Amounts, type Transaction } from './sale.js';

/** Units for which the buyer got the money back or another unit: from then on the first one is owed to the seller. */
export interface Compensation {
  readonly kind: 'refunded' | 'replaced' | 'replaced_lost';
  /** In the marketplace's calendar. */
  readonly day: string;
  readonly units: number;
  readonly reference: string;
  readonly source: { readonly kind: 'transaction' | 'replacement'; readonly key: string };
}

/**
 * What was given to the buyer of a line, oldest first, for no more units than were shipped: a unit that is refunded and
 * replaced as well is one unit. Nothing is made of refunds of a part of the price (concessions), of fees or taxes alone, in
 * another currency, or posted before the shipment.
 */
export function compensationsOf(
  line: OrderLine,
  marketplace: MarketplaceRow,
): readonly Compensation[] {
  const { sale, shippedMs } = line;
  const shipped = sale?.units ?? 0;
  if (!sale || shipped <= 0 || shippedMs === null) return [];
  const day = (ms: number) => dayIn(marketplace.timeZone, new Date(ms));
  const refunded = line.refunds
    .filter((refund) => postedMs(refund) >= shippedMs)
    .map((refund) => refundOf(refund, { line, sale, day }));
  const replaced = line.replacements.flatMap(({ key, data }) => {
    const kind = kindOfReplacement(data.reasonCode);
    const source = { kind: 'replacement', key } as const;
    const at = day(Date.parse(data.shippedAt));
    const { quantity: units, replacementOrderId: reference } = data;
    return kind ? [{ kind, day: at, units, reference, source }] : [];
  });
  const all = [...refunded, ...replaced].sort(
    (a, b) => compareText(a.day, b.day) || compareText(a.source.key, b.source.key),
  );
  return upTo(shipped, all);
}

interface Asked {
  readonly line: OrderLine;
  readonly sale: Amounts;
  readonly day: (ms: number) => string;
}

function refundOf(refund: Transaction, { line, sale, day }: Asked): Compensation {
  return {
    kind: 'refunded',
    day: day(postedMs(refund)),
    units: wholeUnits(refund, line.sku, sale),
    reference: refund.data.orderId ?? refund.data.subject,
    source: { kind: 'transaction', key: refund.key },
  };
}

/**
 * Units of which the whole price was given back; a minor unit may be missing of each by rounding. What is no multiple of the
 * price of a unit is a part of the price of all of them, which the buyer keeps.
 */
function wholeUnits(refund: Transaction, sku: string, sale: Amounts): number {
  const back = amountsOf([refund], sku);
  const price = sale.of('Principal');
  if (back?.currency !== sale.currency || price <= 0n) return 0;
  const given = -back.of('Principal');
  if (given <= 0n) return 0;
  const shipped = BigInt(sale.units ?? 0);
  const units = Number(((given + shipped) * shipped) / price);
  if (given * shipped - BigInt(units) * price > shipped * shipped) return 0;
  return back.units === null ? units : Math.min(units, Math.max(0, back.units));
}

/** Cut off where more was given than had been shipped. */
function upTo(shipped: number, all: readonly Compensation[]): readonly Compensation[] {
  let room = shipped;
  return all.flatMap((one) => {
    const units = Math.min(room, one.units);
    room -= units;
    return units > 0 ? [{ ...one, units }] : [];
  });
}

/**
 * Amazon's reasons for a replacement (sellercentral.amazon.com 200453300). By some of them the first unit was lost or
 * damaged on its way: nobody sends it back. By `5`, missing from the shipment, it may never have left, and `12` is an
 * exception in favour of the customer: neither is claimed, nor is a reason that is not among them.
 */
const REPLACEMENTS: Readonly<Record<string, 'replaced' | 'replaced_lost'>> = {
  '0': 'replaced',
  '1': 'replaced_lost',
  '2': 'replaced',
  '3': 'replaced_lost',
  '4': 'replaced',
  '6': 'replaced_lost',
  '7': 'replaced',
  '8': 'replaced_lost',
  '9': 'replaced_lost',
  '10': 'replaced_lost',
  '11': 'replaced_lost',
};

function kindOfReplacement(code: string): 'replaced' | 'replaced_lost' | undefined {
  return REPLACEMENTS[code.trim()];
}
