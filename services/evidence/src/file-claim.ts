import type { SellerSettings } from '@recoup/contracts';
import { type ClaimState, filingHasBegun } from '@recoup/domain';
import { askToFile, askToLookUp, noteCallEnded } from './adapters/call-permission.js';
import { endFiling, type Filing } from './adapters/filings.js';
import type { CaseDesk } from './adapters/case-desk.js';
import type { FilingChannel } from './adapters/tables.js';
import { currentClaim } from './current-claim.js';
import type { CasePacket } from './domain/case-packet.js';
import {
  concludeFiled,
  concludeHandedOver,
  concludeRefused,
  concludeUnknown,
  noteInterrupted,
  waitAndAskAgain,
  type ConclusionDeps,
} from './filing-conclusion.js';
import { filingDay, type FilingDay } from './filing-day.js';
import { holdBack } from './hold-back.js';
import { packetFor } from './packet-for.js';
import { sellerChoices } from './seller-choices.js';

export interface FilingDeps extends ConclusionDeps {
  readonly desk: CaseDesk;
  readonly channel: FilingChannel;
  readonly leaseSeconds: number;
  /** The settings of sellers who have not chosen. */
  readonly defaults: SellerSettings;
}

/**
 * Brings one leased filing as far as it goes. A case is opened at most once per request:
 *
 *   the log is asked first      what it already says is only noted here
 *   then the desk               when a call may have gone out before, its own list decides
 *   leave to call               the kill switch, the cases of the day, the spacing; with it the filing is `calling`, so
 *                               that a death between call and answer is seen by whoever comes next
 *   the same key and content    so that even two calls would be one case
 *
 * No database connection is held while the desk is called.
 */
export async function fileClaim(deps: FilingDeps, filing: Filing): Promise<void> {
  const claim = await currentClaim(deps.store, filing);
  if (!claim) return abandon(deps, filing, 'there is no such claim');
  if (await closedByLog(deps, filing, claim)) return;
  if (filing.state === 'calling') {
    if (filing.interrupted) await noteInterrupted(deps, filing);
    if (await closedByLookUp(deps, filing)) return;
  }
  const order = await orderOf(deps, filing, claim);
  if (typeof order === 'string') return concludeRefused(deps, filing, { reason: order });
  await callInTurn(deps, filing, order);
}

interface Order extends FilingDay {
  readonly packet: CasePacket;
  readonly governor: SellerSettings['governor'];
}

/** What is sent, or why nothing may be. A desk out of reach for days must not get what the rules no longer allow. */
async function orderOf(
  deps: FilingDeps,
  filing: Filing,
  claim: ClaimState,
): Promise<Order | string> {
  const { subject, deadline, authorization } = claim;
  const today = filingDay(subject.marketplaceId, deps.clock);
  if (today === null) return `The calendar of marketplace ${subject.marketplaceId} is not known`;
  if (today.day > deadline) return `The last day to file was ${deadline}`;
  const choices = await sellerChoices(deps.store, filing.tenantId, deps.defaults);
  if (authorization === null && !choices.autoFile) return 'Automatic filing was turned off';
  const packet = await packetFor(deps, filing, claim);
  return typeof packet === 'string' ? packet : { ...today, packet, governor: choices.governor };
}

/** True when the log already tells the outcome, or that this request is not the claim's any more. */
async function closedByLog(deps: FilingDeps, filing: Filing, claim: ClaimState): Promise<boolean> {
  const { submission, status } = claim;
  if (submission?.idempotencyKey !== filing.idempotencyKey) {
    await abandon(deps, filing, 'the claim is not filed by this request any more');
  } else if (submission.amazonCaseId !== null) {
    await endFiling(deps.pool, filing, { state: 'filed', caseId: submission.amazonCaseId });
  } else if (status === 'handed_over') {
    await endFiling(deps.pool, filing, { state: 'handed_over' });
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

/** True when the call before turned out to have opened a case, or nobody can tell yet, or may ask now. */
async function closedByLookUp(deps: FilingDeps, filing: Filing): Promise<boolean> {
  const { desk, pool, leaseSeconds } = deps;
  if (desk.lookUp === null) return false;
  const leave = await askToLookUp(pool, filing, leaseSeconds);
  if (!leave.granted) {
    await holdBack(deps, filing, leave.why);
    return true;
  }
  const answer = await desk.lookUp(filing.idempotencyKey, leave.beginBy);
  const call = { kind: 'look_up' } as const;
  switch (answer.outcome) {
    case 'found':
      await concludeFiled(deps, filing, { ...call, caseId: answer.caseId });
      return true;
    case 'no_answer':
      await concludeUnknown(deps, filing, { ...call, ...answer });
      return true;
    case 'not_known':
      return false;
  }
}

async function callInTurn(deps: FilingDeps, filing: Filing, order: Order): Promise<void> {
  const { pool, leaseSeconds: seconds } = deps;
  const leave = await askToFile(pool, filing, { ...order, seconds });
  if (!leave.granted) return holdBack(deps, filing, leave.why, order);
  const { idempotencyKey, requestedAt } = filing;
  const sent = { idempotencyKey, requestedAt, packet: order.packet };
  const answer = await deps.desk.submit(sent, leave.beginBy);
  await noteCallEnded(pool, filing);
  const call = { kind: 'submit' } as const;
  switch (answer.outcome) {
    case 'filed':
      return concludeFiled(deps, filing, { ...call, caseId: answer.caseId });
    case 'handed_over':
      return concludeHandedOver(deps, filing);
    case 'refused':
      return concludeRefused(deps, filing, { ...call, reason: `Refused: ${answer.reason}` });
    case 'unknown':
      return concludeUnknown(deps, filing, { ...call, reason: answer.reason, left: true });
    case 'not_now':
      return waitAndAskAgain(deps, filing, answer);
  }
}
