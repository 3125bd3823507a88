import type { FeeCase } from '../causes/plant-fees.js';
import { decimal } from '../world/amount.js';
import type { Calendar } from '../world/calendar.js';
import type { OrderBook } from '../world/order-book.js';
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
    const over =
      owes === 'storage_fee'
        ? (stored.get(sku) ?? [])
        : soldTooDear({ fee: owes, sku }, charged, today);
    const first = over[0];
    const last = over.at(-1);
    if (!first || !last) return [];
    const cents = over.reduce((sum, one) => sum + one.cents, 0);
    const charges = over.reduce((sum, one) => sum + one.charges, 0);
    const overcharged = { amount: decimal(cents), currency: marketplace.currency };
    const about = { kind: owes, marketplaceId: marketplace.id, sku, fnsku, cause: cause.name };
    return [{ ...about, from: first.name, to: last.name, charges, overcharged }];
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

function soldTooDear(
  about: Parameters<Overcharges['before']>[1],
  { calendar: { days }, overcharges }: ChargedUntil,
  today: Overcharges,
): Overcharge[] {
  return [...overcharges.before(days - 1, about), ...today.before(days, about)];
}

/** By SKU, in one reading of all that was ever stored: there may be a hundred thousand charges. */
function storedTooDear({ calendar, storage }: ChargedUntil): ReadonlyMap<string, Overcharge[]> {
  const over = new Map<string, Overcharge[]>();
  for (const month of storage.publishedBefore(calendar.endMs)) {
    for (const { product, cents, rightCents } of storage.chargesOf(month)) {
      if (cents === rightCents) continue;
      const one = { name: month.name, charges: 1, cents: cents - rightCents };
      over.set(product.sku, [...(over.get(product.sku) ?? []), one]);
    }
  }
  return over;
}
