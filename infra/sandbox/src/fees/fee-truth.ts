import type { FeeCase } from '../causes/plant-fees.js';
import { decimal } from '../world/amount.js';
import type { Calendar } from '../world/calendar.js';
import type { OrderBook } from '../world/order-book.js';
import type { Order, OrderLine } from '../world/order.js';
import { netOf, soldOn } from '../world/order-transactions.js';
import { chargedFulfilmentCents, chargedReferralCents, rightFulfilmentCents } from './charges.js';
import { referralCents } from './referral-fee.js';
import type { StorageBook } from './storage-book.js';

/** Fees of one product that were charged too high. */
export interface TrueFeeClaim {
  readonly kind: 'fulfilment_fee' | 'storage_fee' | 'referral_fee';
  readonly marketplaceId: string;
  readonly sku: string;
  readonly fnsku: string;
  /** Days of the first and the last charge; for storage the month, twice. */
  readonly from: string;
  readonly to: string;
  readonly charges: number;
  readonly overcharged: { readonly amount: string; readonly currency: string };
  readonly cause: string;
}

export interface FeeLookAlike {
  readonly sku: string;
  readonly fnsku: string;
  readonly cause: string;
  readonly why: string;
}

export interface FeeTruth {
  readonly feeClaims: readonly TrueFeeClaim[];
  readonly feeLookAlikes: readonly FeeLookAlike[];
}

/** What fees have been charged with until the calendar ends. */
export interface ChargedUntil {
  readonly calendar: Calendar;
  readonly book: OrderBook;
  readonly storage: StorageBook;
}

interface Overcharge {
  readonly sku: string;
  readonly day: string;
  readonly cents: number;
}

/** What is owed by a calendar's end, reckoned from the charges themselves: an error that met no charge owes nothing. */
export function feeTruth(cases: readonly FeeCase[], charged: ChargedUntil): FeeTruth {
  const sold = soldTooDear(cases, charged);
  const feeClaims = cases.flatMap(({ cause, product }) => {
    const { owes } = cause;
    if (owes === null) return [];
    const { sku, fnsku, marketplace } = product;
    const over =
      owes === 'storage_fee'
        ? storedTooDear(product.sku, charged)
        : sold[owes].filter((one) => one.sku === sku);
    const first = over[0];
    const last = over.at(-1);
    if (!first || !last) return [];
    const cents = over.reduce((sum, one) => sum + one.cents, 0);
    const overcharged = { amount: decimal(cents), currency: marketplace.currency };
    const about = { kind: owes, marketplaceId: marketplace.id, sku, fnsku, cause: cause.name };
    return [{ ...about, from: first.day, to: last.day, charges: over.length, overcharged }];
  });
  const feeLookAlikes = cases.flatMap(({ cause, product: { sku, fnsku } }) =>
    cause.why === undefined ? [] : [{ sku, fnsku, cause: cause.name, why: cause.why }],
  );
  return { feeClaims, feeLookAlikes };
}

type SoldTooDear = Record<'fulfilment_fee' | 'referral_fee', Overcharge[]>;

/** Every sale since the first error, in the order of shipment: one charge for each line. */
function soldTooDear(cases: readonly FeeCase[], { calendar, book }: ChargedUntil): SoldTooDear {
  const histories = cases.map(({ product }) => product.feeHistory);
  const begins = histories.flatMap(({ fulfilment, referral }) => [fulfilment, referral]);
  const oldest = begins.flatMap((span) => (span ? [span.from] : [])).sort()[0];
  const over: SoldTooDear = { fulfilment_fee: [], referral_fee: [] };
  if (oldest === undefined) return over;
  const firstDay = calendar.dayOf(Date.parse(oldest));
  for (let day = firstDay; day < calendar.days; day += 1) {
    for (const order of book.shippedOn(day)) {
      for (const line of order.lines) note(over, order, line);
    }
  }
  return over;
}

function note(over: SoldTooDear, order: Order, line: OrderLine): void {
  const { product, units } = line;
  const { sku, group } = product;
  const day = soldOn(order);
  if (product.feeHistory.fulfilment && order.fulfilledByAmazon) {
    const perUnit = chargedFulfilmentCents(product, day) - rightFulfilmentCents(product, day);
    if (perUnit !== 0) over.fulfilment_fee.push({ sku, day, cents: perUnit * units });
  }
  if (product.feeHistory.referral) {
    const net = netOf(line);
    const cents = chargedReferralCents(product, net, day) - referralCents(group, net);
    if (cents !== 0) over.referral_fee.push({ sku, day, cents });
  }
}

function storedTooDear(sku: string, { calendar, storage }: ChargedUntil): Overcharge[] {
  return storage
    .publishedBefore(calendar.endMs)
    .flatMap((month) =>
      [...storage.chargesOf(month)]
        .filter((charge) => charge.product.sku === sku && charge.cents !== charge.rightCents)
        .map(({ cents, rightCents }) => ({ sku, day: month.name, cents: cents - rightCents })),
    );
}
