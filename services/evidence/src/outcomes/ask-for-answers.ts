import { fromCommand, giveUpWaiting, isRejection, recordOutcome } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { takeAnswerLooks, type FollowedClaim } from '../adapters/followed-claims.js';
import type { AnswerDesk } from '../adapters/desk-answers.js';
import { isStopped } from '../adapters/governor.js';
import { decideOnClaim } from '../decide-on-claim.js';

export interface AskDeps {
  readonly pool: Service['pool'];
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Service['log'];
  /** Null where no desk can be asked: then only reports and persons tell. */
  readonly desk: AnswerDesk | null;
  /** Days after filing on which an answer is no longer expected. */
  readonly answerDays: number;
}

const TOGETHER = 6;

/** Asks for the answers of cases whose turn it is, and gives up on those that were never answered. */
export async function askForAnswers(deps: AskDeps): Promise<boolean> {
  const claims = await takeAnswerLooks(deps.pool, TOGETHER);
  await Promise.all(claims.map((claim) => askFor(deps, claim)));
  return claims.length > 0;
}

async function askFor(deps: AskDeps, claim: FollowedClaim): Promise<void> {
  const { pool, store, clock, log, desk, answerDays: days } = deps;
  const { caseId, channel } = claim;
  // Asking is a call as well: behind a kill switch nothing leaves. The claim is asked about again when it is off.
  const asks = channel === 'sandbox' && caseId !== null && !(await isStopped(pool, claim.tenantId));
  const told = desk && asks ? await desk.answerTo(caseId) : null;
  if (told?.outcome === 'no_answer') {
    log.warn({ claim: claim.claimId, reason: told.reason }, 'the desk was asked in vain');
  }
  const cause = fromCommand('service:evidence', clock.now());
  await decideOnClaim(store, claim, (state) => {
    if (told?.outcome !== 'decided') return { events: giveUpWaiting(state, { days, cause }) };
    const { currency } = state.assessment.value.total ?? {};
    const { amount } = told.decision;
    // A sum in another currency than the claim's is not its sum; that Amazon agreed stands all the same.
    const given = currency === undefined || amount?.currency === currency ? amount : null;
    const decision = { ...told.decision, amount: given, amazonCaseId: caseId };
    const events = recordOutcome(state, { ...decision, source: 'desk' }, cause);
    return { events: isRejection(events) ? [] : events };
  });
}
