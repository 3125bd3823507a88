import type { StoredReport } from './report-store.js';

const MINUTE = 60_000;

/**
 * How often Amazon makes a report of the same question anew: a near-real-time FBA report each 30 minutes, a daily one each
 * 4 hours, others whenever asked (its guide to FBA reports; all-orders reports are exempt).
 */
export function cooldownMs(reportType: string): number {
  if (NEAR_REAL_TIME.has(reportType)) return 30 * MINUTE;
  return /^GET_(FBA|LEDGER|AFN)_/.test(reportType) ? 240 * MINUTE : 0;
}

const NEAR_REAL_TIME: ReadonlySet<string> = new Set([
  'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA',
  'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA',
  'GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA',
]);

type Question = Pick<
  StoredReport,
  'reportType' | 'marketplaceIds' | 'options' | 'startMs' | 'endMs'
>;

export interface Cooldown {
  /** The seller's earlier reports, newest first. */
  readonly earlier: readonly StoredReport[];
  readonly nowMs: number;
  /** How many times Amazon's rates: the wait is so many times shorter. */
  readonly scale: number;
}

/**
 * How a report ends that was asked for again too early; null when it was not. Amazon does not say which of the two it
 * will be, and sellers have seen both: here they take turns.
 */
export function tooEarly(
  asked: Question,
  { earlier, nowMs, scale }: Cooldown,
): 'fatal' | 'cancelled' | null {
  const sinceMs = nowMs - cooldownMs(asked.reportType) / scale;
  const same = earlier.filter(
    (report) => report.createdMs > sinceMs && isSame(report, asked) && report.cancelledMs === null,
  );
  const made = same.some(({ fate }) => fate === null);
  if (!made) return null;
  return same.length % 2 === 1 ? 'cancelled' : 'fatal';
}

function isSame(report: StoredReport, asked: Question): boolean {
  return (
    report.reportType === asked.reportType &&
    report.startMs === asked.startMs &&
    report.endMs === asked.endMs &&
    JSON.stringify(report.options) === JSON.stringify(asked.options) &&
    [...report.marketplaceIds].sort().join() === [...asked.marketplaceIds].sort().join()
  );
}
