import type { DocumentCheck, Tier } from '@recoup/contracts';
import type { ClaimRoute, ClaimState, Validation } from '@recoup/domain';
import { toMinor } from '@recoup/kernel';
import { askUnitCost, askWhetherSettled } from './questions.js';
import { PROMPT_PROBABILITY, tierOfProbability } from './success-probability.js';

export interface RouteInput {
  readonly claim: ClaimState;
  readonly validation: Validation;
  /** Whole units of the claim's currency; a claim worth more needs a person's approval. */
  readonly approvalLimit: number;
}

/**
 * Who acts next on a validated claim. What stands outside the model comes first and no probability overrides it: what
 * breaks a rule, cannot be shown or is worth more than the limit goes to a person; an unknown value is asked for. Then
 * the lower of the detector's tier and that of the probability after evidence decides.
 */
export function chooseRoute(input: RouteInput): ClaimRoute {
  const { claim, validation } = input;
  const reasons = gateReasons(input);
  const tier = lower(claim.assessment.tier, tierOfProbability(validation.successProbability));
  if (tier === 'manual' && reasons.length === 0) reasons.push(unlikelyReason(validation));
  if (reasons.length > 0) return { kind: 'manual', reasons: [...reasons, ...valueReason(claim)] };
  if (claim.assessment.value.total === null) return { kind: 'prompt', prompt: askUnitCost(claim) };
  return tier === 'auto' ? { kind: 'auto' } : { kind: 'prompt', prompt: askWhetherSettled(claim) };
}

/** Gates that only a person can open. */
function gateReasons({ claim, validation, approvalLimit }: RouteInput): string[] {
  return [
    ...validation.complianceReasons,
    ...validation.documents.filter(showsTheLoss).flatMap(({ reasons }) => reasons),
    ...approvalReason(claim, approvalLimit),
  ];
}

/** The invoice says what a unit is worth; all other documents say that it was lost. */
function showsTheLoss({ type }: DocumentCheck): boolean {
  return type !== 'supplier_invoice';
}

function approvalReason({ assessment }: ClaimState, limit: number): string[] {
  const { total } = assessment.value;
  if (total === null) return [];
  const { amount, currency } = total;
  if (toMinor(total) <= toMinor({ amount: String(limit), currency })) return [];
  return [`Worth ${amount} ${currency}: above ${limit} ${currency} a person approves the filing`];
}

function valueReason({ assessment }: ClaimState): string[] {
  return assessment.value.total === null ? ['The value of a unit is not known'] : [];
}

/** Without the figure: a reason that changed with every rescoring would queue the claim anew each time. */
function unlikelyReason({ successProbability }: Validation): string {
  return successProbability >= PROMPT_PROBABILITY
    ? 'The detector leaves this claim to a person'
    : `Less likely than ${PROMPT_PROBABILITY.toFixed(2)} to be approved`;
}

const order: readonly Tier[] = ['manual', 'prompt', 'auto'];

function lower(a: Tier, b: Tier): Tier {
  return order.indexOf(a) < order.indexOf(b) ? a : b;
}
