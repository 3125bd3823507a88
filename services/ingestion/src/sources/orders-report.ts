import type { ReportType } from '../amazon/reports.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { gatherOrders } from './gather-orders.js';
import { numbered, productKey, type GivenLine } from './order-lines.js';
import { orderRow, type OrderRow } from './order-row-fact.js';
import { readReport } from './read-report.js';
import type { FactSink, Source, SourceContext, SyncWindow } from './source.js';

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
    let reportId = window.reportId;
    const remembering: SourceContext = {
      ...context,
      rememberReport: (about, report) => {
        reportId = report.id;
        return context.rememberReport(about, report);
      },
    };
    const apart = await readRows(remembering, window, sink);
    if (apart.size > 0) await readApart(context, { ...window, reportId }, { sink, apart });
  },
};

/** Stores all orders and lines of a report; answers the product keys of lines that are still to be numbered. */
async function readRows(
  context: SourceContext,
  window: SyncWindow,
  sink: FactSink,
): Promise<ReadonlySet<string>> {
  let gathering = gatherOrders(sink);
  await readReport(context, window, {
    request: requestOf(context, window),
    async row(row) {
      const read = rowIn(window, row);
      if (read) await gathering.row(read);
    },
    async restart() {
      gathering = gatherOrders(sink);
      await sink.restart();
    },
  });
  return gathering.finish();
}

/** Reads the same document once more for the few lines that have an equal elsewhere in it: they are kept until its end. */
async function readApart(
  context: SourceContext,
  window: SyncWindow,
  { sink, apart }: { readonly sink: FactSink; readonly apart: ReadonlySet<string> },
): Promise<void> {
  const lines = new Map<string, GivenLine[]>();
  await readReport(context, window, {
    request: requestOf(context, window),
    row(row) {
      const line = rowIn(window, row)?.line;
      const key = line && productKey(line.data);
      if (key && apart.has(key)) lines.set(key, [...(lines.get(key) ?? []), line]);
      return Promise.resolve();
    },
    restart() {
      lines.clear();
      return Promise.resolve();
    },
  });
  await sink.write('orderItem', [...lines.values()].flatMap(numbered));
}

function requestOf({ marketplaceIds }: SourceContext, { basis }: SyncWindow) {
  const reportType: ReportType =
    basis === 'updated'
      ? 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL'
      : 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
  return { reportType, marketplaceIds };
}

/**
 * A row whose order belongs to the window; null for others. Amazon rounds a report outward to whole days, and an order must
 * not be counted in two windows.
 */
function rowIn({ basis, from, to }: SyncWindow, row: ReportRow): OrderRow | null {
  const read = orderRow(row);
  const { createdAt, updatedAt } = read.order.data;
  const at = Date.parse(basis === 'updated' ? updatedAt : createdAt);
  return at >= from.getTime() && at < to.getTime() ? read : null;
}
