import { DAY_MS } from '../world/calendar.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { World } from '../world/world.js';

export interface Find {
  readonly world: World;
  readonly product: Product;
  /** When the payment for the units is taken back. */
  readonly backMs: number;
  readonly units: number;
  /** Of the ledger's row. */
  readonly id: string;
}

/** Units that are found come back to the shelf on the day before the payment for them is taken back. */
export function foundRow({ world, product, backMs, units, id }: Find): LedgerRow {
  const ms = backMs - DAY_MS;
  return {
    ...{ day: world.calendar.dayOf(ms), ms, product, quantity: units },
    ...{ eventType: 'Adjustments', reason: 'F', disposition: 'SELLABLE' },
    referenceId: id,
    center: product.centers[0] ?? 'PHX7',
    ...{ reconciled: 0, unreconciled: 0 },
  };
}
