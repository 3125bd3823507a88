import websocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { App } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import type { LiveFeed } from '../sse/live-feed.js';
import type { OpenStreams } from '../sse/open-streams.js';
import { openSocketStream } from '../sse/socket-stream.js';
import { errorSchema } from './error-schema.js';

/** `maxPayload`, in bytes: nothing that a client says is needed. `closeTimeout`, in ms, for its answer to a close. */
const LIMITS = { maxPayload: 1024, closeTimeout: 2000 };

export interface LiveFeedSocketOptions {
  readonly feedOf: (tenantId: string) => LiveFeed;
  readonly open: OpenStreams;
  /** Whether a page that may has made the request: cookies come along from any. */
  readonly isOurs: (request: FastifyRequest) => boolean;
}

/** The live feed for clients that hold a WebSocket: the same objects, from a snapshot on. */
export async function liveFeedSocketRoute(
  app: App,
  { feedOf, open, isOurs }: LiveFeedSocketOptions,
): Promise<void> {
  await app.register(websocket, {
    options: LIMITS,
    // What a client breaks is its own connection, and nothing to report.
    errorHandler: (_error, socket) => socket.terminate(),
  });
  app.route({
    method: 'GET',
    url: '/ws/status',
    exposeHeadRoute: false,
    schema: {
      summary: 'The live feed over a WebSocket',
      response: { 403: errorSchema, 426: errorSchema },
    },
    preValidation: (request, _reply, done) => {
      if (isOurs(request)) done();
      else done(crossSite());
    },
    handler: (_request, reply) => {
      void reply.header('upgrade', 'websocket');
      throw new Problem(
        { status: 426, code: 'upgrade_required' },
        'This address speaks WebSocket. GET /api/sse/status tells the same over HTTP.',
      );
    },
    wsHandler: (socket: WebSocket, request: FastifyRequest) => {
      const session = sessionOf(request);
      const stream = openSocketStream(socket);
      open.add(session, stream);
      feedOf(session.tenantId)
        .join(stream, null)
        .catch((error: unknown) => {
          request.log.warn({ err: error }, 'live feed broke');
          stream.close('unavailable');
        });
    },
  });
}

function crossSite(): Problem {
  return new Problem({ status: 403, code: 'cross_site' }, 'This request came from another site.');
}
