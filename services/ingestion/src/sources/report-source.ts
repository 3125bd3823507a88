import type { SyncResource } from '@recoup/contracts';
import type { FactData, FactKind } from '@recoup/facts';
import type { ReportType } from '../amazon/reports.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { DAY_MS } from '../plan/interval.js';
import { readReport } from './read-report.js';
import type { Source, SourceContext, SyncWindow } from './source.js';

export interface ReportSource<K extends FactKind> {
  readonly resource: SyncResource;
  readonly reportType: ReportType;
  readonly kind: K;
  readonly reportOptions?: Readonly<Record<string, string>>;
  /**
   * Amazon publishes the report of a period within so many days of its end. Until then no data may mean "not yet": the
   * window then counts as read up to its beginning only, and the next sync reads it again.
   */
  readonly publishedWithinDays?: number;
  /** The time that is asked for, where it is wider than the window. */
  readonly asked?: (window: SyncWindow, now: Date) => Pick<SyncWindow, 'from' | 'to'>;
  /** A row as a fact; null for one that the window is not about. Throws UnexpectedAnswer. */
  readonly toFact: (row: ReportRow, window: SyncWindow) => FactData[K] | null;
}

/** Rows handed on at a time: bounds the memory of a report of a million rows. */
const PORTION = 1000;

/** Reports of one seller made at the same time: Amazon makes few of them side by side anyway. */
const CONCURRENCY = 4;

/** The source of a resource that one report type brings, row by row. */
export function reportSource<K extends FactKind>(report: ReportSource<K>): Source {
  const { resource, reportType, kind, reportOptions, asked, toFact } = report;
  return {
    resource,
    route: reportType,
    family: 'reports',
    counts: kind,
    concurrency: CONCURRENCY,
    demand: ({ calls }) =>
      calls === 0 ? {} : { createReport: 1, getReport: 1, getReportDocument: 1 },
    async read(context, window, sink) {
      // Planned without a call: there can be no report of it yet.
      if (window.calls === 0) {
        sink.reachesOnly(window.from);
        return;
      }
      const request = {
        reportType,
        marketplaceIds: marketplacesOf(context, window),
        reportOptions,
      };
      let portion: { data: FactData[K]; raw: null }[] = [];
      const flush = async (): Promise<void> => {
        const facts = portion;
        portion = [];
        if (facts.length > 0) await sink.write(kind, facts);
      };
      const made = await readReport(
        context,
        { ...window, ...asked?.(window, context.timer.now()) },
        {
          request,
          mayBeEmpty: mayBeLate(report, window, context),
          async restart() {
            portion = [];
            await sink.restart();
          },
          async row(row) {
            const data = toFact(row, window);
            if (data !== null && portion.push({ data, raw: null }) === PORTION) await flush();
          },
        },
      );
      await flush();
      if (!made && mayBeLate(report, window, context)) sink.reachesOnly(window.from);
    },
  };
}

function mayBeLate(
  { publishedWithinDays = 0 }: Pick<ReportSource<FactKind>, 'publishedWithinDays'>,
  { to }: SyncWindow,
  { timer }: SourceContext,
): boolean {
  return timer.now().getTime() < to.getTime() + publishedWithinDays * DAY_MS;
}

/** The marketplace of the window, where the report is read for each; else all. */
function marketplacesOf(context: SourceContext, window: SyncWindow): readonly string[] {
  return window.scope === '' ? context.marketplaceIds : [window.scope];
}
