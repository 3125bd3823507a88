import type { OrderFacts } from '../facts.js';
import { sumOfKinds } from './amounts.js';
import { chargedSales, refundsOf, type ChargedSale } from './charged-sales.js';

/** The commission on what an order has of one product. Minor units of the marketplace's currency. */
export interface Commission {
  /** Its first shipment. */
  readonly sale: ChargedSale;
  readonly sku: string;
  readonly units: number;
  readonly charged: bigint;
  /** What it was charged on: price, shipping and gift wrap, less what the seller gave off. */
  readonly base: bigint;
  /** Of both, what refunds gave back. */
  readonly chargedBack: bigint;
  readonly baseBack: bigint;
}

const COMMISSION = new Set(['Commission']);
const BASE = new Set(['Principal', 'ShippingCharge', 'GiftWrap', 'Promotion']);

interface Sums {
  readonly units: number;
  readonly charged: bigint;
  readonly base: bigint;
}

/** The commissions of an order, product by product; one with an amount that cannot be read is left out. */
export function commissions(order: OrderFacts): readonly Commission[] {
  const sales = chargedSales(order);
  const [first] = sales;
  if (!first) return [];
  const { currency } = first.marketplace;
  const charged = sumsBySku(sales, currency);
  const back = sumsBySku(
    refundsOf(order).map(({ data }) => data),
    currency,
  );
  return [...charged].flatMap(([sku, sums]) => {
    const given = back.has(sku) ? back.get(sku) : { charged: 0n, base: 0n };
    const sale = sales.find(({ items }) => items.some((item) => item.sku === sku));
    if (!sums || !given || !sale || sums.units <= 0) return [];
    const { units, base } = sums;
    const about = { sale, sku, units, base, charged: -sums.charged };
    return [{ ...about, chargedBack: given.charged, baseBack: -given.base }];
  });
}

type Itemised = Pick<ChargedSale, 'items'>;

/** By SKU; null for one with an amount in another currency. */
function sumsBySku(all: readonly Itemised[], currency: string): Map<string, Sums | null> {
  const bySku = new Map<string, Sums | null>();
  for (const item of all.flatMap(({ items }) => items)) {
    const known = bySku.get(item.sku);
    bySku.set(item.sku, known === null ? null : added(known, sumsOf(item, currency)));
  }
  return bySku;
}

function sumsOf({ quantity, amounts }: Itemised['items'][number], currency: string): Sums | null {
  const charged = sumOfKinds(amounts, COMMISSION, currency);
  const base = sumOfKinds(amounts, BASE, currency);
  if (charged === null || base === null) return null;
  return { units: quantity ?? 0, charged, base };
}

function added(known: Sums | undefined, more: Sums | null): Sums | null {
  if (!known || !more) return more;
  return {
    units: known.units + more.units,
    charged: known.charged + more.charged,
    base: known.base + more.base,
  };
}
