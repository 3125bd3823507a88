import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Settings } from '../settings.js';
import { clientAddress } from './client-address.js';
import { Problem } from './problems.js';
import { opensStream } from './stream-routes.js';

const WINDOW_MS = 60_000;

/** As many users, or addresses, are counted at once; past it the longest unseen is forgotten, so that memory is bounded. */
const COUNTED = 20_000;

/** Requests a minute; 0 is no limit. */
const perMinute = (requests: number) => z.coerce.number().int().min(0).default(requests);

/**
 * How much is too much, per process. A client polls every three seconds in each of several tabs and asks again with
 * each frame of the live feed: 1,200 a minute leave room for dozens of tabs. Behind one address are whole offices.
 */
export const rateLimitSettings = {
  RATE_LIMIT_USER: perMinute(1200),
  RATE_LIMIT_ADDRESS: perMinute(6000),
  /** Each public route that begins or changes something. */
  RATE_LIMIT_PUBLIC: perMinute(60),
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may ask, and it costs something: counted per address by itself, against RATE_LIMIT_PUBLIC. */
    limited?: boolean;
  }
}

interface Limiter {
  /** Counts a request. Throws the 429 when it is one too many. */
  count(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Throws the 429 when too many were counted, and counts nothing. */
  check(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/**
 * Limits what one address asks for, before sessions are read: guessing tokens is limited with it. Opens of streams are
 * outside of it, since clients may open one every second; of these only such as were refused a session count.
 */
export async function installAddressLimits(
  app: FastifyInstance,
  settings: Settings,
): Promise<void> {
  await app.register(rateLimit, { global: false });
  const all = limiter(app, settings.RATE_LIMIT_ADDRESS, clientAddress);
  const refusedStreams = limiter(app, settings.RATE_LIMIT_ADDRESS, clientAddress);
  const limited = limiter(
    app,
    settings.RATE_LIMIT_PUBLIC,
    (request) => `${clientAddress(request)} ${request.routeOptions.url ?? ''}`,
  );
  app.addHook('onRequest', async (request, reply) => {
    if (opensStream(request)) return refusedStreams.check(request, reply);
    await all.count(request, reply);
    if (request.routeOptions.config.limited) await limited.count(request, reply);
  });
  app.addHook('onSend', async (request, reply) => {
    const refused = opensStream(request) && reply.statusCode === 401;
    if (refused) await refusedStreams.count(request, reply).catch(alreadyRefused);
  });
}

/** Limits what one user asks for, from wherever. Runs after sessions. */
export function installUserLimit(app: FastifyInstance, { RATE_LIMIT_USER }: Settings): void {
  const all = limiter(app, RATE_LIMIT_USER, ({ session }) => session?.userId ?? '');
  app.addHook('onRequest', async (request, reply) => {
    if (request.session && !opensStream(request)) await all.count(request, reply);
  });
}

/** At most `max` requests a window under one key; 0 is no limit. */
function limiter(
  app: FastifyInstance,
  max: number,
  keyGenerator: (request: FastifyRequest) => string,
): Limiter {
  const options = { max, timeWindow: WINDOW_MS, cache: COUNTED, keyGenerator }; // `cache` is missing in its types only
  const run = app.createRateLimit(options);
  const limit = async (request: FastifyRequest, reply: FastifyReply, increment: boolean) => {
    if (max === 0) return;
    const state = await run(request, { increment });
    if (state.isAllowed || !state.isExceeded) return;
    void reply.header('retry-after', Math.max(1, state.ttlInSeconds));
    throw new Problem(
      { status: 429, code: 'rate_limited' },
      'Too many requests. Please wait a moment and try again.',
    );
  };
  return {
    count: (request, reply) => limit(request, reply, true),
    check: (request, reply) => limit(request, reply, false),
  };
}

/** The answer is a refusal already; the next one says that there were too many. */
function alreadyRefused(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
