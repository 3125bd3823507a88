import { counter, histogram } from '@recoup/service-kit';
import type { FastifyInstance } from 'fastify';
import { opensStream } from './stream-routes.js';

const duration = histogram({
  name: 'recoup_http_request_duration_seconds',
  help: 'Requests from their arrival to the last byte of the answer, by route template. Streams that stay open are not among them.',
  labels: ['method', 'route', 'status'],
});
const streams = counter({
  name: 'recoup_http_stream_requests_total',
  help: 'Requests for a stream that stays open, by route template and the status they were answered with.',
  labels: ['route', 'status'],
});

/** The route of a request that no route takes: its address is whatever somebody sent. */
const NO_ROUTE = 'none';

/** Times every request once it is answered. */
export function installRequestMetrics(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? NO_ROUTE;
    const status = reply.raw.statusCode;
    if (opensStream(request)) streams.inc({ route, status });
    else duration.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    done();
  });
}
