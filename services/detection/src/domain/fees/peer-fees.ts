import type { FeePeriod } from '../policies/fee-periods.js';
import type { FeeStatement } from './fee-statement.js';
import type { FulfilmentCharges } from './fulfilment-charges.js';

/** So many other products must have been charged the same before it says something about this one. */
const PEERS = 2;

/**
 * What products were charged in periods of which Amazon states nothing any more. Products for which it states the same fee
 * today are of one row of its card, and so they were of one row before: what most of them paid was that row.
 */
export class PeerFees {
  readonly #counts = new Map<string, Map<bigint, number>>();

  add(statement: FeeStatement, charges: FulfilmentCharges): void {
    for (const period of charges.periods) {
      const fee = charges.ownExample(period);
      const id = idOf(statement, period);
      if (fee === null || id === null) continue;
      const counts = this.#counts.get(id) ?? new Map<bigint, number>();
      counts.set(fee, (counts.get(fee) ?? 0) + 1);
      this.#counts.set(id, counts);
    }
  }

  /** What more than half of them were charged; null where that are too few. */
  feeFor(statement: FeeStatement, period: FeePeriod): bigint | null {
    const id = idOf(statement, period);
    const counts = [...((id === null ? undefined : this.#counts.get(id)) ?? [])];
    const all = counts.reduce((sum, [, n]) => sum + n, 0);
    const most = counts.find(([, n]) => n >= PEERS && n * 2 > all);
    return most?.[0] ?? null;
  }
}

function idOf({ marketplace, fulfilment }: FeeStatement, { name }: FeePeriod): string | null {
  return fulfilment === null ? null : `${marketplace.id} ${fulfilment} ${name}`;
}
