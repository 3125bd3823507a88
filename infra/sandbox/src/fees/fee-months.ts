import { DAY_MS, type Calendar } from '../world/calendar.js';

/** A month in which storage is charged. Days are those of the world; the first month may begin before it. */
export interface FeeMonth {
  /** `YYYY-MM`. */
  readonly name: string;
  readonly firstDay: number;
  /** Days of the whole month. */
  readonly days: number;
  /** When its charges are made known and posted: the tenth of the next month. */
  readonly publishedMs: number;
  /** The day of its count of aged stock, the 15th, and when the surcharges are made known, three days later. */
  readonly agedDay: number;
  readonly agedMs: number;
}

const PUBLISHED = { day: 10, hour: 5 } as const;
const AGED_DAY = 15;
const AGED_AFTER = 3;

/** The months that a calendar touches, oldest first. */
export function feeMonths(calendar: Calendar): FeeMonth[] {
  const { startMs, endMs } = calendar;
  const start = new Date(startMs);
  const months: FeeMonth[] = [];
  for (let n = 0; ; n += 1) {
    const firstMs = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + n, 1);
    if (firstMs >= endMs) return months;
    const nextMs = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + n + 1, 1);
    const agedMs = firstMs + (AGED_DAY - 1) * DAY_MS;
    months.push({
      name: new Date(firstMs).toISOString().slice(0, 7),
      firstDay: calendar.dayOf(firstMs),
      days: (nextMs - firstMs) / DAY_MS,
      publishedMs: nextMs + (PUBLISHED.day - 1) * DAY_MS + PUBLISHED.hour * 3_600_000,
      agedDay: calendar.dayOf(agedMs),
      agedMs: agedMs + AGED_AFTER * DAY_MS + PUBLISHED.hour * 3_600_000,
    });
  }
}
