import { reservations, streams, type RecordedEvent, type SellerSettings } from '@recoup/contracts';
import {
  awaitsFiling,
  dayAtMarketplace,
  waitsForApproval,
  waitsForConsent,
  type Cause,
  type ClaimState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { EvidenceSettings } from './config.js';
import { decideOnClaim, type ClaimChange, type ClaimRef } from './decide-on-claim.js';
import { advanceClaim, type Advanced } from './domain/advance-claim.js';
import { judge } from './domain/judge.js';
import { losingRow } from './domain/losing-row.js';
import { openClaimFile, type ClaimFileDeps } from './open-claim-file.js';
import { sellerChoices } from './seller-choices.js';

export interface ValidateDeps extends ClaimFileDeps {
  readonly store: EventStore;
  readonly settings: Pick<EvidenceSettings, 'CLAIM_SUBMISSION'>;
  /** The settings of sellers who have not chosen. */
  readonly defaults: SellerSettings;
}

export interface Validated {
  /** Whether something was appended. */
  readonly changed: boolean;
  /** Whether it waits for what its seller chooses for all claims. */
  readonly waitsForSettings: boolean;
}

/**
 * Validates a claim and sends it on its way. A claim that has ended, was dismissed, or that Amazon has or may have, is
 * left alone; done again over the same facts on the same day it changes nothing.
 */
export async function validateClaim(
  deps: ValidateDeps,
  ref: ClaimRef,
  cause: Cause,
): Promise<Validated> {
  let waitsForSettings = false;
  const changed = await decideOnClaim(deps.store, ref, async (claim, recorded) => {
    waitsForSettings = false;
    if (!awaitsFiling(claim)) return { events: [] };
    const { advanced, ...change } = await looked(deps, { ref, claim, recorded, cause });
    waitsForSettings = isHeldBySettings(advanced.claim);
    return change;
  });
  return { changed, waitsForSettings };
}

interface Look {
  readonly ref: ClaimRef;
  readonly claim: ClaimState;
  readonly recorded: readonly RecordedEvent[];
  readonly cause: Cause;
}

async function looked(
  deps: ValidateDeps,
  { ref: { tenantId }, claim, recorded, cause }: Look,
): Promise<ClaimChange & { readonly advanced: Advanced }> {
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
    choices: await sellerChoices(deps.store, tenantId, deps.defaults),
    today,
    requests: recorded.filter(({ type }) => type === 'claim.submission_requested').length,
    cause,
  });
  const take = advanced.files && reservation !== null ? [reservation] : [];
  return { advanced, events: advanced.events, take };
}

/** Whether another choice of its seller may bring the claim on: the consent, or a higher limit. */
function isHeldBySettings(claim: ClaimState): boolean {
  return waitsForApproval(claim) || waitsForConsent(claim);
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
