import type { FastifyRequest } from 'fastify';

/** Where answers stay open: server-sent events and web sockets. */
const STREAMS = /^\/(api\/sse|ws)\//;

/** Whether a request opens a stream. An EventSource that meets any status but 200 never comes back by itself. */
export function opensStream({ routeOptions }: FastifyRequest): boolean {
  return STREAMS.test(routeOptions.url ?? '');
}
