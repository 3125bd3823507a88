import {
  isSameReport,
  listedBeside,
  listReports,
  type ListedReport,
  type ReportRequest,
} from '../amazon/reports.js';
import type { SourceContext } from './source.js';

/**
 * Amazon makes a daily FBA report anew after four hours only (its guide to FBA reports), and we wait as long for one to be
 * made: what stands in the way of a report was asked for no longer ago than both together.
 */
const STANDS_IN_THE_WAY_MS = 8 * 3_600_000;

/** What Amazon lists of the reports of one sync's seller, asked for once for all windows that it can answer. */
export interface ReportLists {
  /** The moment now, to name to `same`. Moments only tell what came before what. */
  moment(): number;
  /**
   * The ids of reports that were asked for in the very same words and are made or being made, newest first, as Amazon lists
   * them after a moment.
   */
  same(
    context: Pick<SourceContext, 'client' | 'caller' | 'timer'>,
    of: { readonly asked: ReportRequest; readonly after: number },
  ): Promise<readonly string[]>;
}

interface Listing {
  readonly begun: number;
  readonly reports: Promise<readonly ListedReport[]>;
}

/**
 * A list answers for every window whose report was asked for before it was begun: what stood in the way of that report is
 * older still. So there is at most one list for each report that is asked for, and one for all that are asked for together
 * at the start. Amazon allows one each 45 s, but a report only each minute: nobody waits for a list, and no forecast has to
 * reckon with them.
 */
export function openReportLists(): ReportLists {
  const listings = new Map<string, Listing>();
  let last = 0;
  const moment = (): number => (last += 1);
  return {
    moment,
    async same({ client, caller, timer }, { asked, after }) {
      const reportTypes = listedBeside(asked.reportType);
      const key = reportTypes.join();
      for (;;) {
        const known = listings.get(key);
        if (known && known.begun > after) {
          // Who asked for it may have come to an end that is not ours.
          const reports = await known.reports.catch(() => null);
          if (reports) return idsOf(reports, asked);
          if (listings.get(key) !== known) continue;
        }
        const since = new Date(timer.now().getTime() - STANDS_IN_THE_WAY_MS);
        const reports = listReports(client, caller, { reportTypes, since });
        listings.set(key, { begun: moment(), reports });
        return idsOf(await reports, asked);
      }
    },
  };
}

function idsOf(reports: readonly ListedReport[], asked: ReportRequest): readonly string[] {
  return reports.filter((one) => isSameReport(one, asked)).map(({ reportId }) => reportId);
}
