import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * What every answer carries: nothing is sniffed, kept by a cache or passed on in a Referer (addresses here can hold a
 * sign-in token or a consent code). A route that may be cached says so itself.
 */
export function setAnswerHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
}

/** Sets them before anything else can answer; streams, which bypass later hooks, have them too. */
export function installAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    setAnswerHeaders(request, reply);
    done();
  });
}
