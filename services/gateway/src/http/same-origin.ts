import '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Settings } from '../settings.js';
import { allowedOrigins } from './origins.js';
import { Problem } from './problems.js';
import { cookieOptions, SESSION_COOKIE } from './session.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site makes with the user's cookie. Browsers always say where such a request comes from;
 * what says nothing (curl, servers) carries no ambient cookie and passes. A sibling of ours (`other.example.com`) is
 * another site here: its requests carry our cookie, and its pages need not be ours.
 */
export function installOriginCheck(app: FastifyInstance, settings: Settings): void {
  const isOurs = originsOfOurs(settings);
  app.addHook('onRequest', (request, _reply, done) => {
    const changes = !SAFE_METHODS.has(request.method);
    if (changes && SESSION_COOKIE in request.cookies && !isOurs(request)) {
      return done(
        new Problem({ status: 403, code: 'cross_site' }, 'This request came from another site.'),
      );
    }
    done();
  });
}

/**
 * Whether a request was made by a page that may. Our own origin is the host that the browser asked for: a page cannot
 * choose it, since one that makes its own name lead here (DNS rebinding) does not get the cookie of ours, and
 * `X-Forwarded-Host` counts from trusted proxies only. Where our cookies are for TLS only, so are our pages.
 */
export function originsOfOurs(settings: Settings): (request: FastifyRequest) => boolean {
  const allowed = allowedOrigins(settings);
  const { secure } = cookieOptions(settings);
  return (request) => {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin === undefined) {
      return site === undefined || site === 'same-origin' || site === 'same-site';
    }
    const host = request.host.toLowerCase();
    const plain = !secure && request.protocol !== 'https';
    return (
      allowed.has(origin) || origin === `https://${host}` || (plain && origin === `http://${host}`)
    );
  };
}
