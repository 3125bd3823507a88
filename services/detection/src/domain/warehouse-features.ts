import type { ClaimValue } from '@recoup/contracts';
import { addDays, daysBetween } from '@recoup/kernel';
import type { AllocatedLoss } from './allocation.js';
import type { DetectionKey } from './detector.js';
import type { Features } from './model.js';
import type { EligibilityPolicy } from './policies/eligibility.js';

/** From this many days before the deadline on, time is short. */
const LAST_DAYS = 14;
/** Until then Amazon's own payment for a reported loss may still be on its way, in days. */
const SETTLING_DAYS = 5;
/** How long before a loss a blurring row may still have to do with it, in days. */
const NOISE_DAYS_BEFORE = 30;
/** More rows than this blur no further. */
const MOST_NOISE = 3;

export interface FeatureQuestion {
  readonly loss: AllocatedLoss;
  readonly key: DetectionKey;
  readonly policy: EligibilityPolicy;
  readonly value: ClaimValue;
  readonly today: string;
  readonly deadline: string;
}

/** The features of a warehouse claim. Each is documented, with its weight, in the model. */
export function warehouseFeatures(question: FeatureQuestion): Features {
  const { loss, key, policy, value, today, deadline } = question;
  const daysLeft = Math.max(0, daysBetween(today, deadline));
  const age = Math.max(0, daysBetween(loss.row.data.day, today));
  const noiseFrom = addDays(loss.row.data.day, -NOISE_DAYS_BEFORE);
  const noise = key.allocation.noise.filter((day) => day >= noiseFrom).length;
  return {
    stated_by_amazon: Math.min(loss.left, loss.stated ?? 0) / loss.left,
    age_share: Math.min(1, age / policy.windowDays),
    settling: Math.max(0, SETTLING_DAYS - age) / SETTLING_DAYS,
    last_days: Math.max(0, LAST_DAYS - daysLeft) / LAST_DAYS,
    noise: Math.min(MOST_NOISE, noise),
    reimbursed_share: loss.reimbursed / loss.units,
    one_centre: atOneCentre(loss) ? 1 : 0,
    size: Math.log2(loss.left),
    value_known: value.total === null ? 0 : 1,
    pair_complete: pairComplete(loss) ? 1 : 0,
    unsellable: loss.sellable ? 0 : 1,
    partial_sources: key.sourcesComplete ? 0 : 1,
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
