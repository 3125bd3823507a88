import type { ClaimStatus } from '@recoup/domain';

/**
 * Where the money of a claim stands. `open`: found, and neither decided nor ended. `agreed`: Amazon said yes and has not
 * paid. `ended`: nothing comes of it, though Amazon never said so.
 */
export type ClaimPhase = 'open' | 'agreed' | 'paid' | 'denied' | 'reversed' | 'ended';

const PHASES: Readonly<Record<ClaimStatus, ClaimPhase>> = {
  detected: 'open',
  validated: 'open',
  auto_approved: 'open',
  prompted: 'open',
  manual: 'open',
  authorized: 'open',
  queued_for_filing: 'open',
  submission_requested: 'open',
  unconfirmed: 'open',
  handed_over: 'open',
  submitted: 'open',
  approved: 'agreed',
  partially_approved: 'agreed',
  paid: 'paid',
  denied: 'denied',
  reversed: 'reversed',
  unanswered: 'ended',
  paid_unasked: 'ended',
  dismissed: 'ended',
  expired: 'ended',
  withdrawn: 'ended',
};

export function phaseOf(status: ClaimStatus): ClaimPhase {
  return PHASES[status];
}

/** Every state there is. */
export const CLAIM_STATUSES = Object.keys(PHASES) as readonly ClaimStatus[];
