import type { ClaimValue, Tier } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';

/** From here on a claim goes out by itself, unless a gate holds it. */
export const AUTO_CONFIDENCE = 0.85;
/** From here on one answer of the seller suffices. */
export const PROMPT_CONFIDENCE = 0.5;

/** Above this total, in the seller's currency, a person approves before anything is filed (the default of a setting). */
const APPROVAL_AMOUNT = '500';

export interface Gates {
  readonly value: ClaimValue;
  /** The policy lets only a person file. */
  readonly neverAuto: boolean;
  /** Every source the detector needs was read whole. */
  readonly sourcesComplete: boolean;
}

/**
 * Who acts next. The gates stand outside the model and no score overrides them: a large amount goes to a person; an
 * unknown amount, a partly read source or a policy that forbids it never goes out by itself.
 */
export function tierOf(confidence: number, { value, neverAuto, sourcesComplete }: Gates): Tier {
  if (confidence < PROMPT_CONFIDENCE || needsApproval(value)) return 'manual';
  if (value.total === null || neverAuto || !sourcesComplete) return 'prompt';
  return confidence >= AUTO_CONFIDENCE ? 'auto' : 'prompt';
}

function needsApproval({ total }: ClaimValue): boolean {
  if (total === null) return false;
  return toMinor(total) > toMinor({ amount: APPROVAL_AMOUNT, currency: total.currency });
}
