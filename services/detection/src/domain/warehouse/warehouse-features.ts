import { addDays } from '@recoup/kernel';
import type { ProductKey } from '../product-key.js';
import type { Features } from '../score/features.js';
import type { AllocatedLoss } from './allocated-loss.js';

/** How long before a loss a blurring row may still have to do with it, in days. */
const NOISE_DAYS_BEFORE = 30;
/** More rows than this blur no further. */
const MOST_NOISE = 3;

/** What the ledger says about how sure a loss is. */
export function warehouseFeatures(loss: AllocatedLoss, { allocation }: ProductKey): Features {
  const noiseFrom = addDays(loss.row.data.day, -NOISE_DAYS_BEFORE);
  // Its days are in order: the last few tell all that counts.
  const noise = allocation.noise.slice(-MOST_NOISE).filter((day) => day >= noiseFrom).length;
  return {
    stated_by_amazon: Math.min(loss.left, loss.stated ?? 0) / loss.left,
    noise,
    settled_share: loss.reimbursed / loss.units,
    one_centre: atOneCentre(loss) ? 1 : 0,
    pair_complete: pairComplete(loss) ? 1 : 0,
    unsellable: loss.sellable ? 0 : 1,
  };
}

function atOneCentre({ lines }: AllocatedLoss): boolean {
  const centres = lines.map((line) => line.facility).filter((centre) => centre !== null);
  return new Set(centres).size === 1;
}

/** Every unit that left stock arrived in damaged stock, at the same centre on the same day. */
function pairComplete({ kind, row, units, related }: AllocatedLoss): boolean {
  if (kind !== 'damaged' || units !== -row.data.quantity) return false;
  return related.every(
    ({ data }) =>
      data.day === row.data.day && data.fulfillmentCenter === row.data.fulfillmentCenter,
  );
}
