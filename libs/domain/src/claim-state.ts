import type {
  AllocationLine,
  ClaimSubtype,
  ClaimType,
  ClaimValue,
  ClaimWindow,
  EventData,
  Prompt,
  Score,
  SourceRef,
  SyncResource,
  Tier,
} from '@recoup/contracts';
import type { Money } from '@recoup/kernel';
import type { ClaimStatus } from './claim-status.js';

/** What a claim is worth and how sure it is, as of its latest assessment. */
export interface Assessment {
  readonly quantity: number;
  readonly value: ClaimValue;
  readonly score: Score;
  readonly tier: Tier;
  readonly allocation: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

export type ClaimRoute =
  | { readonly kind: 'auto' }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | {
      readonly kind: 'manual';
      readonly reasons: readonly string[];
      /** One of the reasons is its value: see `approveFiling`. */
      readonly needsApproval?: true;
    };

/** A person's approval to file a claim although it is worth more than the seller's limit. */
export interface Approval {
  readonly quantity: number;
  /** What the claim was worth then: a dearer one is approved anew. */
  readonly amount: Money;
}

/** The seller's word to file a claim, for the quantity that was claimed then. */
export interface Authorization {
  readonly quantity: number;
  /** Who gave it, as the event's actor. */
  readonly by: string;
}

/** What Amazon decided, as far as it is known. */
export interface AmazonDecision {
  readonly outcome: 'approved' | 'partially_approved' | 'denied';
  readonly amazonCaseId: string | null;
  readonly source: EventData<'claim.denied'>['source'];
  /** What Amazon agreed to; null where it was not told, and for a denial. */
  readonly amount: Money | null;
  /** The day on which the money is expected; null where nobody can tell. */
  readonly expectedOn: string | null;
  readonly reason: string | null;
}

/** One claim as its events tell it. */
export interface ClaimState extends Readonly<ClaimWindow> {
  readonly claimId: string;
  readonly status: ClaimStatus;
  readonly claimType: ClaimType;
  readonly subtype: ClaimSubtype;
  readonly subject: EventData<'claim.detected'>['subject'];
  /** Sources that it could not have been found without. */
  readonly needs: readonly SyncResource[];
  readonly assessment: Assessment;
  /** Place in the log at which it was found (again). */
  readonly foundAt: number;
  /** The detection that found it (again), changed it last and withdrew it; null where none did. */
  readonly detectedBy: string;
  readonly changedBy: string | null;
  readonly withdrawnBy: string | null;
  /** What caused it to expire. */
  readonly expiredBecause: string | null;
  /** The latest validation; null once the quantity it was made for is no longer claimed. */
  readonly validation: EventData<'claim.validated'> | null;
  readonly route: ClaimRoute | null;
  /** What the seller answered since the claim was found (again), in order. */
  readonly answers: readonly EventData<'claim.answered'>[];
  readonly submission: {
    readonly channel: EventData<'claim.submission_requested'>['channel'];
    readonly idempotencyKey: string;
    readonly amazonCaseId: string | null;
    /** When Amazon had it; null while that is not known. */
    readonly submittedAt: string | null;
  } | null;
  /** Null once another quantity is claimed, or the claim went back to a person. */
  readonly authorization: Authorization | null;
  /** Null until it is given, and once another quantity is claimed. */
  readonly approval: Approval | null;
  readonly decision: AmazonDecision | null;
  /** What Amazon said before the claim was filed anew, in order. */
  readonly denials: readonly AmazonDecision[];
  readonly payments: readonly EventData<'claim.paid'>[];
  readonly reversals: readonly EventData<'claim.reversed'>[];
  /** What Amazon paid by itself: it stays known when the claim is found again. */
  readonly unasked: readonly EventData<'claim.paid_unasked'>[];
  /** Rows of payments that name it in one way and something else in another, by the keys of their facts. */
  readonly conflicts: readonly string[];
  /** The latest notice of a near deadline. */
  readonly noticed: { readonly deadline: string; readonly daysLeft: number } | null;
  /** Stream version, for the next append. */
  readonly version: number;
}
