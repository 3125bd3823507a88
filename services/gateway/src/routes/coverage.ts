import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import type { DetectionResult, DetectionRow } from '../projections/detection.js';
import { sourcesOf, sourcesSchema } from './detection-body.js';

const coverageBodySchema = z.object({
  /** The detection that says it; null before the first. */
  detection_id: z.string().nullable(),
  completedAt: z.string().nullable(),
  openCases: z.int(),
  /** Every source that a kind of claim is found in was read whole. */
  complete: z.boolean(),
  /** What can be said: that there is no claim, only where it is complete. */
  message: z.string(),
  sources: sourcesSchema,
});

/** What the latest detection could see, and what it could not. */
export function coverageRoute(app: App, { reads }: Pick<Gateway, 'reads'>): void {
  app.get(
    '/api/coverage',
    {
      schema: {
        summary: 'Which sources the latest detection had whole',
        response: { 200: coverageBodySchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [latest] = await reads.detections(tenantId, { complete: true, limit: 1, offset: 0 });
      return latest?.result ? coverageBody(latest, latest.result) : NOTHING_LOOKED_AT;
    },
  );
}

const NOTHING_LOOKED_AT: z.infer<typeof coverageBodySchema> = {
  detection_id: null,
  completedAt: null,
  openCases: 0,
  complete: false,
  message: 'Nothing has been looked at yet.',
  sources: [],
};

function coverageBody(
  { detectionId, endedAt }: DetectionRow,
  { coverage, claims }: DetectionResult,
): z.infer<typeof coverageBodySchema> {
  const sources = sourcesOf(coverage);
  const complete = sources.length > 0 && sources.every(({ state }) => state === 'complete');
  return {
    detection_id: detectionId,
    completedAt: endedAt,
    openCases: claims.open,
    complete,
    message: sentence(claims.open, complete),
    sources,
  };
}

function sentence(open: number, complete: boolean): string {
  const found = open === 1 ? '1 open claim.' : `${open} open claims.`;
  if (complete) return open === 0 ? 'No claims: every source was read whole.' : found;
  const gap = 'Some sources were not read whole: there may be claims that could not be seen.';
  return open === 0 ? gap : `${found} ${gap}`;
}
