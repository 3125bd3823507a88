import { sleep } from '@recoup/kernel';
import { createdReportSchema, getReport } from '../amazon/reports.js';
import type { Trying } from './try-operation.js';

/** Two minutes. The limit of getReport allows far more looks. */
const LOOKS = 60;
const PAUSE_MS = 2_000;

/** The report that an answer of createReport names. */
export function reportMade(answer: unknown): string {
  return createdReportSchema.parse(answer).reportId;
}

/**
 * Waits for a report, two minutes at most, and answers its document; null for one that is not ready, holds nothing, or of
 * which Amazon does not tell.
 */
export async function followReport(
  { client, caller }: Pick<Trying, 'client' | 'caller'>,
  reportId: string,
): Promise<string | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    const report = await getReport(client, caller, reportId).catch(() => null);
    const status = report?.processingStatus;
    if (status !== 'IN_QUEUE' && status !== 'IN_PROGRESS') return report?.reportDocumentId ?? null;
    await sleep(PAUSE_MS, caller.signal);
  }
  return null;
}
