import { streams, type NewEvent } from '@recoup/contracts';
import { claimState, riskState } from '@recoup/domain';
import type { AppendOutcome, AppendRequest, EventStore } from '@recoup/event-store';
import { claimChange, type ClaimChange } from './claim-change.js';
import { riskChange, type RiskChange } from './risk-change.js';

/** What a reprocessing changes. */
export interface Changes {
  readonly claims: readonly ClaimChange[];
  readonly risks: readonly RiskChange[];
}

export interface Watch {
  /** True: nothing is written, and every append answers as if it had been. */
  readonly dryRun: boolean;
  readonly claim: (change: ClaimChange) => void;
  readonly risk: (change: RiskChange) => void;
}

/** The log, with every change of a claim or risk told; in a dry run told only. */
export function watchChanges(store: EventStore, { dryRun, claim, risk }: Watch): EventStore {
  return {
    ...store,
    async append(request) {
      const { tenantId, streamId, events } = request;
      const ofClaim = streamId.startsWith(streams.claim(''));
      if (!ofClaim && !streamId.startsWith(streams.risk(''))) {
        return dryRun ? written(request) : store.append(request);
      }
      const recorded = await store.readStream(tenantId, streamId);
      const outcome = dryRun
        ? pretend(request, recorded.at(-1)?.streamVersion ?? 0)
        : await store.append(request);
      if (!outcome.ok || outcome.repeated) return outcome;
      if (ofClaim) tell(events, (event) => claimChange(claimState(recorded), event), claim);
      else tell(events, (event) => riskChange(riskState(recorded), event), risk);
      return outcome;
    },
  };
}

function tell<T>(
  events: readonly NewEvent[],
  changeOf: (event: NewEvent) => T | null,
  told: (change: T) => void,
): void {
  for (const event of events) {
    const change = changeOf(event);
    if (change !== null) told(change);
  }
}

/** What the log would answer: what has moved on since it was read is decided anew, as in earnest. */
function pretend(request: AppendRequest, current: number): AppendOutcome {
  const wanted = request.expected === 'absent' ? 0 : request.expected;
  if (wanted !== current) return { ok: false, reason: 'wrong_version', current };
  return written(request, current);
}

function written({ events }: AppendRequest, current = 0): AppendOutcome {
  return { ok: true, version: current + events.length, position: 0, repeated: false };
}
