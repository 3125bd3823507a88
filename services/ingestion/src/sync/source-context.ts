import { countCatalogue, readCatalogue, readStock } from '@recoup/facts';
import { setMaxListeners } from 'node:events';
import { saveReport } from '../jobs/windows.js';
import { openReportLists } from '../sources/report-lists.js';
import type { SourceContext } from '../sources/source.js';
import { buyersOfSync } from './buyers-of-sync.js';
import type { Forecast } from './forecast.js';
import type { RunSync, SyncDeps } from './run-sync.js';

/** What all windows of a sync are read with; the rest is each window's own. */
export type SyncContext = Omit<SourceContext, 'expectCalls'>;

interface Running {
  readonly reading: AbortSignal;
  readonly forecast: Forecast;
}

/** What the sources of a sync are given. Aborting `reading` or the sync's work ends every call and pause of theirs. */
export function contextOf(
  deps: SyncDeps,
  { job, account, work, turn, reading, forecast }: RunSync & Running,
): SyncContext {
  const { tenantId, syncId } = job;
  const signal = AbortSignal.any([work.signal, reading]);
  // Every call and every pause of all windows hangs on it; Node's default would warn at the eleventh.
  setMaxListeners(0, signal, work.signal, turn);
  return {
    client: deps.client,
    timer: deps.timer,
    reportTook: (seconds) => forecast.observeReport(seconds),
    soonestReport: () => forecast.soonestReport(),
    reportLists: openReportLists(),
    endpoint: deps.endpoint,
    timeScale: deps.timeScale,
    marketplaceIds: account.marketplaces.map(({ id }) => id),
    buyers: buyersOfSync(deps, job),
    caller: {
      sellerId: account.sellerId,
      region: account.region,
      sync: { tenantId, syncId },
      signal,
      turn,
    },
    rememberReport: ({ nth }, report) => saveReport(deps.pool, job, { nth, ...report }),
    stock: (marketplaceId) => readStock(deps.pool, { tenantId, marketplaceId }),
    catalogue({ marketplaceId, soldSince }) {
      const of = { tenantId, marketplaceId, soldSince: soldSince.toISOString() };
      return {
        count: () => countCatalogue(deps.pool, of),
        items: () => readCatalogue(deps.pool, of),
      };
    },
  };
}
