import { outsideWindow, type ClaimState } from '@recoup/domain';

export interface ComplianceInput {
  readonly claim: ClaimState;
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** Another claim that is filed, or being filed, for the same loss. */
  readonly filedElsewhere: string | null;
}

/**
 * Why filing this claim today would break Amazon's rules; empty when it would not. The window counts calendar days of
 * the marketplace, both ends inclusive.
 */
export function complianceReasons({ claim, today, filedElsewhere }: ComplianceInput): string[] {
  const window = outsideWindow(claim, today);
  return [
    ...(window ? [window.message] : []),
    ...policyReasons(claim),
    ...(filedElsewhere === null
      ? []
      : [`The same loss is filed already, as claim ${filedElsewhere}`]),
    ...(claim.assessment.quantity > 0 ? [] : ['No unit is claimed']),
  ];
}

/** The rule that a claim cites must be the one of the day of the loss. */
function policyReasons({ policy, lossDay }: ClaimState): string[] {
  const { name, effectiveFrom, effectiveTo } = policy;
  const inForce = effectiveFrom <= lossDay && (effectiveTo === null || lossDay <= effectiveTo);
  return inForce ? [] : [`The policy ${name} was not in force on ${lossDay}`];
}
