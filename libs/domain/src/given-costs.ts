import type { GivenCost, RecordedEvent } from '@recoup/contracts';

/** A cost that stands: nobody has taken it back. */
export interface StandingCost extends GivenCost {
  readonly unitCost: string;
}

/**
 * The costs that stand after events of the seller's settings, by SKU, currency and day. Of two words for one of these the
 * later stands; a row without a cost takes the word back. `erasedUpTo`: what was said up to there was erased.
 */
export function givenCosts(
  events: readonly RecordedEvent[],
  erasedUpTo = 0,
): readonly StandingCost[] {
  const rows = new Map<string, StandingCost>();
  for (const event of events) {
    if (event.type !== 'claim.costs_given' || event.position <= erasedUpTo) continue;
    for (const cost of event.data.costs) {
      const key = keyOf(cost);
      if (cost.unitCost === null) rows.delete(key);
      else rows.set(key, { ...cost, unitCost: cost.unitCost });
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cost]) => cost);
}

function keyOf({ sku, currency, effectiveFrom }: GivenCost): string {
  return JSON.stringify([sku, currency, effectiveFrom]);
}
