import { backoffMs, messageOf, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { leaseMatching, postponeMatching, settleMatching } from '../adapters/due-matchings.js';
import { reactionTo } from '../reaction.js';
import { matchSeller, type MatchDeps } from './match-seller.js';

export interface MatchDueDeps extends MatchDeps {
  readonly clock: Clock;
  readonly log: Service['log'];
}

/** Far longer than a seller takes, short enough that one of a dead worker does not wait long. */
const LEASE_SECONDS = 120;

/** Matches the payments of the seller that has waited longest; answers whether there was one. */
export async function matchDue(deps: MatchDueDeps): Promise<boolean> {
  const due = await leaseMatching(deps.pool, LEASE_SECONDS);
  if (!due) return false;
  try {
    await matchSeller(deps, due.tenantId, reactionTo(due, deps.clock));
    await settleMatching(deps.pool, due);
  } catch (error) {
    deps.log.warn({ err: error, tenant: due.tenantId }, 'payments not matched yet');
    const delayMs = backoffMs(due.attempts, { baseMs: 500, capMs: 300_000 });
    await postponeMatching(deps.pool, due, { delayMs, error: messageOf(error) });
  }
  return true;
}
