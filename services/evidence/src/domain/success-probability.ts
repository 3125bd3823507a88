import type { DocumentCheck, Tier } from '@recoup/contracts';
import { AUTO_PROBABILITY } from '@recoup/domain';

/** From here on one answer of the seller suffices; below, a person looks at the whole claim. */
export const PROMPT_PROBABILITY = 0.5;

export interface EvidenceWeight {
  /** The detector's P(approved), made on the assumption that what it cites can be shown. */
  readonly confidence: number;
  readonly documents: readonly DocumentCheck[];
  readonly compliant: boolean;
}

/**
 * P(approved) after evidence. Evidence only ever lowers the detector's score, in whole steps, because no outcomes exist
 * from which finer weights could be learnt:
 *
 *   against Amazon's rules                        0: it would be refused for that alone
 *   a document of the loss missing or rejected    at most 0.49: whoever cannot show a loss does not get it by a claim
 *   only the invoice for the value missing        unchanged: it decides how much, not whether
 *   all at hand                                   unchanged
 *
 * Cut down to two decimals, never rounded up into a higher tier.
 */
export function successProbability({ confidence, documents, compliant }: EvidenceWeight): number {
  if (!compliant) return 0;
  const unproven = documents.some(
    ({ type, status }) => type !== 'supplier_invoice' && status !== 'Available',
  );
  return cutDown(unproven ? Math.min(confidence, UNPROVEN_AT_MOST) : confidence);
}

const UNPROVEN_AT_MOST = 0.49;

/** The tolerance keeps 0.57, which is 56.99… hundredths in binary, at 0.57. */
function cutDown(probability: number): number {
  return Math.floor(probability * 100 + 1e-9) / 100;
}

/** The tier that a probability by itself allows. */
export function tierOfProbability(probability: number): Tier {
  if (probability >= AUTO_PROBABILITY) return 'auto';
  return probability >= PROMPT_PROBABILITY ? 'prompt' : 'manual';
}
