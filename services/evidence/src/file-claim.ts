import { type ClaimState, dayAtMarketplace, filingHasBegun } from '@recoup/domain';
import type { Clock } from '@recoup/kernel';
import { endFiling, markCalling, type Filing } from './adapters/filings.js';
import type { CaseDesk } from './adapters/case-desk.js';
import type { CasePacket } from './domain/case-packet.js';
import {
  concludeFiled,
  concludeRefused,
  concludeUnknown,
  waitAndAskAgain,
  type ConclusionDeps,
} from './filing-conclusion.js';
import { packetFor } from './packet-for.js';
import { currentClaim } from './current-claim.js';

export interface FilingDeps extends ConclusionDeps {
  readonly clock: Clock;
  readonly desk: CaseDesk;
  readonly leaseSeconds: number;
}

/**
 * Brings one leased filing as far as it goes. A case is opened at most once per request:
 *
 *   the log is asked first      what it already says is only noted here
 *   then the desk               when a call may have gone out before, its own list decides
 *   `calling` before the call   so that a death between call and answer is seen by whoever comes next
 *   the same key and content    so that even two calls would be one case
 *
 * No database connection is held while the desk is called.
 */
export async function fileClaim(deps: FilingDeps, filing: Filing): Promise<void> {
  const claim = await currentClaim(deps.store, filing);
  if (!claim) return abandon(deps, filing, 'there is no such claim');
  if (await closedByLog(deps, filing, claim)) return;
  if (filing.state === 'calling' && (await closedByLookUp(deps, filing))) return;
  const packet = await packetOf(deps, filing, claim);
  if (typeof packet === 'string') return concludeRefused(deps, filing, packet);
  const { leaseSeconds: seconds } = deps;
  if (await markCalling(deps.pool, filing, { packet, seconds })) await call(deps, filing, packet);
}

/** What is sent, or why nothing may be. A desk out of reach for days must not get what the rules no longer allow. */
async function packetOf(
  deps: FilingDeps,
  filing: Filing,
  claim: ClaimState,
): Promise<CasePacket | string> {
  const { subject, deadline } = claim;
  const today = dayAtMarketplace(subject.marketplaceId, deps.clock.now());
  if (today === null) return `The calendar of marketplace ${subject.marketplaceId} is not known`;
  if (today > deadline) return `The last day to file was ${deadline}`;
  return packetFor(deps, filing, claim);
}

/** True when the log already tells the outcome, or that this request is not the claim's any more. */
async function closedByLog(deps: FilingDeps, filing: Filing, claim: ClaimState): Promise<boolean> {
  const { submission, status } = claim;
  if (submission?.idempotencyKey !== filing.idempotencyKey) {
    await abandon(deps, filing, 'the claim is not filed by this request any more');
  } else if (submission.amazonCaseId !== null) {
    await endFiling(deps.pool, filing, { state: 'filed', caseId: submission.amazonCaseId });
  } else if (status === 'manual') {
    await endFiling(deps.pool, filing, { state: 'refused', reason: 'refused before' });
  } else if (!filingHasBegun(claim)) {
    await abandon(deps, filing, `the claim is ${status}`);
  } else {
    return false;
  }
  return true;
}

async function abandon({ pool, log }: FilingDeps, filing: Filing, reason: string): Promise<void> {
  log.warn({ claim: filing.claimId, key: filing.idempotencyKey }, `filing given up: ${reason}`);
  await endFiling(pool, filing, { state: 'void', reason });
}

/** True when the call before turned out to have opened a case, or nobody can tell yet. */
async function closedByLookUp(deps: FilingDeps, filing: Filing): Promise<boolean> {
  const answer = await deps.desk.lookUp(filing.idempotencyKey);
  switch (answer.outcome) {
    case 'found':
      await concludeFiled(deps, filing, answer.caseId);
      return true;
    case 'no_answer':
      await concludeUnknown(deps, filing, answer.reason);
      return true;
    case 'not_known':
      return false;
  }
}

async function call(
  { desk, ...deps }: FilingDeps,
  filing: Filing,
  packet: CasePacket,
): Promise<void> {
  const answer = await desk.submit(filing.idempotencyKey, packet);
  switch (answer.outcome) {
    case 'filed':
      return concludeFiled(deps, filing, answer.caseId);
    case 'refused':
      return concludeRefused(deps, filing, `Refused: ${answer.reason}`);
    case 'unknown':
      return concludeUnknown(deps, filing, answer.reason);
    case 'not_now':
      return waitAndAskAgain(deps, filing, answer.reason);
  }
}
