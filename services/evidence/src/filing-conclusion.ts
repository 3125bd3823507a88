import { type EventData, type NewEvent, reservations } from '@recoup/contracts';
import {
  confirmSubmission,
  eventOf,
  handOver,
  isRejection,
  markUnconfirmed,
  refuseSubmission,
  type Cause,
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

type Called = EventData<'claim.filing_called'>;

/** A call that was made, by what it was for; left out where nothing was called. */
interface Call {
  readonly kind: Called['kind'];
}

/** The desk has the case. The event goes first: a row without it is taken up again, an event is never missing. */
export async function concludeFiled(
  deps: ConclusionDeps,
  filing: Filing,
  { kind, caseId }: Call & { readonly caseId: string },
): Promise<void> {
  const cause = reactionTo(filing, deps.clock);
  const submittedAt = cause.at.toISOString();
  const submitted = { channel: filing.channel, amazonCaseId: caseId, submittedAt } as const;
  const called = { kind, outcome: kind === 'submit' ? 'filed' : 'found', said: null } as const;
  await append(deps, filing, (claim) =>
    after(calledEvent(filing, called, cause), confirmSubmission(claim, submitted, cause)),
  );
  await endFiling(deps.pool, filing, { state: 'filed', caseId });
}

/** The seller's own desk has taken it, and tells the number of its case when there is one. */
export async function concludeHandedOver(deps: ConclusionDeps, filing: Filing): Promise<void> {
  const { idempotencyKey } = filing;
  const cause = reactionTo(filing, deps.clock);
  const taken = { idempotencyKey, handedOverAt: cause.at.toISOString() };
  const called = { kind: 'submit', outcome: 'handed_over', said: null } as const;
  await append(deps, filing, (claim) =>
    after(calledEvent(filing, called, cause), handOver(claim, taken, cause)),
  );
  await endFiling(deps.pool, filing, { state: 'handed_over' });
}

/** Nothing was opened, and asking again would not help: a person takes over, and the loss is free again. */
export async function concludeRefused(
  deps: ConclusionDeps,
  filing: Filing,
  { kind, reason }: Partial<Call> & { readonly reason: string },
): Promise<void> {
  const { idempotencyKey, tenantId } = filing;
  const cause = reactionTo(filing, deps.clock);
  const called = kind && calledEvent(filing, { kind, outcome: 'refused', said: reason }, cause);
  await decideOnClaim(deps.store, filing, async (claim) => {
    const refused = refuseSubmission(claim, { idempotencyKey, reasons: [reason] }, cause);
    const change = changeOf(deps, filing, called ? after(called, refused) : refused);
    const loss = losingRow(claim, (await openClaimFile(deps, tenantId, claim)).ledger);
    return { ...change, release: loss ? [reservations.filedLoss(tenantId, loss.key)] : [] };
  });
  await endFiling(deps.pool, filing, { state: 'refused', reason });
}

/** A call went out and nobody knows whether it arrived: said once, and the desk is asked before anything else. */
export async function concludeUnknown(
  deps: ConclusionDeps,
  filing: Filing,
  { kind, reason, left }: Call & { readonly reason: string; readonly left: boolean },
): Promise<void> {
  const { idempotencyKey } = filing;
  const cause = reactionTo(filing, deps.clock);
  const called = calledEvent(filing, { kind, outcome: 'unknown', said: reason }, cause);
  await append(deps, filing, (claim) => {
    const unconfirmed = markUnconfirmed(claim, { idempotencyKey, reason }, cause);
    return left ? after(called, unconfirmed) : unconfirmed;
  });
  await postpone(deps, filing, { reason, mayBeSent: true });
}

/** Whoever called last did not live to hear the answer, or to note it. */
export async function noteInterrupted(deps: ConclusionDeps, filing: Filing): Promise<void> {
  const called = { kind: 'submit', outcome: 'interrupted', said: null } as const;
  await append(deps, filing, () => [calledEvent(filing, called, reactionTo(filing, deps.clock))]);
}

/** The call and what follows from it, in one append; only what follows can be refused. */
function after(
  called: NewEvent,
  decision: readonly NewEvent[] | Rejection,
): readonly NewEvent[] | Rejection {
  return isRejection(decision) ? decision : [called, ...decision];
}

/** Each try has its own: noted again by the same worker it is the same event. */
function calledEvent(
  { claimId, channel, idempotencyKey, fence }: Filing,
  called: Pick<Called, 'kind' | 'outcome' | 'said'>,
  cause: Cause,
): NewEvent {
  const once = [idempotencyKey, String(fence), called.kind, called.outcome];
  return eventOf(
    'claim.filing_called',
    { claimId, channel, idempotencyKey, ...called },
    { cause, once },
  );
}

/** Longest pause between two tries, in milliseconds: a desk that is back is noticed within a minute. */
const LONGEST_PAUSE_MS = 60_000;

/** The desk took nothing and may take it later: nothing is in doubt, so nothing is said but that it was called. */
export async function waitAndAskAgain(
  deps: ConclusionDeps,
  filing: Filing,
  { reason, left }: { readonly reason: string; readonly left: boolean },
): Promise<void> {
  const called = { kind: 'submit', outcome: 'not_now', said: reason } as const;
  if (left) {
    const event = calledEvent(filing, called, reactionTo(filing, deps.clock));
    await append(deps, filing, () => [event]);
  }
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
