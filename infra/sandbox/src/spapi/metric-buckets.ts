import { instantOf, offsetAt } from './time-zone.js';

export const GRANULARITIES = ['Hour', 'Day', 'Week', 'Month', 'Year', 'Total'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export interface BucketRules {
  readonly granularity: Granularity;
  readonly zone: string;
  readonly firstDayOfWeek: 'Monday' | 'Sunday';
}

export interface Span {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Cuts an interval at the zone's own boundaries; its head and tail may be partial. */
export function bucketsOf({ from, to }: Span, rules: BucketRules): Span[] {
  const buckets: Span[] = [];
  for (let start = from; start < to;) {
    const end = Math.min(to, boundaryAfter(start, rules, to));
    buckets.push({ from: start, to: end });
    start = end;
  }
  return buckets;
}

function boundaryAfter(
  ms: number,
  { granularity, zone, firstDayOfWeek }: BucketRules,
  to: number,
): number {
  if (granularity === 'Total') return to;
  const wall = new Date(ms + offsetAt(zone, ms));
  const [year, month] = [wall.getUTCFullYear(), wall.getUTCMonth()];
  const midnight = Date.UTC(year, month, wall.getUTCDate());
  const intoWeek = (wall.getUTCDay() + (firstDayOfWeek === 'Monday' ? 6 : 0)) % 7;
  const next = {
    // Hours are counted on the line of time: an hour that the clocks repeat is two hours.
    Hour: () => ms - (ms % HOUR) + HOUR,
    Day: () => instantOf(zone, midnight + DAY),
    Week: () => instantOf(zone, midnight + (7 - intoWeek) * DAY),
    Month: () => instantOf(zone, Date.UTC(year, month + 1, 1)),
    Year: () => instantOf(zone, Date.UTC(year + 1, 0, 1)),
  };
  return next[granularity]();
}

/** An instant as the metrics write it: minutes, and the zone's offset (`Z` in UTC). */
export function stamp(ms: number, zone: string): string {
  const offset = offsetAt(zone, ms);
  const wall = new Date(ms + offset).toISOString().slice(0, 16);
  if (offset === 0) return `${wall}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
