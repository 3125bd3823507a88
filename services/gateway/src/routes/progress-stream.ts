import { isTransient } from '@recoup/service-kit';
import type { App, Gateway } from '../gateway.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { parseEventId } from '../sse/event-id.js';
import { openEventStream } from '../sse/event-stream.js';
import type { OpenStreams } from '../sse/open-streams.js';
import { ProgressTopics } from '../sse/progress-topics.js';
import { answerHead, eventStream, streamOver } from './stream-head.js';
import { possibleSyncId, syncParams } from './sync-id.js';

/** The live progress of one sync. */
export function progressStreamRoute(app: App, gateway: Gateway, open: OpenStreams): void {
  const topics = new ProgressTopics(gateway);
  app.get(
    '/api/sse/sync-progress/:syncId',
    {
      schema: {
        summary: 'Live progress of a sync',
        params: syncParams,
        response: { 200: eventStream, 204: streamOver },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const syncId = possibleSyncId(request.params.syncId);
      const seen = parseEventId(request.headers['last-event-id']?.toString());
      const { tenantId } = session;
      const sync = await topics.find({ tenantId, syncId }, seen).catch(awayIfTransient);
      if (sync === 'away') {
        // Any status but 200 ends an EventSource for good; a stream that ends makes it come back with its last id.
        openEventStream(reply).close('unavailable');
        return reply;
      }
      if (!sync) throw notFound();
      if (request.method === 'HEAD') return answerHead(reply);
      // 204 is what stops an EventSource from reconnecting.
      if (sync.over) return reply.code(204).send();
      const stream = openEventStream(reply);
      open.add(session, stream);
      await sync.watch(stream).catch((error: unknown) => {
        request.log.warn({ err: error }, 'progress stream broke');
        stream.close('unavailable');
      });
      return reply;
    },
  );
}

/** The database cannot be asked now: that says nothing about the sync. */
function awayIfTransient(error: unknown): 'away' {
  if (isTransient(error)) return 'away';
  throw error;
}
