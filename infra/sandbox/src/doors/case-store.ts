import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { openJournal } from '../journal.js';

const caseSchema = z.object({
  caseId: z.string(),
  idempotencyKey: z.string(),
  sellerId: z.string(),
  createdAt: z.iso.datetime(),
  status: z.literal('open'),
  request: z.record(z.string(), z.unknown()),
});
export type FiledCase = z.infer<typeof caseSchema>;

export type Filing =
  | { readonly outcome: 'filed' | 'repeated'; readonly filed: FiledCase }
  | { readonly outcome: 'other_body' };

/** The cases on the desk. A case is on disk before anyone hears its number. */
export interface CaseStore {
  file(filing: {
    key: string;
    request: Record<string, unknown>;
    sellerId: string;
    at: Date;
  }): Promise<Filing>;
  all(): readonly FiledCase[];
  close(): Promise<void>;
}

export async function openCaseStore(directory: string): Promise<CaseStore> {
  const journal = await openJournal(join(directory, 'cases.jsonl'), caseSchema);
  const cases = new Map(journal.records.map((filed) => [filed.idempotencyKey, filed]));
  /** Filings on their way to the disk: a second one with the same key waits for the first instead of passing it. */
  const underway = new Map<string, Promise<FiledCase>>();
  const write = async (filed: FiledCase): Promise<FiledCase> => {
    await journal.append(filed);
    cases.set(filed.idempotencyKey, filed);
    return filed;
  };
  return {
    file: async ({ key, request, sellerId, at }) => {
      const known = cases.get(key) ?? (await underway.get(key));
      if (known) return repeat(known, request);
      const caseId = numberOf(key);
      const createdAt = at.toISOString();
      const filed = {
        caseId,
        idempotencyKey: key,
        sellerId,
        createdAt,
        status: 'open' as const,
        request,
      };
      const written = write(filed).finally(() => underway.delete(key));
      underway.set(key, written);
      return { outcome: 'filed', filed: await written };
    },
    all: () => [...cases.values()],
    close: () => journal.close(),
  };
}

function repeat(known: FiledCase, request: Record<string, unknown>): Filing {
  const same = canonical(known.request) === canonical(request);
  return same ? { outcome: 'repeated', filed: known } : { outcome: 'other_body' };
}

/** Eleven digits, like Amazon's, out of the key: nothing to count, and no number twice for two keys in practice. */
function numberOf(key: string): string {
  const hash = createHash('sha256').update(key).digest().readBigUInt64BE();
  return String(10_000_000_000n + (hash % 90_000_000_000n));
}

/** JSON with its members in order, so that the order in which a client writes them does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
