import type { OwnSchedule } from '@recoup/contracts';
import { Cron } from 'croner';
import { reject, type Rejection } from './rejection.js';
import { isSyncSchedule, OFF } from './schedule.js';

/**
 * The least distance of two scheduled syncs that a seller may choose, in hours: a sync asks for daily FBA reports, which
 * Amazon makes anew after four hours only and until then cancels
 * (https://developer-docs.amazon.com/sp-api/docs/fba-sales-reports-attributes).
 */
export const LEAST_HOURS_APART = 4;

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Why a seller may not choose a schedule, in words for the seller; null when it may. The times of a day have to lie four
 * hours apart, the last of one day and the first of the next as well, whichever days it names. On a day on which a clock
 * skips an hour two of them may come an hour closer.
 */
export function refusedSchedule({ cron, timeZone }: OwnSchedule): Rejection | null {
  if (cron === OFF || !isSyncSchedule(cron)) {
    return reject(
      'invalid_schedule',
      `"${cron}" is not a schedule: it needs five cron fields (minute, hour, day of month, month, day of week) that name some time to come, such as "0 6 * * *".`,
    );
  }
  if (!isTimeZone(timeZone)) {
    return reject(
      'invalid_time_zone',
      `"${timeZone}" is not a time zone: it needs a name such as "Europe/Berlin" or "UTC".`,
    );
  }
  if (leastDistance(cron) >= LEAST_HOURS_APART * HOUR_MS) return null;
  return reject(
    'schedule_too_dense',
    `Syncs can start at most every ${LEAST_HOURS_APART} hours, over midnight too: Amazon does not make the reports they read anew any sooner. "0 */${LEAST_HOURS_APART} * * *" is the most.`,
  );
}

/** Offsets are refused, which some engines know as zones and some do not: every process must read the same. */
function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The least time between two ticks of a day, and of a day and the day after, in milliseconds. */
function leastDistance(cron: string): number {
  const [minute, hour] = cron.trim().split(/\s+/);
  const everyDay = new Cron(`${minute} ${hour} * * *`, { mode: '5-part', utcOffset: 0 });
  const most = 24 / LEAST_HOURS_APART + 1;
  const times = everyDay
    .nextRuns(most, new Date(-1))
    .map((tick) => tick.getTime())
    .filter((time) => time < DAY_MS);
  const [first = 0] = times;
  const following = [...times.slice(1), DAY_MS + first];
  return Math.min(...following.map((time, nth) => time - (times[nth] ?? first)));
}
