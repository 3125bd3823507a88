import { z } from 'zod';
import type { EvidenceCount } from '../adapters/fact-reads.js';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { CLAIM_STATUSES, phaseOf } from '../projections/claim-phase.js';

const summarySchema = z.object({
  /** Open claims. */
  claims: z.int(),
  available: z.int(),
  missing: z.int(),
  rejected: z.int(),
  /** Their evidence has not been looked at yet. */
  unchecked: z.int(),
  /** Percent, to one decimal place; 0 where no claim is open. */
  evidenceHealth: z.number(),
});

const OPEN = CLAIM_STATUSES.filter((status) => phaseOf(status) === 'open');

/** How the evidence of a seller's open claims stands. */
export function evidenceSummaryRoute(app: App, { reads }: Pick<Gateway, 'reads'>): void {
  app.get(
    '/api/evidence/summary',
    {
      schema: {
        summary: 'How many open claims have their evidence',
        response: { 200: summarySchema },
      },
    },
    async (request) => summaryOf(await reads.evidenceCounts(sessionOf(request).tenantId, OPEN)),
  );
}

function summaryOf(counts: readonly EvidenceCount[]): z.infer<typeof summarySchema> {
  const of = (documents: EvidenceCount['documents']): number =>
    counts.find((count) => count.documents === documents)?.claims ?? 0;
  const claims = counts.reduce((sum, count) => sum + count.claims, 0);
  const available = of('Available');
  return {
    ...{ claims, available, missing: of('Missing') },
    ...{ rejected: of('Rejected'), unchecked: of('Unchecked') },
    evidenceHealth: claims === 0 ? 0 : Math.round((available / claims) * 1000) / 10,
  };
}
