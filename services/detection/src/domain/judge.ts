import { claimTypeOf, type ClaimSubtype, type ClaimValue, type EventData } from '@recoup/contracts';
import type { AllocationLine, ClaimWindow, SourceRef, SyncResource } from '@recoup/contracts';
import type { MarketplaceRow } from '@recoup/domain';
import { addDays, daysBetween, derivedName } from '@recoup/kernel';
import { allComplete, policyFor, todayAt, type Context } from './context.js';
import { readUntil } from './coverage.js';
import { NOTHING, type Detected } from './detector.js';
import type { EligibilityPolicy } from './policies/eligibility.js';
import { timeFeatures, type Features } from './score/features.js';
import { claimModel } from './score/model.js';
import { scoreOf } from './score/score.js';
import { tierOf } from './score/tier.js';

export type Subject = EventData<'claim.detected'>['subject'];

/** What a detector holds to be owed. Whether and until when it can be claimed, and how sure that is, is judged here. */
export interface Draft {
  readonly marketplace: MarketplaceRow;
  /** Keys of the facts that make the claim what it is: found again, by any detection, it is the same claim. */
  readonly anchor: readonly string[];
  readonly subject: Pick<Subject, 'fnsku' | 'sku' | 'asin' | 'productName'> & Partial<Subject>;
  /** A case of its subtype with a window of its own. */
  readonly variant?: string;
  /** Its first day, from which its windows count. */
  readonly startDay: string;
  /** A later day from which the last of them counts: of several charges each has a window of its own. */
  readonly countsFrom?: string;
  /** True where Amazon itself states that it is open: then there is no waiting for it to turn up. */
  readonly statedByAmazon: boolean;
  readonly quantity: number;
  readonly value: ClaimValue;
  /** What the detector knows; features of time, value and sources are added. */
  readonly features: Features;
  readonly allocation: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

/** The detector whose draft it is. */
export interface Drafter {
  readonly subtype: ClaimSubtype;
  readonly needs: readonly SyncResource[];
}

/**
 * Makes a finding of what is owed, by the policy in force on its first day. Too early while Amazon may still put it right by
 * itself or its window has not opened; past its last day it is only counted; without a policy nothing can be said.
 */
export function judge(draft: Draft, detector: Drafter, context: Context): Detected {
  const { marketplace, startDay } = draft;
  const kind = { subtype: detector.subtype, variant: draft.variant ?? null };
  const policy = policyFor(context)(marketplace.network, kind, startDay);
  if (!policy) return { ...NOTHING, withoutPolicy: 1 };
  const case_: Case = { draft, detector, context, policy, today: todayAt(marketplace, context) };
  const window = windowOf(case_);
  if (case_.today < window.opensOn) return { ...NOTHING, tooEarly: [findingOf(case_, window)] };
  if (case_.today > window.deadline) {
    const past = { claimId: claimIdOf(case_), units: draft.quantity, window };
    return { ...NOTHING, pastWindow: [past] };
  }
  return { ...NOTHING, findings: [findingOf(case_, window)] };
}

interface Case {
  readonly draft: Draft;
  readonly detector: Drafter;
  readonly context: Context;
  readonly policy: EligibilityPolicy;
  readonly today: string;
}

/** Amazon's own word that units are open needs no waiting; without it they may still turn up. */
function opensOn({ draft, policy }: Case): string {
  const wait = draft.statedByAmazon ? 0 : policy.maturityDays;
  return addDays(draft.startDay, Math.max(policy.opensAfterDays, wait));
}

function windowOf(case_: Case): ClaimWindow {
  const { draft, policy } = case_;
  const { name, effectiveFrom, effectiveTo, source } = policy;
  return {
    lossDay: draft.startDay,
    opensOn: opensOn(case_),
    deadline: addDays(draft.countsFrom ?? draft.startDay, policy.windowDays),
    policy: { name, effectiveFrom, effectiveTo, source },
  };
}

/** A person files what the policy says, and what some source holds to be too late. */
function needsPerson({ draft, policy, today }: Case): boolean {
  const { neverAuto, contestedAfterDays } = policy;
  if (neverAuto || contestedAfterDays === undefined) return neverAuto;
  return today > addDays(draft.startDay, contestedAfterDays);
}

function claimIdOf({ draft, detector, context }: Case): string {
  const { marketplace, anchor } = draft;
  return derivedName('claim', context.tenantId, marketplace.id, detector.subtype, ...anchor);
}

const ABOUT_NOTHING_ELSE = {
  facility: null,
  orderId: null,
  shipmentId: null,
  removalOrderId: null,
  reimbursementId: null,
} as const;

function findingOf(case_: Case, window: ClaimWindow): Detected['findings'][number] {
  const { draft, detector, context, policy, today } = case_;
  const { quantity, value, marketplace } = draft;
  const sourcesComplete = allComplete(detector.needs, context);
  const model = context.own ? { ...claimModel, own: context.own } : claimModel;
  const score = scoreOf(model, detector.subtype, {
    ...draft.features,
    ...timeFeatures({
      age: daysBetween(draft.startDay, today),
      daysLeft: daysBetween(today, window.deadline),
      windowDays: policy.windowDays,
    }),
    size: Math.log2(quantity),
    value_known: value.total === null ? 0 : 1,
    partial_sources: sourcesComplete ? 0 : 1,
  });
  return {
    claimId: claimIdOf(case_),
    claimType: claimTypeOf(detector.subtype),
    subtype: detector.subtype,
    subject: { ...ABOUT_NOTHING_ELSE, ...draft.subject, marketplaceId: marketplace.id },
    ...window,
    needs: [...detector.needs],
    quantity,
    value,
    score: { ...score, readUntil: readUntil(detector.needs, context.coverage) },
    tier: tierOf(score.confidence, { value, neverAuto: needsPerson(case_), sourcesComplete }),
    allocation: [...draft.allocation],
    sources: [...draft.sources],
  };
}
