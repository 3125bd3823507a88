import type { ClaimStage } from '../projections/claim.js';

/** The words of a stage in lists, on the case page, and of its submission. */
interface Words {
  readonly list: 'New' | 'Pending' | 'Submitted' | 'Paid' | 'Denied';
  readonly page: string;
  readonly submission: string;
}

const FRESH: Words = { list: 'New', page: 'Guaranteed', submission: 'draft' };
const WAITING: Words = { list: 'Pending', page: 'Awaiting Approval', submission: 'draft' };
const FILED: Words = { list: 'Submitted', page: 'Submitted', submission: 'submitted' };

const WORDS: Readonly<Record<ClaimStage, Words>> = {
  detected: FRESH,
  validated: FRESH,
  queued_for_filing: { ...FRESH, submission: 'queued' },
  prompted: WAITING,
  in_review: WAITING,
  submission_requested: FILED,
  unconfirmed: { ...FILED, submission: 'unconfirmed' },
  submitted: FILED,
  expired: { list: 'Denied', page: 'Denied', submission: 'denied' },
  withdrawn: { list: 'Denied', page: 'Withdrawn', submission: 'draft' },
};

export function wordsOf(state: ClaimStage): Words {
  return WORDS[state];
}

/** Stages that a list shows: a withdrawn claim leaves it. */
export const LISTED = (Object.keys(WORDS) as ClaimStage[]).filter((state) => state !== 'withdrawn');

export function stagesListedAs(word: string): readonly ClaimStage[] {
  return LISTED.filter((state) => WORDS[state].list === word);
}

/** Detected and not ended: what a seller may still get. */
export const OPEN: ReadonlySet<ClaimStage> = new Set(LISTED.filter((state) => state !== 'expired'));
