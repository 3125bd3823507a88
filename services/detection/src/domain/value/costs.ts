import type { Money } from '@recoup/kernel';

/** A cost of one unit, without shipping, duties and packaging, from a day on until the next one of its SKU and currency. */
export interface UnitCost {
  readonly sku: string;
  readonly effectiveFrom: string;
  readonly unitCost: Money;
}

/** What a seller said that its products cost. */
export interface Costs {
  /** The cost in force on a day; null where none was given: unknown is never a default. */
  of(sku: string, currency: string, day: string): Money | null;
}

export const NO_COSTS: Costs = { of: () => null };

/** Costs as given, whatever their order. Of two for one day the last given stands. */
export function costsFrom(given: readonly UnitCost[]): Costs {
  const byProduct = new Map<string, UnitCost[]>();
  for (const cost of given) {
    const key = keyOf(cost.sku, cost.unitCost.currency);
    const list = byProduct.get(key);
    if (list) list.push(cost);
    else byProduct.set(key, [cost]);
  }
  return {
    of(sku, currency, day) {
      let best: UnitCost | null = null;
      for (const cost of byProduct.get(keyOf(sku, currency)) ?? []) {
        if (cost.effectiveFrom > day) continue;
        if (!best || cost.effectiveFrom >= best.effectiveFrom) best = cost;
      }
      return best?.unitCost ?? null;
    },
  };
}

function keyOf(sku: string, currency: string): string {
  return `${currency} ${sku}`;
}
