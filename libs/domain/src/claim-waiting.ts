import { openPrompt } from './claim-answer.js';
import { waitsForApproval } from './claim-approve.js';
import { waitsForConsent } from './claim-consent.js';
import type { ClaimState } from './claim-state.js';
import type { ClaimStatus } from './claim-status.js';
import type { FilingHold } from './filing-hold.js';
import { isSellersDocument } from './sellers-documents.js';
import { waitsForOpening } from './opening-day.js';

/** What a claim waits for before it goes on, in one word. */
export type WaitingFor =
  /** Its evidence is looked at, which takes moments. */
  | 'check'
  /** The detection that values it at what the seller told. */
  | 'valuation'
  | 'opening_day'
  | 'answer'
  | 'document'
  /** Its value is above the seller's limit. */
  | 'approval'
  /** It would go by itself if its seller let claims do so. */
  | 'consent'
  /** A person has to look at it. */
  | 'review'
  /** A person has to file it. */
  | 'filing_by_hand'
  /** Its turn to be filed. */
  | 'filing'
  | FilingHold
  /** Whether a call arrived is looked up. */
  | 'look_up'
  /** The seller's own desk has it, and has not told the number of its case. */
  | 'case_number'
  | 'amazon_answer'
  /** Amazon did not answer: a person looks at the case there. */
  | 'case_review'
  | 'payment';

/** What is known beside the claim. */
export interface Waits {
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** What keeps the seller's calls that file; null for nothing. */
  readonly hold: FilingHold | null;
}

/**
 * What the next step of a claim waits for; null for a claim that has ended, or that Amazon has denied. Of several things
 * it is what comes first: the order is that in which the evidence service asks and files.
 */
export function waitingFor(claim: ClaimState, waits: Waits): WaitingFor | null {
  const { status } = claim;
  switch (status) {
    case 'validated':
      return validatedWait(claim, waits);
    case 'prompted':
      return openPrompt(claim)?.kind === 'document' ? 'document' : 'answer';
    case 'manual':
      return reviewWait(claim);
    case 'submission_requested':
      return waits.hold ?? 'filing';
    // A look-up begins no case: only the kill switch keeps it.
    case 'unconfirmed':
      return waits.hold === 'kill_switch' ? 'kill_switch' : 'look_up';
    default:
      return WAITS[status];
  }
}

type Plain = Exclude<
  ClaimStatus,
  'validated' | 'prompted' | 'manual' | 'submission_requested' | 'unconfirmed'
>;

const WAITS: Readonly<Record<Plain, WaitingFor | null>> = {
  detected: 'check',
  auto_approved: 'filing',
  authorized: 'filing',
  queued_for_filing: 'filing_by_hand',
  handed_over: 'case_number',
  submitted: 'amazon_answer',
  unanswered: 'case_review',
  approved: 'payment',
  partially_approved: 'payment',
  denied: null,
  paid: null,
  reversed: null,
  paid_unasked: null,
  dismissed: null,
  withdrawn: null,
  expired: null,
};

function validatedWait(claim: ClaimState, { today }: Waits): WaitingFor {
  const { validation, assessment } = claim;
  if (validation && waitsForOpening(claim, validation, today)) return 'opening_day';
  return assessment.value.total === null ? 'valuation' : 'check';
}

/** What a person is to do with a claim that was left to one: give the file that is all it lacks, agree, or look at it. */
function reviewWait(claim: ClaimState): WaitingFor {
  if (lacksFile(claim)) return 'document';
  if (waitsForApproval(claim)) return 'approval';
  return waitsForConsent(claim) ? 'consent' : 'review';
}

function lacksFile({ validation, submission }: ClaimState): boolean {
  if (validation?.amazonCompliance !== 'Verified' || submission !== null) return false;
  const lacking = validation.documents.filter(({ status }) => status !== 'Available');
  return lacking.length > 0 && lacking.every(({ type }) => isSellersDocument(type));
}
