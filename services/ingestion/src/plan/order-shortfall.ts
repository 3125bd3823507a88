import type { Basis } from '../sources/source.js';
import { startOfDay, type Interval } from './interval.js';

/**
 * Amazon counts orders in one place (Sales) and lists them in another: an order that is cancelled or moves over midnight
 * between the count and the list is in one and not in the other. So much of all that is counted may be absent without being
 * spoken of. Amazon states no such share; this one lets pass five orders of 2,500, and is told apart from them.
 */
const TOLERATED_SHARE = 0.002;

/** A window of orders with what Amazon counted in it and what was read. */
export interface CountedWindow extends Interval {
  readonly basis: Basis;
  readonly expected: number | null;
  readonly received: number;
}

export interface Shortfall {
  readonly missing: number;
  readonly counted: number;
}

/**
 * Orders that Amazon counts in a window and that were not read. None where nothing is known: of windows by change, which
 * nobody counts, of those whose expectation was lost when they were cut, and of those that end within a day.
 */
export function missingOrders(window: CountedWindow, asOf: Date): number {
  return Math.max(0, (countedOrders(window, asOf) ?? 0) - window.received);
}

/** What Amazon counts in a window, where that can be compared with what was read; else null. */
function countedOrders({ basis, from, to, expected }: CountedWindow, asOf: Date): number | null {
  const wholeDays = isMidnight(from) && (isMidnight(to) || +to === +asOf);
  return basis === 'created' && wholeDays ? expected : null;
}

/** What is missing of all windows, when it is more than two systems may differ by; else null. */
export function shortfallOf(windows: readonly CountedWindow[], asOf: Date): Shortfall | null {
  const sum = (of: (window: CountedWindow) => number): number =>
    windows.reduce((total, window) => total + of(window), 0);
  const missing = sum((window) => missingOrders(window, asOf));
  const counted = sum((window) => countedOrders(window, asOf) ?? 0);
  return missing > counted * TOLERATED_SHARE ? { missing, counted } : null;
}

function isMidnight(instant: Date): boolean {
  return +instant === +startOfDay(instant);
}
