import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.js';

/** No body of ours is half as deep. What parses or checks a body calls itself once per level. */
const MAX_DEPTH = 16;

const STRINGS = /"[^"\\]*(?:\\[^][^"\\]*)*"/g;

/**
 * Reads JSON bodies, and an empty one as null: clients send `Content-Type: application/json` with no body at all, which
 * the framework's own parser refuses. Keys that could reach a prototype are dropped. Nesting is bounded before anything
 * walks the body.
 */
export function installJsonBody(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString().trim();
    if (text === '') return done(null, null);
    if (nestsTooDeep(text)) return done(invalid('The request body is nested too deeply.'));
    try {
      done(
        null,
        JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)),
      );
    } catch {
      done(invalid('The request body is not valid JSON.'));
    }
  });
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.replace(STRINGS, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function invalid(message: string): Problem {
  return new Problem({ status: 400, code: 'invalid_json' }, message);
}
