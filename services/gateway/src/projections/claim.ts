import type { RecordedEvent } from '@recoup/contracts';
import { evolveClaim, type ClaimState } from '@recoup/domain';
import type { Money } from '@recoup/kernel';
import type { Projection } from '@recoup/projections';
import { amountToCome } from './amount-to-come.js';
import { timelineEntry, type TimelineEntry } from './timeline.js';

/** A claim as lists, figures and its page show it. */
export interface ClaimRow {
  readonly claimId: string;
  /** When it was first seen; a claim that is seen again keeps its place in lists. */
  readonly detectedAt: string;
  /** When Amazon last said yes, no, or took all of it back; a payment is its word where nothing was said before. */
  readonly decidedAt: string | null;
  /** The state on which decisions about it are made. */
  readonly claim: ClaimState;
  /** What figures count: see `amountToCome`. */
  readonly toCome: Money | null;
  readonly timeline: readonly TimelineEntry[];
}

/** A claim after one more of its events; null while it was never detected. */
export function evolveClaimRow(before: ClaimRow | null, event: RecordedEvent): ClaimRow | null {
  const claim = evolveClaim(before?.claim ?? null, event);
  if (!claim) return null;
  return {
    claimId: claim.claimId,
    detectedAt: before?.detectedAt ?? event.occurredAt,
    decidedAt: decidedAt(before, event, claim),
    claim,
    toCome: amountToCome(claim),
    timeline: timelineAfter(before, event),
  };
}

function decidedAt(
  before: ClaimRow | null,
  { type, occurredAt }: RecordedEvent,
  { status }: ClaimState,
): string | null {
  switch (type) {
    case 'claim.approved':
    case 'claim.partially_approved':
    case 'claim.denied':
      return occurredAt;
    case 'claim.paid':
      return before?.decidedAt ?? occurredAt;
    case 'claim.reversed':
      return status === 'reversed' ? occurredAt : (before?.decidedAt ?? null);
    // Found again, or filed anew: nothing is decided about it yet.
    case 'claim.detected':
    case 'claim.resubmission_authorized':
      return null;
    default:
      return before?.decidedAt ?? null;
  }
}

function timelineAfter(before: ClaimRow | null, event: RecordedEvent): readonly TimelineEntry[] {
  const entry = timelineEntry(event);
  const timeline = before?.timeline ?? [];
  return entry ? [...timeline, entry] : timeline;
}

/** The claims of a seller, by claim id. */
export const claimProjection: Projection<ClaimRow> = {
  name: 'claim',
  version: 1,
  keyOf: (event) => {
    // Of a document that is given for a claim, only the claim's history tells.
    if (event.type === 'claim.document_uploaded') return event.data.forClaim;
    return 'claimId' in event.data ? event.data.claimId : null;
  },
  evolve: evolveClaimRow,
};
