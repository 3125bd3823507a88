import type { ClaimState } from '@recoup/domain';
import { featureNames, type Features } from '../score/features.js';
import type { Model } from '../score/model.js';
import { scoreOf, unmoved } from '../score/score.js';
import type { DecidedClaim } from './platt.js';

/**
 * What a claim teaches: the log-odds that this model gives it, by its features as they were when it was filed, and whether
 * Amazon approved it. Null where it teaches nothing: Amazon has not decided, or has paid what nobody had filed, or the claim was
 * scored before the model knew one of its features.
 */
export function decidedClaim(state: ClaimState, model: Model): DecidedClaim | null {
  const approved = wasApproved(state);
  const features = featuresOf(state);
  if (approved === null || features === null) return null;
  const score = scoreOf(model, state.subtype, features);
  return { claimId: state.claimId, logOdds: unmoved(score), approved };
}

/**
 * The last decision counts: an appeal can only better the first. What was approved in part was approved, and what was taken
 * back later had been. A payment alone is an approval only where a case had been filed.
 */
function wasApproved({ decision, payments, submission }: ClaimState): boolean | null {
  const filed = (decision?.amazonCaseId ?? submission?.amazonCaseId ?? null) !== null;
  if (decision) {
    const isOurs = filed || decision.source !== 'reports';
    return isOurs ? decision.outcome !== 'denied' : null;
  }
  return filed && payments.length > 0 ? true : null;
}

function featuresOf({ assessment }: ClaimState): Features | null {
  const values = new Map(
    assessment.score.contributions.map(({ feature, value }) => [feature, value]),
  );
  if (!featureNames.every((name) => values.has(name))) return null;
  return Object.fromEntries(featureNames.map((name) => [name, values.get(name) ?? 0]));
}
