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

/**
 * When a seller's next scheduled sync is due: the first tick of the schedule that, moved by the seller's own delay, lies
 * after an instant; null with `off`. The delay follows from the tenant alone, so that every process, and what the seller
 * is told, agree on it. Throws for what `isSyncSchedule` refuses.
 */
export function nextScheduledSync(schedule: string, tenantId: string, after: Date): Date | null {
  if (schedule === OFF) return null;
  const delayMs = delaySeconds(tenantId) * 1000;
  const tick = ticksOf(schedule).nextRun(new Date(after.getTime() - delayMs));
  return tick && new Date(tick.getTime() + delayMs);
}

function ticksOf(schedule: string): Cron {
  return new Cron(schedule, { mode: '5-part', utcOffset: 0 });
}

/** 0 to SPREAD_SECONDS - 1, evenly over tenants: the first 32 bits of a digest. */
function delaySeconds(tenantId: string): number {
  return Number.parseInt(derivedId('sync-schedule', tenantId).slice(0, 8), 16) % SPREAD_SECONDS;
}
