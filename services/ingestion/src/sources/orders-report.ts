import type { ReportType } from '../amazon/reports.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { storeOrders } from './gather-orders.js';
import { orderRow, type OrderRow } from './order-row-fact.js';
import { readReport } from './read-report.js';
import type { Source, SourceContext, SyncWindow } from './source.js';

/** Reports of one seller made at the same time: Amazon makes few of them side by side anyway. */
const CONCURRENCY = 4;

/**
 * Orders by the flat-file reports of all orders: by order date for windows of creation, by last update for windows of
 * change. A report may span 30 days; what it lacks (ids of lines, units shipped) stays unknown.
 */
export const ordersByReport: Source = {
  resource: 'orders',
  route: 'GET_FLAT_FILE_ALL_ORDERS_DATA',
  family: 'reports',
  counts: 'order',
  concurrency: CONCURRENCY,
  demand: () => ({ createReport: 1, getReport: 1, getReportDocument: 1 }),
  async read(context, window, sink) {
    // The report that is there already is what a second walk reads.
    let { reportId } = window;
    const remembering: SourceContext = {
      ...context,
      rememberReport: (about, report) => {
        reportId = report.id;
        return context.rememberReport(about, report);
      },
    };
    const request = {
      reportType: reportTypeOf(window),
      marketplaceIds: context.marketplaceIds,
    };
    await storeOrders(sink, async (taker) => {
      await readReport(
        remembering,
        { ...window, reportId },
        {
          mayBeEmpty: false,
          request,
          restart: () => taker.restart(),
          async row(cells) {
            const row = rowIn(window, cells);
            if (row) await taker.row(row);
          },
        },
      );
    });
  },
};

function reportTypeOf({ basis }: SyncWindow): ReportType {
  return basis === 'updated'
    ? 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL'
    : 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
}

/**
 * A row whose order belongs to the window; null for others. Amazon rounds a report outward to whole days, and an order must
 * not be counted in two windows.
 */
function rowIn({ basis, from, to }: SyncWindow, cells: ReportRow): OrderRow | null {
  const row = orderRow(cells);
  const { createdAt, updatedAt } = row.order.data;
  const at = Date.parse(basis === 'updated' ? updatedAt : createdAt);
  return at >= from.getTime() && at < to.getTime() ? row : null;
}
