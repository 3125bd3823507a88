import { isRejection } from '@recoup/domain';
import { z } from 'zod';
import { runDetection } from '../commands/run-detection.js';
import type { App, Gateway } from '../gateway.js';
import { notFound, problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { currentDetection } from '../reads/current-detection.js';
import { ownCurrency } from '../reads/own-currency.js';
import { detectionBody, detectionSchema } from './detection-body.js';
import { pageQuery } from './paging.js';

const begunSchema = z.object({ detection_id: z.string(), status: z.literal('in_progress') });

/** Asking for a detection, and what became of it. */
export function detectionRoutes(app: App, gateway: Gateway): void {
  app.post(
    '/api/detections/run',
    {
      config: { creates: true },
      schema: {
        summary: 'Look for claims in what the latest sync brought',
        response: { 200: begunSchema },
      },
    },
    async (request) => {
      const { tenantId, userId } = sessionOf(request);
      const detectionId = request.creation.newName('detection');
      const outcome = await runDetection(gateway.commands, { tenantId, userId, detectionId });
      if (isRejection(outcome)) throw problemOf(outcome, { status: 400 });
      return { detection_id: outcome.detectionId, status: 'in_progress' as const };
    },
  );

  app.get(
    '/api/detections/status/:id',
    {
      schema: {
        summary: 'Where a detection stands, and what it found',
        params: z.object({ id: z.string() }),
        response: { 200: detectionSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [row, currency] = await Promise.all([
        currentDetection(gateway, tenantId, possibleId(request.params.id)),
        ownCurrency(gateway, tenantId),
      ]);
      if (!row) throw notFound();
      return detectionBody(row, currency);
    },
  );

  app.get(
    '/api/detections/results',
    {
      schema: {
        summary: 'The detections, newest first',
        querystring: pageQuery,
        response: { 200: z.array(detectionSchema) },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const [rows, currency] = await Promise.all([
        gateway.reads.detections(tenantId, request.query),
        ownCurrency(gateway, tenantId),
      ]);
      return rows.map((row) => detectionBody(row, currency));
    },
  );
}

/** What cannot be an id is as unknown as any other, and never reaches the database. Throws the 404. */
function possibleId(text: string): string {
  if (!/^[\w-]{1,200}$/.test(text)) throw notFound();
  return text;
}
