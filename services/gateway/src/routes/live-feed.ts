import type { App } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { parseEventId } from '../sse/event-id.js';
import { openEventStream } from '../sse/event-stream.js';
import type { LiveFeed } from '../sse/live-feed.js';
import type { LiveStream } from '../sse/live-stream.js';
import type { OpenStreams } from '../sse/open-streams.js';
import { answerHead, eventStream } from './stream-head.js';

/** What happens to a user's syncs, claims and money, as it happens. */
export function liveFeedRoute(
  app: App,
  feedOf: (tenantId: string) => LiveFeed,
  open: OpenStreams,
): void {
  const schema = { summary: 'What happens, live', response: { 200: eventStream } };
  app.get('/api/sse/status', { schema }, async (request, reply) => {
    const session = sessionOf(request);
    if (request.method === 'HEAD') return answerHead(reply);
    const seen = parseEventId(request.headers['last-event-id']?.toString());
    const feed = feedOf(session.tenantId);
    const stream: LiveStream = openEventStream(reply, () => feed.reached(stream));
    open.add(session, stream);
    await feed.join(stream, seen).catch((error: unknown) => {
      // Any status but 200 would end an EventSource for good; a stream that ends makes it come back with its last id.
      request.log.warn({ err: error }, 'live feed broke');
      stream.close('unavailable');
    });
    return reply;
  });
}
