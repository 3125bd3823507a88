import { describe, expect, it } from 'vitest';
import { after, cause, everyStatus, types, wayTo, type Step } from '../test/claim-story.js';
import { nearDeadline } from './claim-deadline.js';
import { giveUpWaiting } from './claim-silence.js';
import { awaitsFiling } from './claim-status.js';

/** The claim's last day is 2026-10-31; the notices hold from November on. */
const moved: Step = (state) =>
  state
    ? [
        {
          ...template(state.claimId),
          data: { ...state.assessment, ...{ claimId: state.claimId, detectionId: 'd2' }, window },
        } as never,
      ]
    : [];
const window = {
  lossDay: '2026-10-16',
  opensOn: '2026-10-16',
  deadline: '2026-12-15',
  policy: { name: 'p', effectiveFrom: '2024-10-23', effectiveTo: null, source: 'a page' },
};
const template = (claimId: string) => ({
  ...{ id: `moved-${claimId}`, type: 'claim.rescored', actor: 'test' },
  occurredAt: cause.at.toISOString(),
});
const told = (today: string): Step => {
  return (state) => (state ? nearDeadline(state, { today, cause }) : []);
};

describe('given an unfiled claim whose last day comes near', () => {
  it.each([
    ['2026-11-30', []],
    ['2026-12-01', ['claim.deadline_neared']],
    ['2026-12-15', ['claim.deadline_neared']],
    ['2026-12-16', []],
  ])('on %s it is told %j', (today, events) => {
    expect(types(told(today)(after(...wayTo.detected, moved)))).toEqual(events);
  });

  it('then each distance is told once, and what was slept through is not made up for', () => {
    const notified = after(...wayTo.detected, moved, told('2026-12-09'));
    expect(notified.noticed).toEqual({ deadline: '2026-12-15', daysLeft: 6 });
    expect(told('2026-12-09')(notified)).toEqual([]);
    expect(told('2026-12-11')(notified)).toEqual([]);
    expect(types(told('2026-12-12')(notified))).toEqual(['claim.deadline_neared']);
  });

  it.each(everyStatus)(
    'when it is %s, then it is told only while nobody has filed it',
    (status) => {
      const state = { ...after(...wayTo[status]), ...window };
      const events = nearDeadline(state, { today: '2026-12-14', cause });
      expect(events.length > 0).toBe(awaitsFiling(state));
    },
  );
});

describe('given a case that nobody answers', () => {
  const waits = (day: string) =>
    giveUpWaiting(after(...wayTo.submitted), {
      days: 60,
      cause: { ...cause, at: new Date(`${day}T12:00:00Z`) },
    });

  it('then the waiting ends on the day that was set, and not before', () => {
    expect(waits('2026-11-29')).toEqual([]);
    expect(waits('2026-11-30')).toMatchObject([{ data: { waitedDays: 60 } }]);
  });
});
