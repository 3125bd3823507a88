import { reservations, streams } from '@recoup/contracts';
import { awaitsFiling, type Cause, type ClaimState, dayAtMarketplace } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { EvidenceSettings } from './config.js';
import { decideOnClaim, type ClaimRef } from './decide-on-claim.js';
import { advanceClaim } from './domain/advance-claim.js';
import { judge } from './domain/judge.js';
import { losingRow } from './domain/losing-row.js';
import { openClaimFile, type ClaimFileDeps } from './open-claim-file.js';

export interface ValidateDeps extends ClaimFileDeps {
  readonly store: EventStore;
  readonly settings: Pick<EvidenceSettings, 'CLAIM_SUBMISSION' | 'CLAIM_APPROVAL_LIMIT'>;
}

/**
 * Validates a claim and sends it on its way. A claim that has ended, was dismissed, or that Amazon has or may have, is
 * left alone; done again over the same facts on the same day it changes nothing.
 */
export async function validateClaim(
  deps: ValidateDeps,
  ref: ClaimRef,
  cause: Cause,
): Promise<boolean> {
  const { tenantId } = ref;
  return decideOnClaim(deps.store, ref, async (claim, recorded) => {
    if (!awaitsFiling(claim)) return { events: [] };
    const file = await openClaimFile(deps, tenantId, claim);
    const loss = losingRow(claim, file.ledger);
    const reservation = loss && reservations.filedLoss(tenantId, loss.key);
    const today = dayAtMarketplace(claim.subject.marketplaceId, cause.at);
    const filedElsewhere =
      reservation === null ? null : await filedBy(deps.store, { tenantId, claim, reservation });
    const advanced = advanceClaim(claim, {
      tenantId,
      validation: judge(file, { today, filedElsewhere }),
      channel: deps.settings.CLAIM_SUBMISSION,
      approvalLimit: deps.settings.CLAIM_APPROVAL_LIMIT,
      today,
      requests: recorded.filter(({ type }) => type === 'claim.submission_requested').length,
      cause,
    });
    const take = advanced.files && reservation !== null ? [reservation] : [];
    return { events: advanced.events, take };
  });
}

/** The other claim that holds the loss; null when none does, or this one. */
async function filedBy(
  store: EventStore,
  { tenantId, claim, reservation }: { tenantId: string; claim: ClaimState; reservation: string },
): Promise<string | null> {
  const owner = await store.reservationOwner(tenantId, reservation);
  if (owner === null || owner === streams.claim(claim.claimId)) return null;
  return owner.slice(streams.claim('').length);
}
