import { backoffMs, messageOf } from '@recoup/kernel';
import {
  AmazonCallFailed,
  ReportFailed,
  UnexpectedAnswer,
  WindowTooLarge,
} from '../amazon/errors.js';
import { waitingSignal } from '../amazon/rate-limiter.js';
import { documentBeginning, reportRows } from '../amazon/report-document.js';
import { createReport, getReportDocument, type ReportRequest } from '../amazon/reports.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { openWaitingLine } from '../limits/waiting-line.js';
import { DAY_MS } from '../plan/interval.js';
import { outcomeOf, type ReportOutcome } from './report-outcome.js';
import type { SourceContext, SyncWindow } from './source.js';

/** How often a report is asked for in all when Amazon ends it as FATAL or forgets it. */
const ASKS = 3;
/** Amazon refuses to make a report again too soon; so long before the second ask, twice that before the third. */
const PAUSE_MS = 60_000;
/**
 * How often a document is fetched in all when it breaks off, and the waits between in milliseconds, up to 23 s together: a
 * document that is given up takes its resource with it, and an essential one the sync.
 */
const DOWNLOADS = 6;
const BETWEEN_DOWNLOADS = { baseMs: 1000, capMs: 8000 } as const;
/**
 * Documents that a process reads at the same time, of all sellers: their rows are what a sync needs memory for. Each has a
 * portion of rows and what a recording keeps in hand, a few MB.
 */
const places = openWaitingLine(4);

export interface ReportReading {
  readonly request: Pick<ReportRequest, 'reportType' | 'marketplaceIds' | 'reportOptions'>;
  /** Whether "no data" is believed at once, because the window is read again in any case. */
  readonly mayBeEmpty: boolean;
  /** Takes the next row. */
  readonly row: (row: ReportRow) => Promise<void>;
  /** The document broke off: its rows come once more from the first. */
  readonly restart: () => Promise<void>;
}

/**
 * All rows of a window's report: asked for, waited for, fetched. CANCELLED, which nobody here asks for, is how Amazon
 * says that there are no data, and also how it ends a report that was asked for too soon: it is believed when a second
 * report, asked for after a pause, ends so too, and Amazon has none of the same question that was made. Such a one is there
 * when its asking was answered and the answer lost; it is read then. Answers whether there was a report. Throws ReportFailed after repeated
 * failure, with what Amazon says about it.
 */
export async function readReport(
  given: SourceContext,
  window: SyncWindow,
  reading: ReportReading,
): Promise<boolean> {
  let context = given;
  let asks = window.reportAsks;
  let known = window.reportId;
  let cancelled = false;
  // A predecessor asked before now.
  let askedAt = context.reportLists.moment();
  const inVain = new Set<string>();
  for (;;) {
    const reportId = known ?? (await ask(context, window, { reading, asks }));
    if (known === null) askedAt = context.reportLists.moment();
    inVain.add(reportId);
    const outcome = await outcomeOf(context, { reportId, justNow: known === null });
    if (outcome.state === 'done') {
      await fetchRows(context, outcome.documentId, reading);
      return true;
    }
    known = await unheardOf(context, window, { reading, asks, inVain, askedAt });
    if (known) continue;
    if (outcome.state === 'empty') {
      if (cancelled || reading.mayBeEmpty) return false;
      cancelled = true;
      // Only this reading knows that it is the second: given back now, the window would meet its first end for ever.
      context = { ...given, caller: { ...given.caller, turn: undefined } };
      // The window keeps its report: a successor sees the same end, instead of asking anew before the pause is over.
      await pause(context, PAUSE_MS);
      continue;
    }
    asks += 1;
    await context.rememberReport(window, { id: null, asks });
    if (asks >= ASKS) {
      const words = await wordsOf(context, outcome);
      throw new ReportFailed(`${reading.request.reportType} failed ${asks} times${words}`);
    }
    await pause(context, PAUSE_MS * asks);
  }
}

async function pause({ timer, timeScale, caller }: SourceContext, ms: number): Promise<void> {
  await timer.sleep(ms / timeScale, caller.signal);
  caller.signal.throwIfAborted();
}

interface Tried {
  readonly reading: ReportReading;
  readonly asks: number;
  readonly inVain: ReadonlySet<string>;
  /** After which moment Amazon has to list what it has. */
  readonly askedAt: number;
}

/**
 * A report of the same question that came of an asking whose answer was lost: while it is there Amazon makes no other. It
 * is remembered as the window's. Null where there is none that was not tried.
 */
async function unheardOf(
  context: SourceContext,
  window: SyncWindow,
  { reading, asks, inVain, askedAt }: Tried,
): Promise<string | null> {
  const asked = requestOf(window, reading);
  const ids = await context.reportLists.same(context, { asked, after: askedAt });
  const id = ids.find((one) => !inVain.has(one)) ?? null;
  if (id !== null) await context.rememberReport(window, { id, asks });
  return id;
}

function requestOf({ from, to }: SyncWindow, { request }: ReportReading): ReportRequest {
  // The end is excluded; named exactly, Amazon would round it outward to a day more. A snapshot has no length.
  return { ...request, from, to: new Date(Math.max(from.getTime(), to.getTime() - 1)) };
}

async function ask(
  context: SourceContext,
  window: SyncWindow,
  { reading, asks }: { reading: ReportReading; asks: number },
): Promise<string> {
  const asked = requestOf(window, reading);
  const reportId = await createReport(context.client, context.caller, asked).catch(
    (error: unknown) => {
      throw isTooLong(window, error)
        ? new WindowTooLarge('a report of so long a time', { cause: error })
        : error;
    },
  );
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

/** Enough for a sentence or two. */
const LONGEST_WORDS = 300;

/**
 * What Amazon says in the document of a failed report, for the log. Read only when all asking was in vain: fetching a
 * document costs a token of the few that there are. Nothing where there is none, or it cannot be read.
 */
async function wordsOf(
  { client, caller, endpoint }: SourceContext,
  outcome: ReportOutcome,
): Promise<string> {
  if (outcome.state !== 'failed' || outcome.documentId === null) return '';
  try {
    const document = await getReportDocument(client, caller, outcome.documentId);
    const options = { endpoint, signal: caller.signal };
    const text = await documentBeginning(document, options, LONGEST_WORDS);
    return `: ${text.replaceAll(/\s+/g, ' ').trim()}`;
  } catch {
    caller.signal.throwIfAborted();
    return '';
  }
}

async function fetchRows(
  context: SourceContext,
  documentId: string,
  reading: ReportReading,
): Promise<void> {
  const { signal } = context.caller;
  for (let download = 1; ; download += 1) {
    try {
      await downloadRows(context, documentId, reading);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BrokenOff)) throw error;
      if (download === DOWNLOADS) {
        const { reportType } = reading.request;
        throw new ReportFailed(`${reportType} could not be fetched: ${error.message}`, {
          cause: error.cause,
        });
      }
      await reading.restart();
      // Not by the scale: at a simulation connections recover no sooner.
      await context.timer.sleep(backoffMs(download - 1, BETWEEN_DOWNLOADS), signal);
      signal.throwIfAborted();
    }
  }
}

/** A download that may be tried once more. */
class BrokenOff extends Error {}

async function downloadRows(
  { client, caller, endpoint, timer }: SourceContext,
  documentId: string,
  { row: take }: ReportReading,
): Promise<void> {
  // Anew for each download: the address is good for five minutes only.
  const document = await getReportDocument(client, caller, documentId);
  // Not before: whoever waits for a token of the few that there are must not keep others from reading.
  const leave = await places.enter(0, waitingSignal(caller));
  let atOurEnd = false;
  try {
    const rows = reportRows(document, { endpoint, signal: caller.signal });
    await timer.hold(async () => {
      for await (const row of rows) {
        atOurEnd = true;
        await take(row);
        atOurEnd = false;
      }
    });
  } catch (cause) {
    // A row that could not be stored is no fault of the document: nothing is gained by fetching it again.
    if (atOurEnd || cause instanceof UnexpectedAnswer) throw cause;
    throw new BrokenOff(messageOf(cause), { cause });
  } finally {
    leave();
  }
}
