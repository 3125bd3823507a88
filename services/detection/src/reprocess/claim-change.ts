import type { ClaimWindow, NewEvent } from '@recoup/contracts';
import { claimIsOpen, type ClaimState } from '@recoup/domain';
import type { Money } from '@recoup/kernel';

/** What a reprocessing changes about one claim. A side is null where the claim is not open there. */
export interface ClaimChange {
  readonly kind: 'new' | 'changed' | 'withdrawn' | 'expired';
  readonly claimId: string;
  readonly subtype: string;
  readonly sku: string;
  readonly lossDay: string;
  readonly before: ClaimSide | null;
  readonly after: ClaimSide | null;
}

export interface ClaimSide {
  readonly quantity: number;
  /** Null where the value is unknown. */
  readonly amount: Money | null;
  readonly confidence: number;
  readonly tier: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly policy: ClaimWindow['policy'];
}

/** The change that an event makes of a claim; null for events of anything else. */
export function claimChange(before: ClaimState | null, event: NewEvent): ClaimChange | null {
  const open = before && claimIsOpen(before) ? sideOf(before.assessment, before) : null;
  switch (event.type) {
    case 'claim.detected': {
      const { claimId, subtype, subject, lossDay } = event.data;
      const after = sideOf(event.data, event.data);
      const about = { claimId, subtype, sku: subject.sku, lossDay };
      return { kind: 'new', ...about, before: open, after };
    }
    case 'claim.quantity_changed':
    case 'claim.rescored': {
      if (!before) return null;
      const after = sideOf(event.data, event.data.window ?? before);
      return { kind: 'changed', ...named(before), before: open, after };
    }
    case 'claim.withdrawn':
    case 'claim.expired': {
      const kind = event.type === 'claim.expired' ? 'expired' : 'withdrawn';
      return before && { kind, ...named(before), before: open, after: null };
    }
    default:
      return null;
  }
}

function named({ claimId, subtype, subject, lossDay }: ClaimState) {
  return { claimId, subtype, sku: subject.sku, lossDay };
}

function sideOf(
  {
    quantity,
    value,
    score,
    tier,
  }: Pick<ClaimState['assessment'], 'quantity' | 'value' | 'score' | 'tier'>,
  { opensOn, deadline, policy }: Omit<ClaimWindow, 'lossDay'>,
): ClaimSide {
  const { confidence } = score;
  return { quantity, amount: value.total, confidence, tier, opensOn, deadline, policy };
}
