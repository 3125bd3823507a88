import { describe, expect, it } from 'vitest';
import {
  after,
  cause,
  detected,
  everyStatus,
  finding,
  good,
  prompted,
  seen,
  tooDear,
  validated,
  wayTo,
} from '../test/claim-story.js';
import { promptOf } from './claim-answer.js';
import { NO_CONSENT } from './claim-consent.js';
import { observe } from './claim-observe.js';
import { route, validate, type Validation } from './claim-route.js';
import type { ClaimState } from './claim-state.js';
import { claimHasEnded, isDecided } from './claim-status.js';
import { waitingFor, type Waits } from './claim-waiting.js';
import { filingHold } from './filing-hold.js';

const free: Waits = { today: '2026-10-01', hold: null };

const manual =
  (reasons: readonly string[], validation: Partial<Validation> = {}) =>
  (): ClaimState =>
    after(
      detected,
      (state) => validate(state, { ...good, ...validation }, cause),
      (state) => route(state, { kind: 'manual', reasons }, cause),
    );

describe('given a claim wherever it stands', () => {
  it.each(everyStatus)(
    'when it is %s, then it waits unless it has ended or was decided',
    (status) => {
      const state = after(...wayTo[status]);
      const waits = waitingFor(state, free);
      const over = claimHasEnded(state) || status === 'dismissed';
      if (over || ['denied', 'paid', 'reversed'].includes(status)) expect(waits).toBeNull();
      else expect(waits).toMatch(/./);
      expect(waits === 'payment').toBe(isDecided(state) && waits !== null);
    },
  );
});

describe('given a claim that somebody has to bring on', () => {
  const document = { kind: 'document', question: 'The invoice?', documentType: 'photos' } as const;
  const askedForFile = (): ClaimState =>
    after(detected, validated, (state) =>
      state ? route(state, { kind: 'prompt', prompt: promptOf(state, document) }, cause) : [],
    );
  const missing = (type: string): Partial<Validation> => ({
    requiredDocuments: 'Missing',
    documents: [...good.documents, { type, status: 'Missing', reasons: ['none'] }],
  });

  it.each([
    ['a question', () => after(detected, validated, prompted), 'answer'],
    ['a question for a file', askedForFile, 'document'],
    ['its value', () => after(detected, validated, tooDear), 'approval'],
    ['the consent', manual([NO_CONSENT]), 'consent'],
    ['a person', manual(['unlikely']), 'review'],
    ['a file that is all it lacks', manual(['none'], missing('photos')), 'document'],
    ['a report that no person can give', manual(['none'], missing('facts_extract')), 'review'],
    [
      'a rule that no file mends',
      manual(['none'], { ...missing('photos'), amazonCompliance: 'Not verified' }),
      'review',
    ],
  ])('when it waits for %s, then it says so', (_, claim, expected) => {
    expect(waitingFor(claim(), free)).toBe(expected);
  });
});

describe('given a claim whose window opens later', () => {
  const early = { ...finding, opensOn: '2026-10-03' };
  const kept = after(
    (state) => observe(state, early, seen('d1')),
    (state) =>
      validate(
        state,
        { ...good, amazonCompliance: 'Not verified', complianceReasons: ['It can be filed later'] },
        cause,
      ),
  );

  it('then it waits for its day, and on that day for nothing but a look', () => {
    expect(waitingFor(kept, { ...free, today: '2026-10-02' })).toBe('opening_day');
    expect(waitingFor(kept, { ...free, today: '2026-10-03' })).toBe('check');
  });
});

describe('given a claim that is to be filed', () => {
  const requested = after(...wayTo.submission_requested);

  it.each(['kill_switch', 'day_cap', 'spacing'] as const)(
    'when %s keeps it, then it says so',
    (hold) => {
      expect(waitingFor(requested, { ...free, hold })).toBe(hold);
    },
  );

  it('when nothing keeps it, then it is its turn', () => {
    expect(waitingFor(requested, free)).toBe('filing');
  });

  it('when the outcome of its call is unknown, then only a kill switch keeps the look-up', () => {
    const unconfirmed = after(...wayTo.unconfirmed);
    expect(waitingFor(unconfirmed, { ...free, hold: 'spacing' })).toBe('look_up');
    expect(waitingFor(unconfirmed, { ...free, hold: 'kill_switch' })).toBe('kill_switch');
  });
});

describe('what keeps a call', () => {
  const pace = { stopped: false, used: 0, perDay: 1, wait: 0 };

  it.each([
    [pace, null],
    [{ ...pace, stopped: true, used: 1, wait: 5 }, 'kill_switch'],
    [{ ...pace, used: 1, wait: 5 }, 'day_cap'],
    [{ ...pace, wait: 0.1 }, 'spacing'],
    [{ ...pace, perDay: 0 }, 'day_cap'],
  ])('given %j, then %s', (given, expected) => {
    expect(filingHold(given)).toBe(expected);
  });
});
