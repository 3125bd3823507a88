import { addDays } from '@recoup/kernel';

/**
 * Days of history before the anchor. Two short of a year, so that "the last 12 months" holds the whole world on the
 * anchor day and on the day after it, whatever hour and time zone the asker counts from.
 */
export const DAYS = 363;
export const DAY_MS = 86_400_000;

/**
 * Time in the world: day 0 is the first, `days - 1` the last that has begun. Nothing is known of `endMs` or later: what
 * would come then (a shipment, a return) has not happened. A world as of an instant has a calendar that ends there.
 */
export interface Calendar {
  readonly anchorDay: string;
  readonly startMs: number;
  /** Midnight (UTC) of the anchor day. Everything before it is history from the first start on. */
  readonly anchorMs: number;
  readonly endMs: number;
  readonly days: number;
  /** The day from which on nothing new goes wrong; `days` where things do to the end. */
  readonly quietFrom: number;
  /** `YYYY-MM-DD` of a day of the world. */
  name(day: number): string;
  /** The day an instant falls on; below 0 or from `days` upward outside the world. */
  dayOf(ms: number): number;
  /** The same calendar, ending at an instant: never before the anchor, never later than it does now. */
  until(ms: number): Calendar;
}

/** The calendar of a world that goes on for some days after its anchor, the last of which may be quiet. */
export function calendarOf(anchorDay: string, daysAhead = 0, quietDays = 0): Calendar {
  const startMs = Date.parse(`${addDays(anchorDay, -DAYS)}T00:00:00Z`);
  const anchorMs = startMs + DAYS * DAY_MS;
  const quietFrom = DAYS + Math.max(0, daysAhead - quietDays);
  const dayOf = (ms: number) => Math.floor((ms - startMs) / DAY_MS);
  const ending = (endMs: number): Calendar => ({
    anchorDay,
    startMs,
    anchorMs,
    endMs,
    days: dayOf(endMs - 1) + 1,
    quietFrom,
    name: (day) => new Date(startMs + day * DAY_MS).toISOString().slice(0, 10),
    dayOf,
    until: (ms) => ending(Math.max(anchorMs, Math.min(ms, endMs))),
  });
  return ending(anchorMs + daysAhead * DAY_MS);
}
