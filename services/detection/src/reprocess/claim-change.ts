import { streams, type ClaimWindow, type NewEvent } from '@recoup/contracts';
import { claimIsOpen, claimState, type ClaimState } from '@recoup/domain';
import type { AppendOutcome, AppendRequest, EventStore } from '@recoup/event-store';
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

export interface Watch {
  /** True: nothing is written, and every append answers as if it had been. */
  readonly dryRun: boolean;
  readonly told: (change: ClaimChange) => void;
}

/** The log, with every change of a claim told; in a dry run told only. */
export function watchClaims(store: EventStore, { dryRun, told }: Watch): EventStore {
  return {
    ...store,
    async append(request) {
      if (!request.streamId.startsWith(streams.claim(''))) {
        return dryRun ? pretend(request, 0) : store.append(request);
      }
      const before = claimState(await store.readStream(request.tenantId, request.streamId));
      const outcome = dryRun ? pretend(request, before?.version ?? 0) : await store.append(request);
      if (outcome.ok && !outcome.repeated) {
        for (const event of request.events) tell(before, event, told);
      }
      return outcome;
    },
  };
}

/** What the log would answer: a claim that has moved on since it was read is decided anew, as in earnest. */
function pretend({ expected, events, streamId }: AppendRequest, current: number): AppendOutcome {
  const wanted = expected === 'absent' ? 0 : expected;
  if (streamId.startsWith(streams.claim('')) && wanted !== current) {
    return { ok: false, reason: 'wrong_version', current };
  }
  return { ok: true, version: current + events.length, position: 0, repeated: false };
}

function tell(before: ClaimState | null, event: NewEvent, told: Watch['told']): void {
  const open = before && claimIsOpen(before) ? sideOf(before.assessment, before) : null;
  switch (event.type) {
    case 'claim.detected': {
      const { claimId, subtype, subject, lossDay } = event.data;
      const after = sideOf(event.data, event.data);
      return told({
        kind: 'new',
        claimId,
        subtype,
        sku: subject.sku,
        lossDay,
        before: open,
        after,
      });
    }
    case 'claim.quantity_changed':
    case 'claim.rescored': {
      if (!before) return undefined;
      const after = sideOf(event.data, event.data.window ?? before);
      return told({ kind: 'changed', ...named(before), before: open, after });
    }
    case 'claim.withdrawn':
    case 'claim.expired': {
      const kind = event.type === 'claim.expired' ? 'expired' : 'withdrawn';
      return before ? told({ kind, ...named(before), before: open, after: null }) : undefined;
    }
    default:
      return undefined;
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
