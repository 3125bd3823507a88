import type { TransactionFact } from '@recoup/contracts';
import { fromMinor, minorOf, type Money } from '@recoup/kernel';
import { minorSum, ofKind, sum, type Look } from './look.js';

/** What the shipments of an order brought and were charged for one SKU. Minor units. */
export interface Sale {
  readonly currency: string;
  readonly units: number;
  readonly of: (type: string | RegExp) => bigint;
  readonly has: (type: string) => boolean;
}

/** Money that is held comes again as its release: only what is not held counts. Null where it is not known whole. */
export function saleOf(look: Look): Sale | null {
  return amountsOf(look, 'Shipment');
}

/** Amounts of the claim's SKU in the transactions of its order that are of one type; null where there are none. */
export function amountsOf(look: Look, type: string): Sale | null {
  return added(itemsOf(transactionsOf(look, type), look.claim.subject.sku));
}

/** The transactions of the claim's order of one type, once each. */
export function transactionsOf({ ofOrder }: Look, type: string): readonly TransactionFact[] {
  return ofKind(ofOrder, 'transaction').filter((one) => one.type === type && !one.held);
}

type Item = TransactionFact['items'][number];

export function itemsOf(all: readonly TransactionFact[], sku: string): readonly Item[] {
  return all.flatMap(({ items }) => items.filter((item) => item.sku === sku));
}

/** Null where an amount is of another currency, or a quantity is not told. */
export function added(items: readonly Item[]): Sale | null {
  const amounts = items.flatMap((item) => item.amounts);
  const currency = amounts[0]?.currency;
  if (currency === undefined || items.some(({ quantity }) => quantity === null)) return null;
  const all = amounts.map((one) => ({
    type: one.type,
    minor: one.currency === currency ? minorOf(one.amount, currency) : null,
  }));
  if (minorSum(all.map(({ minor }) => minor)) === null) return null;
  const matches = (type: string | RegExp, word: string): boolean =>
    typeof type === 'string' ? type === word : type.test(word);
  return {
    currency,
    units: sum(items.map(({ quantity }) => quantity ?? 0)),
    of: (type) => minorSum(all.map((one) => (matches(type, one.type) ? one.minor : 0n))) ?? 0n,
    has: (type) => all.some((one) => one.type === type),
  };
}

/** Most that is paid for one unit (FBA reimbursement policy, refunzo); a currency without a published cap has none. */
const CAPS: Readonly<Partial<Record<string, bigint>>> = { USD: 500_000n };
const FEES = /^(Principal|Promotion|Commission|FBAPerUnitFulfillmentFee)$/;

/** The price of a unit after discounts, less the referral and fulfilment fees of that very sale. */
export function soldFor(sale: Sale | null): Money | null {
  if (!sale || sale.units <= 0) return null;
  if (!sale.has('Commission') || !sale.has('FBAPerUnitFulfillmentFee')) return null;
  const each = sale.of(FEES) / BigInt(sale.units);
  const cap = CAPS[sale.currency];
  return fromMinor(cap !== undefined && cap < each ? cap : each, sale.currency);
}
