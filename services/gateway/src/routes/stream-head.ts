import type { FastifyReply } from 'fastify';

/** Asked for the headers alone: a stream would stay open for a client that never reads it. */
export function answerHead(reply: FastifyReply): FastifyReply {
  return reply.type('text/event-stream; charset=utf-8').send('');
}
