import { addDays } from '@recoup/kernel';

/**
 * Days of history. Two short of a year, so that "the last 12 months" holds the whole world on the anchor day
 * and on the day after it, whatever hour and time zone the asker counts from.
 */
export const DAYS = 363;
export const DAY_MS = 86_400_000;

/**
 * Time in the world: day 0 is the first, `DAYS - 1` the last whole day before the anchor. The world stands still at
 * `endMs`, the anchor's midnight (UTC): what would come later (a shipment, a return) has not happened.
 */
export interface Calendar {
  readonly anchorDay: string;
  readonly startMs: number;
  readonly endMs: number;
  /** `YYYY-MM-DD` of a day of the world. */
  name(day: number): string;
  /** The day an instant falls on; below 0 or from DAYS upward outside the world. */
  dayOf(ms: number): number;
}

export function calendarOf(anchorDay: string): Calendar {
  const startMs = Date.parse(`${addDays(anchorDay, -DAYS)}T00:00:00Z`);
  return {
    anchorDay,
    startMs,
    endMs: startMs + DAYS * DAY_MS,
    name: (day) => new Date(startMs + day * DAY_MS).toISOString().slice(0, 10),
    dayOf: (ms) => Math.floor((ms - startMs) / DAY_MS),
  };
}
