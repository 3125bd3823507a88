import { sleep } from '@recoup/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problems.js';
import { opensStream } from './stream-routes.js';

/** When a refused client may try again, in seconds: another process serves it by then, or this one is back. */
const RETRY_AFTER = 2;

/** How long requests in flight may take to end, in milliseconds: less than the process has for its whole stop. */
const DRAIN_MS = 7000;

/**
 * From the signal on, what comes is refused (503) and what is under way is finished; each answer then closes its
 * connection. The port stays open until that is done: as long as a load balancer still sends requests here, a refusal
 * tells the client to come back, which a closed port does not. `drainMs` bounds the wait.
 */
export function installGracefulStop(
  app: FastifyInstance,
  signal: AbortSignal,
  drainMs = DRAIN_MS,
): void {
  const inFlight = new Set<FastifyReply>();
  const none = new AbortController();

  app.addHook('onRequest', (request, reply, done) => {
    if (signal.aborted) return refuse(request, reply, done);
    // A web socket is no request that ends by itself: whoever opened it ends it.
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      inFlight.add(reply);
      reply.raw.once('close', () => {
        inFlight.delete(reply);
        if (signal.aborted && inFlight.size === 0) none.abort();
      });
    }
    done();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (signal.aborted) void reply.header('connection', 'close');
  });
  // Before the framework closes its port and every connection that is left.
  app.addHook('preClose', async () => {
    if (inFlight.size > 0) await sleep(drainMs, none.signal);
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, done: (error: Error) => void): void {
  if (opensStream(request)) {
    // An EventSource comes back after a cut connection, and never after a status that it does not expect.
    reply.hijack();
    request.raw.destroy();
    return;
  }
  void reply.header('retry-after', RETRY_AFTER);
  done(
    new Problem({ status: 503, code: 'stopping' }, 'The service is restarting. Please try again.'),
  );
}
