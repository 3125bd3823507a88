import type { Coverage } from '@recoup/contracts';
import type { KnownWindow } from '../jobs/windows.js';
import { dayOf } from '../plan/interval.js';
import type { Lack } from '../sources/source.js';

/** The days that a sync is about. */
export interface SyncedDays {
  readonly from: string;
  readonly to: string;
}

export interface CoverageWords {
  readonly days: SyncedDays;
  /** Why windows are still open. */
  readonly reason?: string | undefined;
  /** What a resource lacks although all of its windows were read. */
  readonly lacking?: Lack | null;
}

/**
 * How much of a resource is stored when a sync ends. Windows are worked on newest first, so what is covered for certain
 * reaches from the end back to the first window that is still open.
 */
export function coverageOf(
  windows: readonly KnownWindow[],
  { days, reason, lacking }: CoverageWords,
): Coverage {
  const to = toldUntil(windows, days);
  if (windows.every(({ closed }) => closed)) {
    // A snapshot says nothing about the days before it.
    const snapshot = windows.length > 0 && windows.every(({ basis }) => basis === 'snapshot');
    const why = lacking ? { reason: lacking.words } : {};
    if (to < days.from) return { state: 'missing', from: null, to: null, ...why };
    const state = lacking?.partial ? 'partial' : 'complete';
    return { state, from: snapshot ? to : days.from, to, ...why };
  }
  const why = reason === undefined ? {} : { reason };
  const newestFirst = windows
    .filter((window) => !isUntold(window))
    .sort((a, b) => b.to.getTime() - a.to.getTime());
  const firstOpen = newestFirst.findIndex(({ closed }) => !closed);
  const oldest = newestFirst[firstOpen - 1];
  if (!oldest) return { state: 'missing', from: null, to: null, ...why };
  return { state: 'partial', from: dayOf(oldest.from), to, ...why };
}

/** The last day that Amazon has told of: before the oldest window that was read without having been published. */
function toldUntil(windows: readonly KnownWindow[], days: SyncedDays): string {
  const untold = windows.filter(isUntold).map(({ from }) => from.getTime());
  return untold.length === 0 ? days.to : dayOf(new Date(Math.min(...untold) - 1));
}

/** Read, and cut short to nothing: Amazon has not published it yet. */
function isUntold({ closed, basis, from, to }: KnownWindow): boolean {
  return closed && basis !== 'snapshot' && to <= from;
}
