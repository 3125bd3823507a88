import type { OwnSchedule } from '@recoup/contracts';
import { derivedId } from '@recoup/kernel';
import { Cron } from 'croner';

/** The schedule of who has not chosen one: every night, when Amazon's daily reports of the day before are there. */
export const DAILY = '0 2 * * *';

/** The setting that asks for no scheduled syncs. */
export const OFF = 'off';

/** What is said to who sets something else. */
export const NOT_A_SCHEDULE = 'is neither `off` nor five cron fields such as `0 2 * * *`';

/** Sellers of one tick are spread over this long, in seconds, so that they do not all meet the workers at once. */
export const SPREAD_SECONDS = 30 * 60;

/**
 * Whether a text is a schedule: five cron fields, counted in UTC, that name some time to come, or `off`. `?` is refused:
 * it stands for the time at which it is read, so that two processes would keep two schedules.
 */
export function isSyncSchedule(text: string): boolean {
  if (text === OFF) return true;
  if (text.includes('?') || text.trim().split(/\s+/).length !== 5) return false;
  try {
    return ticksOf(text).nextRun(new Date(0)) !== null;
  } catch {
    return false;
  }
}

/** Whose syncs start by it: the installation's is text, `isSyncSchedule` of it; a seller's own names its time zone. */
export type SyncSchedule = string | OwnSchedule;

/** The same text for the same schedule, and another one for any other. */
export function scheduleName(schedule: SyncSchedule): string {
  return typeof schedule === 'string' ? schedule : `${schedule.cron} ${schedule.timeZone}`;
}

/**
 * When a seller's next scheduled sync is due; null with `off`. By the installation's schedule it is the first tick that,
 * moved by the seller's own delay, lies after an instant; the delay follows from the tenant alone, so that every process,
 * and what the seller is told, agree on it. By a seller's own it is the first tick itself: who names a minute means it.
 * A tick in the hour that a clock skips comes at the end of that hour, one in the hour that it repeats the first time
 * only. Throws for what `isSyncSchedule` and `refusedSchedule` refuse.
 */
export function nextScheduledSync(
  schedule: SyncSchedule,
  tenantId: string,
  after: Date,
): Date | null {
  if (schedule === OFF) return null;
  if (typeof schedule !== 'string') return nextTick(schedule, after);
  const delayMs = delaySeconds(tenantId) * 1000;
  const tick = ticksOf(schedule).nextRun(new Date(after.getTime() - delayMs));
  return tick && new Date(tick.getTime() + delayMs);
}

function nextTick({ cron, timeZone }: OwnSchedule, after: Date): Date | null {
  return new Cron(cron, { mode: '5-part', timezone: timeZone }).nextRun(after);
}

function ticksOf(schedule: string): Cron {
  return new Cron(schedule, { mode: '5-part', utcOffset: 0 });
}

/** 0 to SPREAD_SECONDS - 1, evenly over tenants: the first 32 bits of a digest. */
function delaySeconds(tenantId: string): number {
  return Number.parseInt(derivedId('sync-schedule', tenantId).slice(0, 8), 16) % SPREAD_SECONDS;
}
