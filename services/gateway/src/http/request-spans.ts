import { isTracing, openSpan, SpanKind, type OpenSpan } from '@recoup/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * A span for every request, named by its route: it continues the trace that the caller names, and whatever is done for the
 * request belongs to it. The address itself is not in it, which may hold a token or an id. That of a stream ends with it.
 */
export function installRequestSpans(app: FastifyInstance): void {
  if (!isTracing()) return;
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  app.addHook('onRequest', (request, reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url;
    const span = openSpan(route === undefined ? method : `${method} ${route}`, {
      kind: SpanKind.SERVER,
      parent: headers['traceparent']?.toString(),
      attributes: {
        'http.request.method': method,
        ...(route !== undefined && { 'http.route': route }),
        'recoup.request.id': request.id,
      },
    });
    spans.set(request, span);
    reply.raw.once('close', () => {
      const { statusCode: status } = reply.raw;
      span.set({ 'http.response.status_code': status });
      span.end(status >= 500 ? String(status) : undefined);
    });
    span.run(done);
  });
  // Reading the body goes through the socket, which knows nothing of the request: the handler is brought back into it.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.run(done);
    else done();
  });
}
