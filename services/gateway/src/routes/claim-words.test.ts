import type { ClaimStatus } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { LIST_WORDS, LISTED, statusesListedAs, wordsOf, type ClaimWords } from './claim-words.js';

type Row = readonly [ClaimStatus, ...words: [ClaimWords['list'], string, string]];

const TABLE: readonly Row[] = [
  ['detected', 'New', 'Guaranteed', 'draft'],
  ['validated', 'New', 'Guaranteed', 'draft'],
  ['auto_approved', 'New', 'Guaranteed', 'draft'],
  ['queued_for_filing', 'New', 'Guaranteed', 'queued'],
  ['dismissed', 'New', 'Awaiting Approval', 'draft'],
  ['prompted', 'Pending', 'Awaiting Approval', 'draft'],
  ['manual', 'Pending', 'Awaiting Approval', 'draft'],
  ['authorized', 'Submitted', 'Submitted', 'submitted'],
  ['submission_requested', 'Submitted', 'Submitted', 'submitted'],
  ['unconfirmed', 'Submitted', 'Submitted', 'unconfirmed'],
  ['handed_over', 'New', 'Guaranteed', 'queued'],
  ['submitted', 'Submitted', 'Submitted', 'submitted'],
  ['approved', 'Submitted', 'Under Review', 'approved'],
  ['partially_approved', 'Submitted', 'Under Review', 'approved'],
  ['unanswered', 'Pending', 'Awaiting Approval', 'submitted'],
  ['paid', 'Paid', 'Paid Out', 'paid'],
  ['paid_unasked', 'Paid', 'Paid Out', 'draft'],
  ['denied', 'Denied', 'Denied', 'denied'],
  ['expired', 'Denied', 'Denied', 'denied'],
  ['reversed', 'Denied', 'Denied', 'denied'],
];

describe('the words of a claim', () => {
  it.each(TABLE)('given %s, then %s, %s and %s', (status, ...words) => {
    const [list, page, submission] = words;
    expect(wordsOf(status)).toEqual({ list, page, submission });
    expect(statusesListedAs(list)).toContain(status);
  });

  it('given every status but withdrawn, then it is listed, under one word only', () => {
    const listed = LIST_WORDS.flatMap(statusesListedAs);
    expect([...listed].sort()).toEqual(TABLE.map(([status]) => status).sort());
    expect([...LISTED].sort()).toEqual([...listed].sort());
  });
});
