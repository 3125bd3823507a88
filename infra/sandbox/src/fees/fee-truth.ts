import type { FeeCase } from '../causes/plant-fees.js';
import { decimal } from '../world/amount.js';
import type { Calendar } from '../world/calendar.js';
import type { OrderBook } from '../world/order-book.js';
import { claimableOf, isClaimable } from './claimable.js';
import { Overcharges, type Overcharge } from './overcharges.js';
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
  readonly overcharged: Amount;
  /** What can be claimed of it on that day: charges of the last 90 days, less what refunds gave back of them. */
  readonly claimable: { readonly charges: number; readonly overcharged: Amount };
  readonly cause: string;
}

interface Amount {
  readonly amount: string;
  readonly currency: string;
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
  /** Of all orders there will ever be: read to the day before the calendar's last. */
  readonly overcharges: Overcharges;
}

/** What is owed by a calendar's end, reckoned from the charges themselves: an error that met no charge owes nothing. */
export function feeTruth(cases: readonly FeeCase[], charged: ChargedUntil): FeeTruth {
  const today = chargedToday(charged);
  const stored = storedTooDear(charged);
  const feeClaims = cases.flatMap(({ cause, product }) => {
    const { owes } = cause;
    if (owes === null) return [];
    const { sku, fnsku, marketplace } = product;
    const { over, open } =
      owes === 'storage_fee' ? stored(sku) : soldTooDear({ fee: owes, sku }, charged, today);
    const first = over[0];
    const last = over.at(-1);
    if (!first || !last) return [];
    const { currency } = marketplace;
    const { charges, overcharged } = sumOf(over, currency);
    const about = { kind: owes, marketplaceId: marketplace.id, sku, fnsku, cause: cause.name };
    const claimable = sumOf(open, currency);
    return [{ ...about, from: first.name, to: last.name, charges, overcharged, claimable }];
  });
  const feeLookAlikes = cases.flatMap(({ cause, product: { sku, fnsku } }) =>
    cause.why === undefined ? [] : [{ sku, fnsku, cause: cause.name, why: cause.why }],
  );
  return { feeClaims, feeLookAlikes };
}

/** The calendar's last day may not be over: what was shipped on it so far is read order by order. */
function chargedToday({ calendar, book }: ChargedUntil): Overcharges {
  const today = new Overcharges(calendar);
  for (const order of book.shippedOn(calendar.days - 1)) today.add(order);
  return today;
}

interface TooDear {
  readonly over: readonly Overcharge[];
  /** What of it can be claimed. */
  readonly open: readonly Pick<Overcharge, 'charges' | 'cents'>[];
}

function soldTooDear(
  about: Parameters<Overcharges['before']>[1],
  { calendar, overcharges }: ChargedUntil,
  today: Overcharges,
): TooDear {
  const { days } = calendar;
  const lines = [...overcharges.linesBefore(days - 1, about), ...today.linesBefore(days, about)];
  return {
    over: [...overcharges.before(days - 1, about), ...today.before(days, about)],
    open: claimableOf(lines, calendar),
  };
}

/** By SKU, in one reading of all that was ever stored: there may be a hundred thousand charges. */
function storedTooDear({ calendar, storage }: ChargedUntil): (sku: string) => TooDear {
  const over = new Map<string, (Overcharge & { readonly ms: number })[]>();
  for (const month of storage.publishedBefore(calendar.endMs)) {
    const { name, publishedMs: ms } = month;
    for (const { product, cents, rightCents } of storage.chargesOf(month)) {
      if (cents === rightCents) continue;
      const one = { name, ms, charges: 1, cents: cents - rightCents };
      over.set(product.sku, [...(over.get(product.sku) ?? []), one]);
    }
  }
  return (sku) => {
    const all = over.get(sku) ?? [];
    return { over: all, open: all.filter(({ ms }) => isClaimable(ms, calendar)) };
  };
}

function sumOf(all: TooDear['open'], currency: string): { charges: number; overcharged: Amount } {
  const cents = all.reduce((sum, one) => sum + one.cents, 0);
  const charges = all.reduce((sum, one) => sum + one.charges, 0);
  return { charges, overcharged: { amount: decimal(cents), currency } };
}
