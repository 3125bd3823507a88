import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Settings } from '../settings.js';
import { Problem } from './problems.js';
import { SESSION_COOKIE } from './session.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site makes with the user's cookie. Browsers always say where such a request comes from;
 * what says nothing (curl, servers) carries no ambient cookie either and passes.
 */
export function installOriginCheck(app: FastifyInstance, { FRONTEND_URL }: Settings): void {
  const frontend = FRONTEND_URL && new URL(FRONTEND_URL).origin;
  app.addHook('onRequest', (request, _reply, done) => {
    const changes = !SAFE_METHODS.has(request.method);
    if (changes && request.cookies[SESSION_COOKIE] && !comesFromUs(request, frontend)) {
      return done(
        new Problem({ status: 403, code: 'cross_site' }, 'This request came from another site.'),
      );
    }
    done();
  });
}

function comesFromUs({ headers }: FastifyRequest, frontend: string | undefined): boolean {
  const { origin, host } = headers;
  if (origin !== undefined) {
    return origin === frontend || origin === `http://${host}` || origin === `https://${host}`;
  }
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'same-site';
}
