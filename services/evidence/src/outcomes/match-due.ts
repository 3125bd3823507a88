import { workOnDue, type WorkDeps, type WorkPlan } from '../work-on-due.js';
import { matchSeller, type MatchDeps } from './match-seller.js';

const MATCHING: WorkPlan = {
  kind: 'matching',
  together: 1,
  longestSeconds: 600,
  longestDelayMs: 300_000,
};

/** Matches the payments of the seller that has waited longest; answers whether there was one. */
export function matchDue(deps: MatchDeps & WorkDeps): Promise<boolean> {
  return workOnDue(deps, MATCHING, async ({ tenantId }, cause) => {
    await matchSeller(deps, tenantId, cause);
    return 'done';
  });
}
