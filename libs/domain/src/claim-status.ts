/** Where a claim stands. */
export type ClaimStatus =
  | 'detected'
  | 'validated'
  | 'auto_approved'
  | 'prompted'
  | 'manual'
  | 'authorized'
  | 'submission_requested'
  | 'queued_for_filing'
  | 'unconfirmed'
  | 'handed_over'
  | 'submitted'
  | 'approved'
  | 'partially_approved'
  | 'denied'
  | 'paid'
  | 'reversed'
  /** Amazon was asked and did not answer in time. */
  | 'unanswered'
  /** Amazon paid it by itself, before anybody filed it. */
  | 'paid_unasked'
  | 'dismissed'
  | 'withdrawn'
  | 'expired';

interface Standing {
  readonly status: ClaimStatus;
}

/** Nothing more happens to it, unless a later detection finds it again. */
export function claimHasEnded({ status }: Standing): boolean {
  return status === 'withdrawn' || status === 'expired' || status === 'paid_unasked';
}

const BEGUN: ReadonlySet<ClaimStatus> = new Set([
  'submission_requested',
  'unconfirmed',
  'handed_over',
  'submitted',
  'unanswered',
]);

/**
 * Amazon has it or may have it, and has not decided. In the operator's queue nobody has filed it; what the seller's own
 * desk has taken is out of our hands.
 */
export function filingHasBegun({ status }: Standing): boolean {
  return BEGUN.has(status);
}

const DECIDED: ReadonlySet<ClaimStatus> = new Set([
  'approved',
  'partially_approved',
  'denied',
  'paid',
  'reversed',
]);

/** Amazon has said what it does, or has done it. */
export function isDecided({ status }: Standing): boolean {
  return DECIDED.has(status);
}

/**
 * Open, and nobody has begun to file it: what detections and validations may still change. Everything else is left to
 * Amazon's answer or to the seller's word.
 */
export function awaitsFiling(claim: Standing): boolean {
  const { status } = claim;
  if (status === 'dismissed' || claimHasEnded(claim)) return false;
  return !filingHasBegun(claim) && !isDecided(claim);
}

/** Something may still come of it: it waits to be filed, or for Amazon's decision. */
export function claimIsOpen(claim: Standing): boolean {
  return awaitsFiling(claim) || (filingHasBegun(claim) && claim.status !== 'unanswered');
}
