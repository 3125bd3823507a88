import { type NewEvent, reservations } from '@recoup/contracts';
import {
  confirmSubmission,
  isRejection,
  markUnconfirmed,
  refuseSubmission,
  type ClaimState,
  type Rejection,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { backoffMs, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { endFiling, postponeFiling, type Filing, type Postponed } from './adapters/filings.js';
import { decideOnClaim, type ClaimChange } from './decide-on-claim.js';
import { losingRow } from './domain/losing-row.js';
import { openClaimFile, type ClaimFileDeps } from './open-claim-file.js';
import { reactionTo } from './reaction.js';

export interface ConclusionDeps extends ClaimFileDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Service['log'];
}

/** The desk has the case. The event goes first: a row without it is taken up again, an event is never missing. */
export async function concludeFiled(
  deps: ConclusionDeps,
  filing: Filing,
  caseId: string,
): Promise<void> {
  const cause = reactionTo(filing, deps.clock);
  const submittedAt = cause.at.toISOString();
  const submitted = { channel: 'sandbox', amazonCaseId: caseId, submittedAt } as const;
  await append(deps, filing, (claim) => confirmSubmission(claim, submitted, cause));
  await endFiling(deps.pool, filing, { state: 'filed', caseId });
}

/** Nothing was opened, and asking again would not help: a person takes over, and the loss is free again. */
export async function concludeRefused(
  deps: ConclusionDeps,
  filing: Filing,
  reason: string,
): Promise<void> {
  const { idempotencyKey, tenantId } = filing;
  const cause = reactionTo(filing, deps.clock);
  await decideOnClaim(deps.store, filing, async (claim) => {
    const decision = refuseSubmission(claim, { idempotencyKey, reasons: [reason] }, cause);
    const change = changeOf(deps, filing, decision);
    const loss = losingRow(claim, (await openClaimFile(deps, tenantId, claim)).ledger);
    return { ...change, release: loss ? [reservations.filedLoss(tenantId, loss.key)] : [] };
  });
  await endFiling(deps.pool, filing, { state: 'refused', reason });
}

/** A call went out and nobody knows whether it arrived: said once, and the desk is asked before anything else. */
export async function concludeUnknown(
  deps: ConclusionDeps,
  filing: Filing,
  reason: string,
): Promise<void> {
  const { idempotencyKey } = filing;
  const cause = reactionTo(filing, deps.clock);
  await append(deps, filing, (claim) => markUnconfirmed(claim, { idempotencyKey, reason }, cause));
  await postpone(deps, filing, { reason, mayBeSent: true });
}

/** Longest pause between two tries, in milliseconds: a desk that is back is noticed within a minute. */
const LONGEST_PAUSE_MS = 60_000;

/** The desk took nothing and may take it later: nothing is in doubt, so nothing is said. */
export async function waitAndAskAgain(
  deps: ConclusionDeps,
  filing: Filing,
  reason: string,
): Promise<void> {
  await postpone(deps, filing, { reason, mayBeSent: false });
}

async function postpone(
  { pool, log }: ConclusionDeps,
  filing: Filing,
  outcome: Pick<Postponed, 'reason' | 'mayBeSent'>,
): Promise<void> {
  const { claimId: claim, attempts } = filing;
  log.warn({ claim, attempts, reason: outcome.reason }, 'filing not settled yet');
  const delayMs = backoffMs(attempts, { baseMs: 250, capMs: LONGEST_PAUSE_MS });
  await postponeFiling(pool, filing, { ...outcome, delayMs });
}

type Decide = (claim: ClaimState) => readonly NewEvent[] | Rejection;

function append(deps: ConclusionDeps, filing: Filing, decide: Decide): Promise<boolean> {
  return decideOnClaim(deps.store, filing, (claim) => changeOf(deps, filing, decide(claim)));
}

/** A refused decision means that the log and the desk tell different stories: an operator has to see it. */
function changeOf(
  { log }: ConclusionDeps,
  { claimId, idempotencyKey }: Filing,
  decision: readonly NewEvent[] | Rejection,
): ClaimChange {
  if (!isRejection(decision)) return { events: decision };
  const { code, message } = decision;
  log.error({ claim: claimId, key: idempotencyKey, code }, `outcome not recorded: ${message}`);
  return { events: [] };
}
