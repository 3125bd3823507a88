import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** What the description says of a route that answers a CSV file. */
export const csvResponse = {
  200: { description: 'CSV.', content: { 'text/csv': { schema: z.string() } } },
} as const;

/** Answers lines as a file of that name, as they come: memory follows a portion of them, and not the length of the file. */
export function sendCsv(reply: FastifyReply, name: string, lines: AsyncIterable<string>): unknown {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(lines));
}
