import { join } from 'node:path';
import { z } from 'zod';
import { openJournal } from '../journal.js';

const reportSchema = z.object({
  reportId: z.string(),
  sellerId: z.string(),
  reportType: z.string(),
  marketplaceIds: z.array(z.string()),
  /** `reportOptions`; empty where none were given. */
  options: z.record(z.string(), z.string()),
  startMs: z.number(),
  endMs: z.number(),
  createdMs: z.number(),
  /** How long making it takes. */
  makingMs: z.number(),
  /** How it is to end, where its data do not decide that. */
  fate: z.enum(['fatal', 'cancelled']).nullable(),
});
const entrySchema = z.union([
  reportSchema,
  z.object({ cancelled: z.string(), sellerId: z.string(), atMs: z.number() }),
]);

export type StoredReport = z.infer<typeof reportSchema> & { readonly cancelledMs: number | null };

/** The reports that were asked for. On disk before the asker learns the id, so an id outlives the process. */
export interface ReportStore {
  add(report: Omit<z.infer<typeof reportSchema>, 'reportId'>): Promise<string>;
  find(sellerId: string, reportId: string): StoredReport | undefined;
  /** Newest first. */
  of(sellerId: string): readonly StoredReport[];
  cancel(report: StoredReport, atMs: number): Promise<void>;
  close(): Promise<void>;
}

export async function openReportStore(directory: string): Promise<ReportStore> {
  const journal = await openJournal(join(directory, 'reports.jsonl'), entrySchema);
  const reports = new Map<string, StoredReport>();
  for (const entry of journal.records) {
    if ('reportType' in entry) reports.set(entry.reportId, { ...entry, cancelledMs: null });
    else cancelIn(reports, entry.cancelled, entry.atMs);
  }
  let last = reports.size;
  const find = (sellerId: string, reportId: string) => {
    const report = reports.get(reportId);
    return report?.sellerId === sellerId ? report : undefined;
  };
  return {
    add: async (report) => {
      last += 1;
      const stored = { ...report, reportId: String(50_230_000_000 + last) };
      await journal.append(stored);
      reports.set(stored.reportId, { ...stored, cancelledMs: null });
      return stored.reportId;
    },
    find,
    of: (sellerId) => [...reports.values()].filter((one) => one.sellerId === sellerId).reverse(),
    cancel: async ({ reportId, sellerId }, atMs) => {
      await journal.append({ cancelled: reportId, sellerId, atMs });
      cancelIn(reports, reportId, atMs);
    },
    close: () => journal.close(),
  };
}

function cancelIn(reports: Map<string, StoredReport>, reportId: string, atMs: number): void {
  const report = reports.get(reportId);
  if (report) reports.set(reportId, { ...report, cancelledMs: atMs });
}
