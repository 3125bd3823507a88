import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_HOURS_APART, refusedSchedule } from './own-schedule.js';
import { nextScheduledSync } from './schedule.js';

const HOUR = 3600 * 1000;
const at = (text: string): Date => new Date(text);
const codeOf = (cron: string, timeZone = 'UTC'): string | undefined =>
  refusedSchedule({ cron, timeZone })?.code;

/** Every zone that this engine knows. */
const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const instants = fc.date({ noInvalidDate: true, min: at('2026-01-01'), max: at('2036-01-01') });
const minutes = fc.integer({ min: 0, max: 59 });
const hours = fc.integer({ min: 0, max: 23 });

/** The first so many times at which it is due. */
function dues(schedule: { cron: string; timeZone: string }, after: Date, count: number): Date[] {
  const found = [after];
  for (let n = 0; n < count; n += 1) found.push(nextScheduledSync(schedule, 'tenant', found[n]!)!);
  return found.slice(1);
}

describe('a schedule that a seller chooses', () => {
  it.each([
    '0 2 * * *',
    '0 */4 * * *',
    '59 3,7,11,15,19,23 * * *',
    '0 6 * * MON-FRI',
    '0 2 29 2 *',
  ])('given %j, then it may be chosen', (cron) =>
    expect(codeOf(cron, 'Europe/Berlin')).toBeUndefined(),
  );

  it.each([
    ['0 */3 * * *', 'schedule_too_dense'],
    ['* * * * *', 'schedule_too_dense'],
    ['*/30 4 * * *', 'schedule_too_dense'],
    ['0 0,22 * * *', 'schedule_too_dense'],
    ['0 0,22 * * MON', 'schedule_too_dense'],
    ['0 0,3,12 * * *', 'schedule_too_dense'],
    ['off', 'invalid_schedule'],
    ['0 2 30 2 *', 'invalid_schedule'],
    ['0 0 2 * * *', 'invalid_schedule'],
    ['? 2 * * *', 'invalid_schedule'],
  ])('given %j, then it is refused as %s', (cron, code) => expect(codeOf(cron)).toBe(code));

  it.each(['Mars/Phobos', '+01:00', 'CEST'])('given the zone %s, then it is refused', (zone) =>
    expect(codeOf('0 2 * * *', zone)).toBe('invalid_time_zone'),
  );

  it('given one that is too dense, then the refusal says how often it may be', () => {
    expect(refusedSchedule({ cron: '0 * * * *', timeZone: 'UTC' })?.message).toContain(
      `every ${LEAST_HOURS_APART} hours`,
    );
  });

  it('given any two hours, then they may be chosen when they lie four hours apart around the clock', () => {
    fc.assert(
      fc.property(minutes, hours, hours, (minute, one, other) => {
        const apart = Math.abs(one - other);
        const near = apart !== 0 && Math.min(apart, 24 - apart) < LEAST_HOURS_APART;
        expect(codeOf(`${minute} ${one},${other} * * *`)).toBe(
          near ? 'schedule_too_dense' : undefined,
        );
      }),
    );
  });
});

describe('a seller’s own next sync', () => {
  it('given a minute of a zone, then it is due in that very minute, whoever the seller is', () => {
    const schedule = { cron: '15 6 * * *', timeZone: 'Europe/Berlin' };
    for (const tenantId of ['tenant-1', 'tenant-2']) {
      expect(nextScheduledSync(schedule, tenantId, at('2026-11-20T12:00:00Z'))).toEqual(
        at('2026-11-21T05:15:00Z'),
      );
    }
  });

  it('given a time that the clock skips, then it is due once on that day, at the end of the gap', () => {
    const schedule = { cron: '30 2 * * *', timeZone: 'America/New_York' };
    expect(dues(schedule, at('2026-03-07T12:00:00Z'), 2)).toEqual([
      at('2026-03-08T07:00:00Z'),
      at('2026-03-09T06:30:00Z'),
    ]);
  });

  it('given a time that the clock repeats, then it is due once on that day, the first time', () => {
    const schedule = { cron: '30 1 * * *', timeZone: 'America/New_York' };
    expect(dues(schedule, at('2026-10-31T12:00:00Z'), 2)).toEqual([
      at('2026-11-01T05:30:00Z'),
      at('2026-11-02T06:30:00Z'),
    ]);
  });

  it('given any zone and time of day, then it is due once a day the year round', () => {
    fc.assert(
      fc.property(zones, fc.tuple(minutes, hours), instants, (timeZone, [minute, hour], after) => {
        const found = dues({ cron: `${minute} ${hour} * * *`, timeZone }, after, 370);
        expect(found[0]!.getTime() - after.getTime()).toBeLessThanOrEqual(26 * HOUR);
        found.slice(1).forEach((due, nth) => {
          // No zone moves its clock by more than two hours.
          const apart = due.getTime() - found[nth]!.getTime();
          expect(apart).toBeGreaterThanOrEqual(22 * HOUR);
          expect(apart).toBeLessThanOrEqual(26 * HOUR);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('given any instant between two times at which it is due, then every process finds the same next one', () => {
    const times = fc.record({
      zone: zones,
      minute: minutes,
      start: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(
        times,
        instants,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (time, day, share) => {
          const schedule = {
            cron: `${time.minute} ${time.start}-23/4 * * *`,
            timeZone: time.zone,
          };
          expect(refusedSchedule(schedule)).toBeNull();
          const [first, second] = dues(schedule, day, 2) as [Date, Date];
          const span = second.getTime() - first.getTime();
          const between = new Date(first.getTime() + Math.floor(share * (span - 1)));
          expect(nextScheduledSync(schedule, 'tenant', between)).toEqual(second);
        },
      ),
      { numRuns: 500 },
    );
  });
});
