import type { OrderFacts } from '../facts.js';
import { sumOfKinds } from './amounts.js';
import { chargedSales, type ChargedSale } from './charged-sales.js';

/** What was taken for shipping each unit of one line of an order. Minor units of the marketplace's currency. */
export interface UnitFee {
  readonly sale: ChargedSale;
  readonly sku: string;
  readonly units: number;
  readonly perUnit: bigint;
  /** What the buyer pays for one: on it, too, the fee depends. */
  readonly price: bigint;
}

const FEE = new Set(['FBAPerUnitFulfillmentFee']);
const PRICE = new Set(['Principal']);

/**
 * The fulfilment fees of an order. Left out is what cannot be compared: units that nobody paid for (replacements, orders
 * of other channels), a sum that its units do not divide, a product of which a fee was given back.
 */
export function unitFees(order: OrderFacts): readonly UnitFee[] {
  const sales = chargedSales(order);
  const givenBack = skusWithFeeBack(order);
  return sales.flatMap((sale) =>
    sale.items.flatMap(({ sku, quantity, amounts }) => {
      const units = quantity ?? 0;
      if (units <= 0 || givenBack.has(sku)) return [];
      const { currency } = sale.marketplace;
      const fee = perUnit(sumOfKinds(amounts, FEE, currency), -units);
      const price = perUnit(sumOfKinds(amounts, PRICE, currency), units);
      return fee === null || price === null ? [] : [{ sale, sku, units, perUnit: fee, price }];
    }),
  );
}

/** A positive share of a sum for each unit; null where there is none, or it is not the same for each. */
function perUnit(sum: bigint | null, units: number): bigint | null {
  if (sum === null || sum % BigInt(units) !== 0n) return null;
  const share = sum / BigInt(units);
  return share > 0n ? share : null;
}

function skusWithFeeBack({ transactions }: OrderFacts): ReadonlySet<string> {
  const items = transactions.flatMap(({ data }) => data.items);
  const back = items.filter(({ amounts }) =>
    amounts.some(({ type, amount }) => FEE.has(type) && !amount.startsWith('-')),
  );
  return new Set(back.map(({ sku }) => sku));
}
