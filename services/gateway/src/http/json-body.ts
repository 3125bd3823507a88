import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.js';

/**
 * Reads JSON bodies, and an empty one as null: clients send `Content-Type: application/json` with no body at all, which
 * the framework's own parser refuses. Keys that could reach a prototype are dropped.
 */
export function installJsonBody(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString().trim();
    if (text === '') return done(null, null);
    try {
      done(
        null,
        JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)),
      );
    } catch {
      done(
        new Problem({ status: 400, code: 'invalid_json' }, 'The request body is not valid JSON.'),
      );
    }
  });
}
