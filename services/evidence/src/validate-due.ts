import { openingInstant } from '@recoup/domain';
import { currentClaim } from './current-claim.js';
import { validateClaim, type ValidateDeps } from './validate-claim.js';
import { workOnDue, type WorkDeps, type WorkPlan } from './work-on-due.js';

/** Claims looked at together: their appends leave as few calls, and half the connections stay free for other work. */
const TOGETHER = 6;

const VALIDATION: WorkPlan = {
  kind: 'validation',
  together: TOGETHER,
  longestSeconds: 60,
  longestDelayMs: 300_000,
};

/** Looks at the claims that are due; answers whether there were any. */
export function validateDue(deps: ValidateDeps & WorkDeps): Promise<boolean> {
  return workOnDue(deps, VALIDATION, async ({ id: claimId, tenantId }, cause) => {
    const ref = { claimId, tenantId };
    const { waitsForSettings } = await validateClaim(deps, ref, cause);
    const claim = await currentClaim(deps.store, ref);
    const opening = claim && openingInstant(claim, deps.clock.now());
    if (opening) return { until: opening };
    return waitsForSettings ? { waitsFor: 'settings' } : 'done';
  });
}
