import { describe, expect, it } from 'vitest';
import { LISTED, OPEN, stagesListedAs, wordsOf } from './claim-words.js';

describe('the words of a claim', () => {
  it.each([
    ['detected', { list: 'New', page: 'Guaranteed', submission: 'draft' }],
    ['validated', { list: 'New', page: 'Guaranteed', submission: 'draft' }],
    ['queued_for_filing', { list: 'New', page: 'Guaranteed', submission: 'queued' }],
    ['prompted', { list: 'Pending', page: 'Awaiting Approval', submission: 'draft' }],
    ['in_review', { list: 'Pending', page: 'Awaiting Approval', submission: 'draft' }],
    ['submission_requested', { list: 'Submitted', page: 'Submitted', submission: 'submitted' }],
    ['unconfirmed', { list: 'Submitted', page: 'Submitted', submission: 'unconfirmed' }],
    ['submitted', { list: 'Submitted', page: 'Submitted', submission: 'submitted' }],
    ['expired', { list: 'Denied', page: 'Denied', submission: 'denied' }],
  ] as const)('given %s, then %j', (stage, words) => {
    expect(wordsOf(stage)).toEqual(words);
    expect(stagesListedAs(words.list)).toContain(stage);
  });

  it('given a withdrawn claim, then no list shows it, whatever the filter', () => {
    expect(LISTED).not.toContain('withdrawn');
    for (const word of ['New', 'Pending', 'Submitted', 'Paid', 'Denied']) {
      expect(stagesListedAs(word)).not.toContain('withdrawn');
    }
  });

  it('given one word, then its stages are listed under no other', () => {
    const words = ['New', 'Pending', 'Submitted', 'Paid', 'Denied'];
    expect(words.flatMap(stagesListedAs).sort()).toEqual([...LISTED].sort());
  });

  it('given a claim that has ended, then it is not open', () => {
    expect(OPEN.has('expired')).toBe(false);
    expect(OPEN.has('withdrawn')).toBe(false);
    expect(OPEN.has('submitted')).toBe(true);
  });
});
