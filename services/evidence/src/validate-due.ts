import { backoffMs, messageOf, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import {
  leaseValidations,
  postponeValidation,
  settleUntil,
  settleUntilChosen,
  settleValidation,
  type DueValidation,
} from './adapters/due-validations.js';
import { currentClaim } from './current-claim.js';
import { openingInstant } from './domain/opening-day.js';
import { reactionTo } from './reaction.js';
import { validateClaim, type ValidateDeps } from './validate-claim.js';

export interface ValidateDueDeps extends ValidateDeps {
  readonly clock: Clock;
  readonly log: Service['log'];
}

/** Claims looked at together: their appends leave as few calls, and half the connections stay free for other work. */
const TOGETHER = 6;

/** Far longer than a claim takes, short enough that the claims of a dead worker do not wait long. */
const LEASE_SECONDS = 20;

/** Looks at the claims that are due; answers whether there were any. What fails waits, and keeps no other claim waiting. */
export async function validateDue(deps: ValidateDueDeps): Promise<boolean> {
  const due = await leaseValidations(deps.pool, { limit: TOGETHER, seconds: LEASE_SECONDS });
  await Promise.all(due.map((one) => validateOne(deps, one)));
  return due.length > 0;
}

async function validateOne(deps: ValidateDueDeps, due: DueValidation): Promise<void> {
  try {
    const { waitsForSettings } = await validateClaim(deps, due, reactionTo(due, deps.clock));
    const claim = await currentClaim(deps.store, due);
    const opening = claim && openingInstant(claim, deps.clock.now());
    if (opening) await settleUntil(deps.pool, due, opening);
    else if (waitsForSettings) await settleUntilChosen(deps.pool, due);
    else await settleValidation(deps.pool, due);
  } catch (error) {
    deps.log.warn({ err: error, claim: due.claimId }, 'claim not validated yet');
    const delayMs = backoffMs(due.attempts, { baseMs: 500, capMs: 300_000 });
    await postponeValidation(deps.pool, due, { delayMs, error: messageOf(error) });
  }
}
