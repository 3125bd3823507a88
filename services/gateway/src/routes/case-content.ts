import type { ClaimState } from '@recoup/domain';
import { agreedAmount } from '../projections/amount-to-come.js';
import type { ClaimRow } from '../projections/claim.js';
import { phaseOf } from '../projections/claim-phase.js';
import { subtypeLabel, typeLabel } from '../projections/labels.js';
import { moneyText } from '../projections/money-text.js';
import { currencyOf, majorUnits, paidSoFar } from '../reads/claim-amounts.js';
import type { Surroundings } from '../reads/claim-surroundings.js';
import type { CaseBody } from './case-body.js';
import { offersOf } from './claim-offers.js';
import { waitingBody } from './claim-waiting.js';
import { wordsOf } from './claim-words.js';
import { caseIdOf, unitsOfProduct } from './recovery-body.js';

/** A claim as its page shows it. */
export function caseBody(
  { claim, detectedAt, timeline }: ClaimRow,
  around: Surroundings,
): CaseBody {
  const { subject, route, policy, lossDay, opensOn, deadline } = claim;
  const { tier } = claim.assessment;
  const { page, submission } = wordsOf(claim.status);
  const { marketplaceId: _, ...product } = subject;
  return {
    id: claim.claimId,
    title: `${subtypeLabel(claim.subtype)}: ${unitsOfProduct(claim)}`,
    status: page,
    submission_status: submission,
    type: typeLabel(claim.claimType),
    claimType: claim.claimType,
    subtype: claim.subtype,
    tier,
    ...moneyOf(claim),
    createdDate: detectedAt,
    lossDate: lossDay,
    opensOn,
    deadline,
    amazonCaseId: caseIdOf(claim),
    ...product,
    ...reasonsOf(claim),
    actions: [...around.actionsOf(claim)],
    commands: offersOf(claim, around),
    waiting: waitingBody(claim, around),
    prompt: claim.status === 'prompted' && route?.kind === 'prompt' ? route.prompt : null,
    reviewReasons: claim.status === 'manual' && route?.kind === 'manual' ? [...route.reasons] : [],
    policy,
    events: [...timeline],
    ...evidenceOf(claim),
    ...explanationOf(claim),
  };
}

function moneyOf(claim: ClaimState) {
  const { value, quantity } = claim.assessment;
  const currency = currencyOf(claim);
  const agreed = agreedAmount(claim);
  const payments = claim.payments.map(({ paidOn, reference, amount, unitsInKind }) => ({
    date: paidOn,
    reference,
    amount: amount && majorUnits(amount),
    currency: amount?.currency ?? currency,
    unitsInKind,
  }));
  const reversals = claim.reversals.map(({ reversedOn, reference, amount }) => ({
    date: reversedOn,
    reference,
    amount: majorUnits(amount),
    currency: amount.currency,
    unitsInKind: 0,
  }));
  return {
    guaranteedAmount: majorUnits(value.total),
    amountKnown: value.total !== null,
    currency,
    approvedAmount: agreed && majorUnits(agreed),
    paidAmount: majorUnits(paidSoFar(claim, currency)),
    payments,
    reversals,
    expectedPayoutDate: claim.decision?.expectedOn ?? null,
    unitsLost: quantity,
    unitCost: majorUnits(value.perUnit),
    unitCostKnown: value.perUnit !== null,
  };
}

function reasonsOf(claim: ClaimState): Pick<CaseBody, 'approval_reason' | 'rejection_reason'> {
  return { approval_reason: approvalReason(claim), rejection_reason: rejectionReason(claim) };
}

function approvalReason(claim: ClaimState): string | null {
  const { decision, status } = claim;
  const phase = phaseOf(status);
  if (!decision || (phase !== 'agreed' && phase !== 'paid')) return null;
  if (decision.reason !== null) return decision.reason;
  const what = decision.outcome === 'approved' ? 'the claim' : 'a part of the claim';
  const sum = decision.amount === null ? '' : `: ${moneyText(decision.amount)}`;
  return `Amazon approved ${what}${sum}.`;
}

function rejectionReason({ status, decision, reversals, deadline }: ClaimState): string | null {
  switch (status) {
    case 'denied':
      return decision?.reason ?? null;
    case 'reversed':
      return reversals.at(-1)?.reason ?? null;
    case 'unanswered':
      return 'Amazon has not answered. Look at the case in Seller Central.';
    case 'expired':
      return `The last day to file it was ${deadline}.`;
    default:
      return null;
  }
}

function evidenceOf({ validation }: ClaimState): Pick<CaseBody, 'evidence' | 'evidence_complete'> {
  return {
    evidence_complete: validation?.requiredDocuments === 'Available',
    evidence: {
      requiredDocuments: validation?.documents ?? [],
      amazonCompliance: validation?.amazonCompliance ?? 'Not verified',
      complianceReasons: validation?.complianceReasons ?? ['The evidence is not checked yet.'],
      successProbability: validation?.successProbability ?? null,
    },
  };
}

function explanationOf({ assessment }: ClaimState): Pick<CaseBody, 'explanation' | 'confidence'> {
  const { score, sources, allocation } = assessment;
  const {
    modelVersion,
    intercept,
    contributions,
    confidence,
    calibration,
    own,
    readUntil = null,
  } = score;
  return {
    // To one decimal place.
    confidence: Math.round(confidence * 1000) / 10,
    explanation: {
      modelVersion,
      intercept,
      contributions,
      calibration: calibration ?? null,
      ownOutcomes: own ?? null,
      freshness: { readUntil },
      sources: [...sources],
      allocation: [...allocation],
    },
  };
}
