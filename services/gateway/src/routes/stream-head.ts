import { z } from 'zod';
import type { FastifyReply } from 'fastify';

/** Asked for the headers alone: a stream would stay open for a client that never reads it. */
export function answerHead(reply: FastifyReply): FastifyReply {
  return reply.type('text/event-stream; charset=utf-8').send('');
}

/** What a stream answers, for its description: its frames are text, and no schema of an answer checks them. */
export const eventStream = {
  description: 'Server-sent events: unnamed frames with JSON data, each with an id.',
  content: { 'text/event-stream': { schema: z.string() } },
};

/** What stops an event source that comes back after the last frame. */
export const streamOver = z
  .undefined()
  .describe('The last frame was seen: nothing more will come.');
