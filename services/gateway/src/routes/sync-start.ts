import { isRejection } from '@recoup/domain';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { startSync } from '../commands/start-sync.js';
import type { App, Gateway } from '../gateway.js';
import type { ErrorBody } from '../http/errors.js';
import { problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { expectedDuration } from '../reads/expected-duration.js';
import { durationWords } from './duration-words.js';
import { errorSchema } from './error-schema.js';

const startedSchema = z.object({
  syncId: z.string(),
  status: z.literal('in_progress'),
  message: z.string(),
});

const amazonStartedSchema = z.object({
  success: z.literal(true),
  ...startedSchema.shape,
  /** A range such as "30-60 seconds", from the calls ahead and Amazon's rate limits. */
  estimatedDuration: z.string(),
});

const STARTED = { status: 'in_progress', message: 'Sync started successfully' } as const;

/** Starting a sync. Bodies are not read: nothing in one could change whose sync it is. */
export function syncStartRoutes(app: App, gateway: Gateway): void {
  for (const url of ['/api/sync/start', '/api/v1/integrations/sync/start']) {
    app.post(
      url,
      {
        config: { creates: true },
        schema: {
          summary: 'Start a sync',
          response: { 200: startedSchema },
        },
      },
      async (request) => ({ syncId: await started(gateway, request, 400), ...STARTED }),
    );
  }

  app.post(
    '/api/v1/integrations/amazon/sync',
    {
      config: { creates: true, rephrase: inMachineWords },
      schema: {
        summary: 'Start a sync, and learn how long it will take',
        response: { 200: amazonStartedSchema, 409: errorSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const syncId = await started(gateway, request, 409);
      const seconds = await expectedDuration(gateway, tenantId, syncId);
      const estimatedDuration = seconds === null ? 'being computed' : durationWords(seconds);
      return { success: true as const, syncId, ...STARTED, estimatedDuration };
    },
  );
}

/** Starts or joins, and answers the id. Throws the refusal; `whileRunning` is its status while another sync runs. */
async function started(
  { commands }: Gateway,
  request: FastifyRequest,
  whileRunning: number,
): Promise<string> {
  const { tenantId, userId } = sessionOf(request);
  const { creation } = request;
  const syncId = creation.newName('sync');
  const start = { tenantId, userId, syncId, repeatable: creation.repeatable };
  const outcome = await startSync(commands, start);
  if (!isRejection(outcome)) return outcome.syncId;
  const { code, existingSyncId } = outcome;
  throw problemOf(outcome, {
    status: code === 'sync_in_progress' ? whileRunning : 400,
    extra: existingSyncId ? { existingSyncId } : {},
  });
}

/** On this one route `error` is the machine's word, as its clients were promised, and so is its 500. */
function inMachineWords({ error: _, ...failure }: ErrorBody): ErrorBody {
  const own = failure.code === 'internal_error' ? START_FAILED : failure;
  return { success: false, error: own.code, ...failure, ...own };
}

const START_FAILED = {
  code: 'internal_server_error',
  message: 'Failed to start sync. Please try again later.',
};
