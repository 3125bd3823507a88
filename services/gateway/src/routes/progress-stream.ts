import { isTransient } from '@recoup/service-kit';
import type { App, Gateway } from '../gateway.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { syncHistory } from '../reads/sync-history.js';
import { parseEventId } from '../sse/event-id.js';
import { openEventStream } from '../sse/event-stream.js';
import { OpenStreams } from '../sse/open-streams.js';
import { sawTheEnd, streamProgress } from '../sse/sync-progress.js';
import { possibleSyncId, syncParams } from './sync-id.js';

/** The live progress of one sync. */
export function progressStreamRoute(app: App, gateway: Gateway): void {
  const open = new OpenStreams();
  app.get(
    '/api/sse/sync-progress/:syncId',
    { schema: { params: syncParams } },
    async (request, reply) => {
      const { tenantId, userId, expiresAt } = sessionOf(request);
      const syncId = possibleSyncId(request.params.syncId);
      const history = await syncHistory(gateway, tenantId, syncId).catch(awayIfTransient);
      if (history === 'away') {
        // Any status but 200 ends an EventSource for good; a stream that ends makes it come back with its last id.
        openEventStream(reply, { stop: gateway.signal, until: expiresAt }).close();
        return reply;
      }
      if (!history) throw notFound();
      // Asked for the headers alone: a stream would stay open for a client that never reads it.
      if (request.method === 'HEAD') return reply.type('text/event-stream; charset=utf-8').send('');
      const seen = parseEventId(request.headers['last-event-id']?.toString());
      // 204 is what stops an EventSource from reconnecting.
      if (sawTheEnd(history, seen)) return reply.code(204).send();
      const stream = openEventStream(reply, { stop: gateway.signal, until: expiresAt });
      open.add(userId, stream);
      await streamProgress(gateway, stream, { tenantId, history, seen }).catch((error: unknown) => {
        request.log.warn({ err: error }, 'progress stream broke');
        stream.close();
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
