import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAILY, isSyncSchedule, nextScheduledSync, OFF, SPREAD_SECONDS } from './schedule.js';

const at = (text: string): Date => new Date(text);

describe('a schedule', () => {
  it.each([DAILY, OFF, '*/5 * * * *', '0 2 * * MON-FRI', ' 0  2 * * * ', '0 2 29 2 *'])(
    'given %j, then it is one',
    (text) => expect(isSyncSchedule(text)).toBe(true),
  );

  it.each([
    ['nothing', ''],
    ['a word', 'daily'],
    ['a minute that no hour has', '61 2 * * *'],
    ['seconds', '0 0 2 * * *'],
    ['four fields', '0 2 * *'],
    ['a day that no year has', '0 2 30 2 *'],
    ['one date', '2026-05-05T00:00:00Z'],
    ['the time at which it is read', '? 2 * * *'],
  ])('given %s, then it is none', (_, text) => expect(isSyncSchedule(text)).toBe(false));
});

describe('the next scheduled sync', () => {
  it('given the daily schedule, then it is due between 02:00 and 02:30 UTC, each day at the same time', () => {
    const first = nextScheduledSync(DAILY, 'tenant-1', at('2026-11-20T12:00:00Z'))!;
    expect(first >= at('2026-11-21T02:00:00Z') && first < at('2026-11-21T02:30:00Z')).toBe(true);
    const second = nextScheduledSync(DAILY, 'tenant-1', first)!;
    expect(second.getTime() - first.getTime()).toBe(24 * 3600 * 1000);
  });

  it('given an instant between the tick and the seller’s own time, then it is still due today', () => {
    const due = nextScheduledSync(DAILY, 'tenant-1', at('2026-11-21T01:59:59Z'))!;
    const justBefore = new Date(due.getTime() - 1);
    expect(nextScheduledSync(DAILY, 'tenant-1', justBefore)).toEqual(due);
  });

  it('given a tick more often than sellers are spread, then one follows each tick', () => {
    const first = nextScheduledSync('*/5 * * * *', 'tenant-1', at('2026-11-21T00:00:00Z'))!;
    const second = nextScheduledSync('*/5 * * * *', 'tenant-1', first)!;
    expect(second.getTime() - first.getTime()).toBe(5 * 60 * 1000);
  });

  it('given any tenant and instant, then it lies ahead, within the spread of a tick', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.date({ noInvalidDate: true, min: at('2000-01-01'), max: at('2100-01-01') }),
        (tenantId, after) => {
          const due = nextScheduledSync(DAILY, tenantId, after)!;
          expect(due.getTime()).toBeGreaterThan(after.getTime());
          expect(due.getTime()).toBeLessThanOrEqual(after.getTime() + 24 * 3600 * 1000);
          const sinceTick = ((due.getTime() / 1000) % 86_400) - 2 * 3600;
          expect(sinceTick).toBeGreaterThanOrEqual(0);
          expect(sinceTick).toBeLessThan(SPREAD_SECONDS);
        },
      ),
    );
  });

  it('given a thousand sellers, then no minute of the spread has more than a tenth of them', () => {
    const minutes = new Map<number, number>();
    for (let n = 0; n < 1000; n += 1) {
      const minute = nextScheduledSync(
        DAILY,
        `tenant-${n}`,
        at('2026-11-20T12:00:00Z'),
      )!.getUTCMinutes();
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    expect(minutes.size).toBe(30);
    expect(Math.max(...minutes.values())).toBeLessThan(100);
  });

  it('given off, then none', () => {
    expect(nextScheduledSync(OFF, 'tenant-1', at('2026-11-20T12:00:00Z'))).toBeNull();
  });
});
