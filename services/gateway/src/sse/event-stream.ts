import type { FastifyReply } from 'fastify';
import type { EventId } from './event-id.js';
import type { LiveStream } from './live-stream.js';
import { openResponseStream } from './response-stream.js';

/** Turns a reply into a stream of server-sent events; `reached` as for a response. */
export function openEventStream(reply: FastifyReply, reached?: () => EventId | null): LiveStream {
  reply.hijack();
  // A hijacked reply loses what hooks have set on it: those headers are written here.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  return openResponseStream(reply.raw, reached);
}
