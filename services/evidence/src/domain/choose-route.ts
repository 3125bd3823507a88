import type { DocumentCheck, Tier } from '@recoup/contracts';
import {
  confirmation,
  isApproved,
  isAsserted,
  isSellersToGive,
  NO_CONSENT,
  promptOf,
  type ClaimRoute,
  type ClaimState,
  type Validation,
} from '@recoup/domain';
import { toMinor } from '@recoup/kernel';
import { nextQuestion } from './next-question.js';
import { askWhetherSettled } from './questions.js';
import { PROMPT_PROBABILITY, tierOfProbability } from './success-probability.js';
import { takesSellersWord } from './value-question.js';

export interface RouteInput {
  readonly claim: ClaimState;
  readonly validation: Validation;
  /** Whole units of the claim's currency; a claim worth more needs a person's approval. */
  readonly approvalLimit: number;
  /** Whether the seller has agreed that claims are filed without asking. */
  readonly autoFile: boolean;
}

/** A way for a claim, or the seller's own word to file it, given by the answer to a prompt. */
export type ChosenRoute = ClaimRoute | { readonly kind: 'authorized'; readonly promptId: string };

/**
 * Who acts next on a validated claim. What stands outside the model comes first and no probability overrides it. What
 * breaks a rule goes to a person. What the seller alone can tell or give is asked for, one question at a time. What still
 * cannot be shown or is worth more than the limit goes to a person. Then the lower of the detector's tier and that of the
 * probability after evidence decides, and in the middle tier the seller's word that it is still open files it. Null: it
 * waits, for the detection that values it at the cost that was told.
 */
export function chooseRoute(input: RouteInput): ChosenRoute | null {
  const { claim, validation } = input;
  const prompt = validation.complianceReasons.length === 0 ? promptFor(input) : null;
  if (prompt) return prompt;
  const reasons = gateReasons(input);
  const tier = lower(claim.assessment.tier, tierOfProbability(validation.successProbability));
  const dear = needsApproval(input);
  if (dear) reasons.push(approvalReason(input));
  if (tier === 'manual' && reasons.length === 0) reasons.push(unlikelyReason(validation));
  if (reasons.length > 0) {
    const all = [...reasons, ...valueReason(claim)];
    return { kind: 'manual', reasons: all, ...(dear && { needsApproval: true }) };
  }
  if (claim.assessment.value.total === null) return withoutValue(claim);
  return byWord(input, tier);
}

/** What nothing keeps is filed by the seller's word: one for this claim, or the consent for all of them. */
function byWord({ claim, autoFile }: RouteInput, tier: Tier): ChosenRoute {
  const said = confirmation(claim);
  if (tier === 'prompt' && said) return { kind: 'authorized', promptId: said.promptId };
  return autoFile ? { kind: 'auto' } : { kind: 'manual', reasons: [NO_CONSENT] };
}

/** The question that is open next; null where nothing is to be asked, or a person has to look at the whole claim anyway. */
export function promptFor({
  claim,
  validation,
}: Pick<RouteInput, 'claim' | 'validation'>): ClaimRoute | null {
  if (unshowable(validation) || !isAsked(claim)) return null;
  const unsure = tierBeforeEvidence(claim) === 'prompt' && !confirmation(claim);
  const question = unsure ? askWhetherSettled(claim) : nextQuestion(claim, validation.documents);
  return question && { kind: 'prompt', prompt: promptOf(claim, question) };
}

/** What Amazon's own reports do not bear out, no answer of the seller mends. */
function unshowable({ documents }: Validation): boolean {
  return documents.some(({ type, status }) => status !== 'Available' && !isSellersToGive(type));
}

/** Sellers are not asked about what is unlikely, except about what they told of themselves. */
function isAsked({ assessment, subtype }: ClaimState): boolean {
  return assessment.tier !== 'manual' || isAsserted({ subtype });
}

/** An unknown value lowers a claim's tier, and no longer does once it is told: then only the likelihood is in question. */
function tierBeforeEvidence({ assessment }: ClaimState): Tier {
  const { tier, score, value } = assessment;
  const likely = tierOfProbability(score.confidence);
  return value.total === null ? likely : lower(tier, likely);
}

function withoutValue(claim: ClaimState): ClaimRoute | null {
  return takesSellersWord(claim) ? null : { kind: 'manual', reasons: valueReason(claim) };
}

/** Gates that only a person can open. */
function gateReasons({ validation }: RouteInput): string[] {
  return [
    ...validation.complianceReasons,
    ...validation.documents.filter(showsTheLoss).flatMap(({ reasons }) => reasons),
  ];
}

/** The invoice says what a unit is worth; all other documents say that it was lost. */
function showsTheLoss({ type }: DocumentCheck): boolean {
  return type !== 'supplier_invoice';
}

function needsApproval({ claim, approvalLimit }: RouteInput): boolean {
  const { total } = claim.assessment.value;
  if (total === null || isApproved(claim)) return false;
  return toMinor(total) > toMinor({ amount: String(approvalLimit), currency: total.currency });
}

function approvalReason({ claim, approvalLimit: limit }: RouteInput): string {
  const { amount, currency } = claim.assessment.value.total ?? { amount: '', currency: '' };
  return `Worth ${amount} ${currency}: above ${limit} ${currency} a person approves the filing`;
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
