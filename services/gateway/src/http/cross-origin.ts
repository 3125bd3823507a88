import cors from '@fastify/cors';
import type { App } from '../gateway.js';

/** How long a browser may keep the answer to a preflight, in seconds: two hours, the most that Chromium keeps. */
const MAX_AGE = 7200;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Clients send `x-user-id`; it is let through and never read. */
const REQUEST_HEADERS = [
  'content-type',
  'x-user-id',
  'idempotency-key',
  'last-event-id',
  'authorization',
];

/** What a page of another origin may read beside the body. */
const ANSWER_HEADERS = ['link', 'x-request-id', 'retry-after', 'idempotency-replayed'];

/**
 * Lets pages of these origins, and no others, call with credentials. Their origin is echoed on every answer, also on
 * refusals, which the page could not read otherwise; a preflight is answered before anything asks for a session. An
 * origin that is not among them gets none of these headers, and its preflight finds no route.
 */
export async function installCrossOrigin(app: App, origins: ReadonlySet<string>): Promise<void> {
  app.addHook('onRoute', (route) => {
    // The plugin's own route for preflights: one that it does not answer is not found, whoever asks.
    if (route.method === 'OPTIONS') route.config = { ...route.config, public: true };
  });
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && origins.has(origin)),
    credentials: true,
    methods: METHODS,
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: ANSWER_HEADERS,
    maxAge: MAX_AGE,
    strictPreflight: false, // its refusal would be plain text
  });
}

/** The same for answers that no hook has seen. */
export function crossOriginHeaders(
  origin: string | undefined,
  origins: ReadonlySet<string>,
): Record<string, string> {
  const allowed = origin !== undefined && origins.has(origin);
  return {
    vary: 'Origin',
    ...(allowed && {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    }),
  };
}
