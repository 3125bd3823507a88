import { messageOf } from '@recoup/kernel';
import {
  AmazonCallFailed,
  ReportFailed,
  UnexpectedAnswer,
  WindowTooLarge,
} from '../amazon/errors.js';
import { reportRows } from '../amazon/report-document.js';
import {
  createReport,
  getReport,
  getReportDocument,
  type ReportRequest,
  type ReportState,
} from '../amazon/reports.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { DAY_MS } from '../plan/interval.js';
import type { SourceContext, SyncWindow } from './source.js';

/** How often a report is asked for in all when Amazon ends it as FATAL or forgets it. */
const ASKS = 3;
/** Amazon refuses to make a report again too soon; so long before the second ask, twice that before the third. */
const PAUSE_MS = 60_000;
const DOWNLOADS = 3;
/**
 * Small reports are there within seconds, large ones within minutes: each pause is a quarter of the time waited so far, so
 * that a report lies ready for a fifth of its making at most.
 */
const POLL = { share: 0.25, leastMs: 300, mostMs: 15_000 } as const;

export interface ReportReading {
  readonly request: Pick<ReportRequest, 'reportType' | 'marketplaceIds' | 'reportOptions'>;
  /** How much earlier than the window the report begins. */
  readonly leadMs?: number;
  /** Takes the next row. */
  readonly row: (row: ReportRow) => Promise<void>;
  /** The document broke off: its rows come once more from the first. */
  readonly restart: () => Promise<void>;
}

/**
 * All rows of a window's report: asked for, waited for, fetched. CANCELLED, which nobody here asks for, is how Amazon
 * says that there are no data, and also how it ends a report that was asked for too soon: it is believed when a second
 * report, asked for after a pause, ends so too. Answers whether there was a report. Throws ReportFailed after repeated
 * failure.
 */
export async function readReport(
  context: SourceContext,
  window: SyncWindow,
  reading: ReportReading,
): Promise<boolean> {
  let asks = window.reportAsks;
  let known = window.reportId;
  let cancelled = false;
  for (;;) {
    const reportId = known ?? (await ask(context, window, { reading, asks }));
    const outcome = await outcomeOf(context, reportId);
    if (outcome.state === 'done') {
      await fetchRows(context, outcome.documentId, reading);
      return true;
    }
    known = null;
    if (outcome.state === 'cancelled') {
      if (cancelled) return false;
      cancelled = true;
      // The window keeps its report: a successor sees the same end, instead of asking anew before the pause is over.
      await pause(context, PAUSE_MS);
      continue;
    }
    asks += 1;
    await context.rememberReport(window, { id: null, asks });
    if (asks >= ASKS) throw new ReportFailed(`${reading.request.reportType} failed ${asks} times`);
    await pause(context, PAUSE_MS * asks);
  }
}

async function pause({ timer, timeScale, caller }: SourceContext, ms: number): Promise<void> {
  await timer.sleep(ms / timeScale, caller.signal);
  caller.signal.throwIfAborted();
}

async function ask(
  context: SourceContext,
  window: SyncWindow,
  { reading, asks }: { reading: ReportReading; asks: number },
): Promise<string> {
  const reportId = await createReport(context.client, context.caller, {
    ...reading.request,
    from: new Date(window.from.getTime() - (reading.leadMs ?? 0)),
    // The end is excluded; named exactly, Amazon would round it outward to a day more. A snapshot has no length.
    to: new Date(Math.max(window.from.getTime(), window.to.getTime() - 1)),
  }).catch((error: unknown) => {
    throw isTooLong(window, error)
      ? new WindowTooLarge('a report of so long a time', { cause: error })
      : error;
  });
  await context.rememberReport(window, { id: reportId, asks });
  return reportId;
}

/**
 * Amazon has no word of its own for a time that is too long: it is invalid input. A month is what every type is known to
 * be made for, so what is refused of that length is refused for another reason.
 */
function isTooLong({ from, to }: SyncWindow, error: unknown): boolean {
  const refused = error instanceof AmazonCallFailed && error.refusal.status === 400;
  return refused && to.getTime() - from.getTime() > 31 * DAY_MS;
}

type Outcome =
  | { readonly state: 'done'; readonly documentId: string }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed' };

async function outcomeOf(context: SourceContext, reportId: string): Promise<Outcome> {
  const since = context.timer.now().getTime();
  for (;;) {
    const waited = context.timer.now().getTime() - since;
    const pause = Math.min(POLL.mostMs, Math.max(POLL.leastMs, waited * POLL.share));
    await context.timer.sleep(pause, context.caller.signal);
    context.caller.signal.throwIfAborted();
    const report = await stateOf(context, reportId);
    if (report === null) return { state: 'failed' };
    if (report.processingStatus === 'CANCELLED') return { state: 'cancelled' };
    if (report.processingStatus === 'FATAL') return { state: 'failed' };
    if (report.processingStatus !== 'DONE') continue;
    if (!report.reportDocumentId) throw new UnexpectedAnswer('a finished report without document');
    context.reportTook((context.timer.now().getTime() - since) / 1000);
    return { state: 'done', documentId: report.reportDocumentId };
  }
}

/** Null for a report that Amazon does not know any more, such as one asked for before a long stop. */
async function stateOf(
  { client, caller }: SourceContext,
  reportId: string,
): Promise<ReportState | null> {
  try {
    return await getReport(client, caller, reportId);
  } catch (error) {
    if (error instanceof AmazonCallFailed && error.refusal.status === 404) return null;
    throw error;
  }
}

async function fetchRows(
  context: SourceContext,
  documentId: string,
  reading: ReportReading,
): Promise<void> {
  const { client, caller, endpoint } = context;
  let atOurEnd = false;
  const take = async (row: ReportRow): Promise<void> => {
    atOurEnd = true;
    await reading.row(row);
    atOurEnd = false;
  };
  for (let download = 1; ; download += 1) {
    // Anew for each download: the address is good for five minutes only.
    const document = await getReportDocument(client, caller, documentId);
    try {
      const rows = reportRows(document, { endpoint, signal: caller.signal });
      await context.timer.hold(async () => {
        for await (const row of rows) await take(row);
      });
      return;
    } catch (error) {
      caller.signal.throwIfAborted();
      // A row that could not be stored is no fault of the document: nothing is gained by fetching it again.
      if (atOurEnd || error instanceof UnexpectedAnswer) throw error;
      if (download === DOWNLOADS) {
        const { reportType } = reading.request;
        throw new ReportFailed(`${reportType} could not be fetched: ${messageOf(error)}`, {
          cause: error,
        });
      }
      await reading.restart();
    }
  }
}
