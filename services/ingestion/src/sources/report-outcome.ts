import { AmazonCallFailed, UnexpectedAnswer } from '../amazon/errors.js';
import { waitingSignal } from '../amazon/rate-limiter.js';
import { getReport, type ReportState } from '../amazon/reports.js';
import type { SourceContext } from './source.js';

/**
 * Small reports are there within seconds, large ones within minutes. The first look is when the quickest report of this sync
 * was made, so that those that are alike are found at once and without looking in vain; from then on each pause is a quarter
 * of the time waited since, so that a report lies ready for a fifth of its making at most.
 */
const POLL = { share: 0.25, leastMs: 300, mostMs: 15_000 } as const;

/**
 * A report that is still not made after so long counts as one that failed: a sync must end. Amazon names no time; these four
 * hours are our choice, and at a simulation that runs faster it is at least ten minutes.
 */
const LONGEST_MS = 4 * 3_600_000;
const LEAST_LONGEST_MS = 600_000;

/** What a report came to. A failed one may have a document that says why. */
export type ReportOutcome =
  | { readonly state: 'done'; readonly documentId: string }
  | { readonly state: 'empty' }
  | { readonly state: 'failed'; readonly documentId: string | null };

const FAILED: ReportOutcome = { state: 'failed', documentId: null };

export interface AskedReport {
  readonly reportId: string;
  /** Whether it was asked for just now; of one that a predecessor asked for nobody here knows how long ago that was. */
  readonly justNow: boolean;
}

/** Waits until a report that was asked for has come to something, or is given up. Throws what the client throws. */
export async function outcomeOf(
  context: SourceContext,
  { reportId, justNow }: AskedReport,
): Promise<ReportOutcome> {
  const since = context.timer.now().getTime();
  const longest = Math.max(LONGEST_MS / context.timeScale, LEAST_LONGEST_MS);
  // The report is remembered: whoever takes the sync up next waits for the rest of its making.
  const signal = waitingSignal(context.caller);
  for (;;) {
    const waited = context.timer.now().getTime() - since;
    if (waited > longest) return FAILED;
    const soonest = justNow ? context.soonestReport() * 1000 : 0;
    await context.timer.sleep(pauseOf(waited, soonest), signal);
    signal.throwIfAborted();
    const report = await stateOf(context, reportId);
    const outcome = report === null ? FAILED : outcomeIn(report);
    if (outcome?.state === 'done') {
      context.reportTook((makingOf(report) ?? context.timer.now().getTime() - since) / 1000);
    }
    if (outcome) return outcome;
  }
}

function pauseOf(waited: number, soonest: number): number {
  const longest = Math.min(POLL.mostMs, soonest - waited);
  if (longest > 0) return longest;
  return Math.min(POLL.mostMs, Math.max(POLL.leastMs, (waited - soonest) * POLL.share));
}

/** Milliseconds by Amazon's own clock from the asking to the end; null where it does not tell. */
function makingOf(report: ReportState | null): number | null {
  const making =
    Date.parse(report?.processingEndTime ?? '') - Date.parse(report?.createdTime ?? '');
  return making >= 0 ? making : null;
}

/** Null while it is being made. Only a report that was begun can be found to hold nothing. */
function outcomeIn(report: ReportState): ReportOutcome | null {
  const { processingStatus: status, processingStartTime: begun } = report;
  const documentId = report.reportDocumentId ?? null;
  if (status === 'CANCELLED') return begun ? { state: 'empty' } : FAILED;
  if (status === 'FATAL') return { state: 'failed', documentId };
  if (status !== 'DONE') return null;
  if (!documentId) throw new UnexpectedAnswer('a finished report without document');
  return { state: 'done', documentId };
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
