import type { ClaimState } from '@recoup/domain';
import { fromMinor, toMinor, type Money } from '@recoup/kernel';
import { phaseOf } from './claim-phase.js';

type Payments = ClaimState['payments'];

/**
 * What is still to come of a claim: its value as long as nobody has decided, what was agreed and not yet paid after
 * that. Null where it is unknown, and for a claim of which nothing is to come.
 */
export function amountToCome(claim: ClaimState): Money | null {
  const phase = phaseOf(claim.status);
  if (phase === 'open') return claim.assessment.value.total;
  if (phase !== 'agreed' && phase !== 'paid') return null;
  const agreed = agreedAmount(claim);
  return agreed && unpaid(agreed, claim.payments);
}

/** What Amazon agreed to pay. Agreeing to all of a claim without naming a sum is agreeing to its value. */
export function agreedAmount({ decision, assessment }: ClaimState): Money | null {
  if (decision?.outcome === 'approved') return decision.amount ?? assessment.value.total;
  return decision?.amount ?? null;
}

/** What is left of an agreed sum. Units given in kind, and a payment nobody knows the sum of, settle it. */
function unpaid(agreed: Money, payments: Payments): Money | null {
  let left = toMinor(agreed);
  for (const { amount, unitsInKind } of payments) {
    if (!amount || unitsInKind > 0 || amount.currency !== agreed.currency) return null;
    left -= toMinor(amount);
  }
  return left > 0n ? fromMinor(left, agreed.currency) : null;
}
