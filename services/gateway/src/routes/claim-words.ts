import type { ClaimStatus } from '@recoup/domain';

/** The words of the `status` column of lists. */
export const LIST_WORDS = ['New', 'Pending', 'Submitted', 'Paid', 'Denied'] as const;

/** The words of a claim in lists, on the case page, and of its submission. */
export interface ClaimWords {
  readonly list: (typeof LIST_WORDS)[number];
  readonly page: string;
  readonly submission: string;
}

const FRESH: ClaimWords = { list: 'New', page: 'Guaranteed', submission: 'draft' };
const WAITING: ClaimWords = { list: 'Pending', page: 'Awaiting Approval', submission: 'draft' };
const FILED: ClaimWords = { list: 'Submitted', page: 'Submitted', submission: 'submitted' };
const AGREED: ClaimWords = { list: 'Submitted', page: 'Under Review', submission: 'approved' };
const LOST: ClaimWords = { list: 'Denied', page: 'Denied', submission: 'denied' };

const WORDS: Readonly<Record<ClaimStatus, ClaimWords>> = {
  detected: FRESH,
  validated: FRESH,
  auto_approved: FRESH,
  queued_for_filing: { ...FRESH, submission: 'queued' },
  // With the seller's own desk: nothing says yet that anybody has filed it.
  handed_over: { ...FRESH, submission: 'queued' },
  dismissed: { ...FRESH, page: 'Awaiting Approval' },
  prompted: WAITING,
  manual: WAITING,
  authorized: FILED,
  submission_requested: FILED,
  unconfirmed: { ...FILED, submission: 'unconfirmed' },
  submitted: FILED,
  approved: AGREED,
  partially_approved: AGREED,
  paid: { list: 'Paid', page: 'Paid Out', submission: 'paid' },
  denied: LOST,
  expired: LOST,
  reversed: LOST,
  // A person looks at the case with Amazon: nobody has said no.
  unanswered: { list: 'Pending', page: 'Awaiting Approval', submission: 'submitted' },
  // The money came, and nobody had filed.
  paid_unasked: { list: 'Paid', page: 'Paid Out', submission: 'draft' },
  withdrawn: { list: 'Denied', page: 'Withdrawn', submission: 'draft' },
};

/** How a claim is called, by where it stands. */
export function wordsOf(status: ClaimStatus): ClaimWords {
  return WORDS[status];
}

/** What a list shows: a withdrawn claim leaves it. */
export const LISTED = (Object.keys(WORDS) as ClaimStatus[]).filter(
  (status) => status !== 'withdrawn',
);

export function statusesListedAs(word: string): readonly ClaimStatus[] {
  return LISTED.filter((status) => WORDS[status].list === word);
}
