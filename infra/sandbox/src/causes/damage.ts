import type { Disposition } from '../world/ledger-row.js';
import type { Plot } from './plot.js';

export interface Damage {
  readonly after: number;
  readonly units: number;
  /** Units that Amazon still owes for. */
  readonly open?: number;
}

/** Damage by the warehouse: out of sellable stock (E) and, as always, into the damaged one (P). Returns the E row's id. */
export function damageByWarehouse(plot: Plot, { after, units, open = 0 }: Damage): string {
  const reference = plot.adjust({ after, reason: 'E', quantity: -units, open });
  plot.adjust({ after, reason: 'P', quantity: units, disposition: 'WAREHOUSE_DAMAGED' });
  return reference;
}

/** Stock found to be unsellable through no fault of the warehouse: code and pool differ, Amazon owes nothing. */
export function foundUnsellable(
  plot: Plot,
  {
    code,
    pool,
    units,
  }: { readonly code: string; readonly pool: Disposition; readonly units: number },
): string {
  const reference = plot.adjust({ after: 0, reason: code, quantity: -units });
  plot.adjust({ after: 0, reason: 'P', quantity: units, disposition: pool });
  return reference;
}
