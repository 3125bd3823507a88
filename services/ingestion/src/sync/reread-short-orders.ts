import type { Pool } from 'pg';
import type { Job } from '../jobs/job.js';
import { reopenWindows } from '../jobs/reopen-windows.js';
import type { KnownWindow } from '../jobs/windows.js';
import { missingOrders } from '../plan/order-shortfall.js';
import type { Source } from '../sources/source.js';
import type { ProgressBoard } from './progress-board.js';

export interface ShortOrders {
  readonly pool: Pool;
  readonly job: Job;
  readonly board: ProgressBoard;
  /** Every source that may be used. */
  readonly sources: readonly Source[];
  readonly asOf: Date;
  /** Reads windows by a source. */
  readonly read: (source: Source, open: readonly KnownWindow[]) => Promise<void>;
}

/**
 * Reads the windows of orders in which Amazon counts more than was read once more: lists of Amazon's have been seen to
 * leave out orders that are there. By another route where there is one, else anew by the same.
 */
export async function rereadShortOrders(
  { pool, job, board, sources, asOf, read }: ShortOrders,
  readBy: Source,
): Promise<void> {
  const short = board.windowsOf('orders').filter((window) => missingOrders(window, asOf) > 0);
  if (short.length === 0) return;
  const other = sources.find(
    ({ resource, route, onlyWhenForced }) =>
      resource === 'orders' && route !== readBy.route && !onlyWhenForced,
  );
  const source = other ?? readBy;
  const { route } = source;
  const opened = await reopenWindows(pool, job, { nths: short.map(({ nth }) => nth), route });
  const again = short
    .filter(({ nth }) => opened.includes(nth))
    .map((window) => ({ ...window, route, closed: false, reportId: null, reportAsks: 0 }));
  board.replace(again);
  await read(source, again);
}
