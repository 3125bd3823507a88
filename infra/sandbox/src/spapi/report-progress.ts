import { DAY_MS } from '../world/calendar.js';
import type { World } from '../world/world.js';
import type { StoredReport } from './report-store.js';
import type { ReportScope, ReportType } from './report-type.js';
import { REPORT_TYPES } from './report-types.js';

export interface ReportProgress {
  readonly status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';
  readonly startedMs: number | null;
  readonly endedMs: number | null;
}

/**
 * Milliseconds that making a report takes: 20 s at Amazon's own rate, a second at sixty times that, less beyond; and for
 * its rows, where a pace is set. Amazon publishes no time for any of it.
 */
export function generationMs(scale: number, rows: { count: number; perSecond: number }): number {
  const least = Math.max(20_000 / scale, Math.min(1_000, 60_000 / scale));
  return rows.perSecond === 0 ? least : least + (rows.count / rows.perSecond / scale) * 1_000;
}

/** Part of that time spent waiting in the queue. */
const QUEUED = 0.3;

/** Where a report stands: a function of its age, so that a restarted sandbox tells the same. */
export function progressOf(report: StoredReport, world: World, nowMs: number): ReportProgress {
  const startedMs = startOf(report);
  const endedMs = report.createdMs + report.makingMs;
  if (report.cancelledMs !== null) {
    return { status: 'CANCELLED', startedMs: null, endedMs: report.cancelledMs };
  }
  if (nowMs < startedMs) return { status: 'IN_QUEUE', startedMs: null, endedMs: null };
  if (nowMs < endedMs) return { status: 'IN_PROGRESS', startedMs, endedMs: null };
  return { status: endOf(report, world.asOf(startedMs)), startedMs, endedMs };
}

function startOf({ createdMs, makingMs }: StoredReport): number {
  return Math.floor(createdMs + makingMs * QUEUED);
}

/** What a report tells of: the world when its making began, however late its document is fetched. */
export function worldOf(report: StoredReport, world: World): World {
  return world.asOf(startOf(report));
}

/** A report without data ends CANCELLED, just like one that somebody cancelled: Amazon does not tell them apart. */
function endOf(report: StoredReport, world: World): 'DONE' | 'CANCELLED' | 'FATAL' {
  if (report.fate !== null) return report.fate === 'fatal' ? 'FATAL' : 'CANCELLED';
  const type = REPORT_TYPES.get(report.reportType);
  if (isTooEarly(report, type)) return 'CANCELLED';
  // Amazon does not document how a report ends that is too long; it must not end as if there were no data.
  if (report.endMs - report.startMs > (type?.longestDays ?? Infinity) * DAY_MS) return 'FATAL';
  return type && !isEmpty(type, world, scopeOf(report, world)) ? 'DONE' : 'CANCELLED';
}

function isEmpty(type: ReportType, world: World, scope: ReportScope): boolean {
  if (type.isEmpty) return type.isEmpty(world, scope);
  const [first] = type.rows(world, scope);
  return first === undefined;
}

function isTooEarly({ createdMs, startMs }: StoredReport, type: ReportType | undefined): boolean {
  return createdMs - startMs < (type?.settledAfterMs ?? 0);
}

/** Reports are by day: a window that touches a day gets all of it. An end at midnight does not touch the day it begins. */
export function scopeOf(
  {
    startMs,
    endMs,
    marketplaceIds,
    options,
  }: Pick<StoredReport, 'startMs' | 'endMs' | 'marketplaceIds' | 'options'>,
  { calendar }: World,
): ReportScope {
  const from = calendar.dayOf(startMs);
  return { from, to: Math.max(from, calendar.dayOf(endMs - 1)), marketplaceIds, options };
}
