import { DAY_MS } from '../world/calendar.js';
import type { StoredReport } from './report-store.js';

/** Amazon keeps reports for 90 days, those of orders for 30 (its guide to the Reports API). */
const KEPT_DAYS = 90;
const ORDERS_KEPT_DAYS = 30;

/** Whether a report and its document can still be had. */
export function isKept(
  { reportType, createdMs }: Pick<StoredReport, 'reportType' | 'createdMs'>,
  nowMs: number,
): boolean {
  const days = reportType.includes('_ALL_ORDERS_DATA_') ? ORDERS_KEPT_DAYS : KEPT_DAYS;
  return nowMs - createdMs <= days * DAY_MS;
}
