import { dayIn } from '@recoup/kernel';
import type { NewEvent } from '@recoup/contracts';
import {
  type Cause,
  claimIsOpen,
  type ClaimState,
  dayAtMarketplace,
  expire,
  notSeen,
} from '@recoup/domain';
import type { KnownClaim, MetClaim } from './adapters/known-claims.js';
import { decideClaim, readClaims } from './claim-stream.js';
import { causeOf, type DetectionDeps } from './detection-stream.js';
import { absenceCounts } from './domain/coverage.js';
import { concerns, type LeasedJob } from './job.js';
import type { Lease } from './lease.js';
import type { Tally } from './tally.js';

const REASON = 'What Amazon owed has been found, paid or put right: nothing is left to claim';

/**
 * Claims of earlier detections that this one has not met: withdrawn where every source was read whole. Where one was
 * not, their absence says nothing; they stay open until their window closes.
 */
export async function settleUnseen(
  deps: DetectionDeps,
  { job, lease, tally }: { readonly job: LeasedJob; readonly lease: Lease; readonly tally: Tally },
): Promise<void> {
  for (let after = ''; ;) {
    lease.check();
    const unseen = await deps.knownClaims.unseen(job, after);
    const last = unseen.at(-1);
    if (!last) return;
    const states = await readClaims(
      deps.store,
      job.tenantId,
      unseen.map(({ claimId }) => claimId),
    );
    const met = await Promise.all(
      unseen.map((claim) =>
        settle(deps, { job, claim, state: states.get(claim.claimId) ?? null, tally }),
      ),
    );
    await deps.knownClaims.note(
      job,
      met.filter((claim) => claim !== null),
    );
    after = last.claimId;
  }
}

interface Unseen {
  readonly job: LeasedJob;
  readonly claim: KnownClaim;
  readonly state: ClaimState | null;
  readonly tally: Tally;
}

async function settle(
  deps: DetectionDeps,
  { job, claim, state, tally }: Unseen,
): Promise<MetClaim | null> {
  if (!state) return { ...claim, state: 'ended', seen: false }; // killed before it was claimed
  if (!concerns(job, state.lossDay)) return leave(state, tally);
  const { detectionId, coverage } = job;
  const cause = causeOf(deps, job);
  const today = dayAtMarketplace(state.subject.marketplaceId, job.asOf) ?? dayIn('UTC', job.asOf);
  const own = deps.detectors.filter(({ subtype }) => subtype === claim.subtype);
  const proves = absenceCounts(own, coverage);
  const end = (now: ClaimState): readonly NewEvent[] =>
    proves ? notSeen(now, REASON, { detectionId, cause }) : expire(now, { today, cause });
  const decided = await decideClaim(deps.store, {
    tenantId: job.tenantId,
    claimId: claim.claimId,
    state,
    decide: (now) => (now ? end(now) : []),
  });
  const outcome =
    decided.events.map(endOf)[0] ?? endedBefore(decided.state, { detectionId, cause });
  if (outcome) tally.ended(outcome);
  if (outcome || !decided.state || !claimIsOpen(decided.state)) {
    return { ...claim, state: 'ended', seen: false };
  }
  if (!proves) tally.open('same', decided.state.assessment.value);
  return null;
}

/** What a detection does not look at stays as it is. */
function leave(state: ClaimState, tally: Tally): null {
  if (claimIsOpen(state)) tally.open('same', state.assessment.value);
  return null;
}

function endOf({ type }: NewEvent): 'withdrawn' | 'expired' {
  return type === 'claim.expired' ? 'expired' : 'withdrawn';
}

/** An ending that an earlier run of this same detection wrote and did not live to count. */
function endedBefore(
  state: ClaimState | null,
  { detectionId, cause }: { detectionId: string; cause: Cause },
): 'withdrawn' | 'expired' | null {
  if (state?.status === 'withdrawn' && state.withdrawnBy === detectionId) return 'withdrawn';
  if (state?.status === 'expired' && state.expiredBecause === cause.causationId) return 'expired';
  return null;
}
