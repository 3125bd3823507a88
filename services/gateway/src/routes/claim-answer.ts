import {
  isRejection,
  type ClaimState,
  type ClaimStatus,
  type Rejection,
  type SubmissionHindrance,
} from '@recoup/domain';
import { z } from 'zod';
import { notFound, problemOf, type Problem } from '../http/problems.js';
import { wordsOf } from './claim-words.js';

/** What a command on a claim answers: where the claim stands now, in the words of the case page. */
export const claimAnswerSchema = z.object({
  id: z.string(),
  status: z.string(),
  submission_status: z.string(),
  message: z.string(),
});

const MESSAGES: Readonly<Record<ClaimStatus, string>> = {
  detected: 'The evidence of this claim is being checked.',
  validated: 'The evidence of this claim was checked.',
  auto_approved: 'This claim goes out by itself.',
  prompted: 'This claim waits for you.',
  manual: 'A person has to look at this claim.',
  authorized: 'This claim is on its way to be filed.',
  queued_for_filing: 'This claim waits in the queue for a person to file it.',
  submission_requested: 'This claim is being filed.',
  unconfirmed: 'This claim was sent; whether it arrived is being looked up.',
  handed_over:
    'Your case desk has this claim. It is filed once the desk tells the number of its case.',
  submitted: 'This claim is filed.',
  unanswered: 'Amazon has not answered this claim: look at its case there.',
  paid_unasked: 'Amazon paid this claim by itself, before it was filed.',
  approved: 'Amazon approved this claim.',
  partially_approved: 'Amazon approved a part of this claim.',
  denied: 'Amazon denied this claim.',
  paid: 'Amazon paid this claim.',
  reversed: 'Amazon took its payment back.',
  dismissed: 'This claim is dismissed.',
  withdrawn: 'This claim was withdrawn: nothing is left to claim.',
  expired: 'The last day to file this claim has passed.',
};

/** Where the claim stands. Throws the Problem that a refusal is. */
export function claimAnswer(decided: ClaimState | Rejection): z.infer<typeof claimAnswerSchema> {
  if (isRejection(decided)) throw refusal(decided);
  const { claimId: id, status } = decided;
  const { page, submission } = wordsOf(status);
  return { id, status: page, submission_status: submission, message: messageOf(decided) };
}

function messageOf({ status, route, submission }: ClaimState): string {
  if (status === 'manual' && route?.kind === 'manual') {
    return `A person has to look at this claim: ${route.reasons.join('; ')}.`;
  }
  if (status === 'submitted') return `This claim is filed as case ${submission?.amazonCaseId}.`;
  return MESSAGES[status];
}

/** What was told does not fit, or does not suffice; every other refusal is for where the claim stands. */
const UNPROCESSABLE: Readonly<Record<string, object>> = {
  not_filed: { missing: ['amazonCaseId'] },
  bad_amount: {},
  other_currency: {},
};

/** A refused command on a claim as an answer. */
export function refusal(rejection: Rejection | SubmissionHindrance): Problem {
  const { code } = rejection;
  if (code === 'claim_not_found') return notFound();
  if ('missing' in rejection) {
    const { missing, reasons } = rejection;
    return problemOf(rejection, { status: 422, extra: { missing, reasons } });
  }
  const extra = UNPROCESSABLE[code];
  return problemOf(rejection, extra ? { status: 422, extra: { ...extra } } : { status: 409 });
}
