import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EndedSessions } from '../adapters/ended-sessions.js';
import type { Settings } from '../settings.js';
import type { SessionEnds } from '../sse/session-ends.js';
import { KeysAway } from './key-set.js';
import { Problem, unauthenticated } from './problems.js';
import type { SessionTokens } from './session-tokens.js';

export const SESSION_COOKIE = 'session_token';

/** A browser keeps one of ours, and perhaps one that the identity provider set for the whole domain. */
const MAX_COOKIES = 4;

/** How long a session of ours lasts, in seconds. */
const SESSION_SECONDS = 7 * 86_400;

/** Who makes a request. The tenant is the token's subject, and nothing else in a request ever says who it is. */
export interface Session {
  /**
   * Names this one sign-in. A digest of what the token signs, so that nothing that carries it can be used as a token,
   * and another spelling of the same signature is the same session.
   */
  readonly id: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly email: string | null;
  /** Streams end with it: their client then meets a 401. */
  readonly expiresAt: Date;
  /** Issued by this gateway, and not by an identity provider. */
  readonly ours: boolean;
  /** Files for sellers and may stop all filing: the token's `roles` hold `operator`. */
  readonly isOperator: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route but the public ones. */
    session: Session | null;
    /** Why a public route does not know whether there is a session. */
    sessionProblem: Problem | null;
  }
  interface FastifyContextConfig {
    /** No session needed. One that is given is still read. */
    public?: boolean;
  }
}

export interface Sessions {
  /**
   * The session of a request; null without one, with one that is not valid, or with cookies of several users, of which
   * some other site may have set one. Throws a Problem when that cannot be told now.
   */
  read(request: FastifyRequest): Promise<Session | null>;
  /** Signs a user in by the cookie. Null where sessions come from an identity provider alone. */
  readonly begin: ((reply: FastifyReply, userId: string) => Promise<void>) | null;
  /** Signs a session out: clears the cookie, ends its streams, and has its token refused from now on. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export interface SessionParts {
  readonly settings: Settings;
  readonly tokens: SessionTokens;
  readonly ended: EndedSessions;
  readonly ends: SessionEnds;
}

/** Sessions as signed tokens in an HttpOnly cookie, or as a bearer token for machines. */
export function openSessions({ settings, tokens, ended, ends }: SessionParts): Sessions {
  const cookie = cookieOptions(settings);
  const { sign } = tokens;
  return {
    async read(request) {
      const found = tokensOf(request).map((token) => tokens.read(token).catch(unknown));
      const valid = (await Promise.all(found)).filter((one) => one && !ended.has(one.id));
      const [session = null] = valid;
      return valid.every((one) => one?.tenantId === session?.tenantId) ? session : null;
    },
    begin:
      sign &&
      (async (reply, userId) => {
        const token = await sign(userId, SESSION_SECONDS);
        void reply.setCookie(SESSION_COOKIE, token, { ...cookie, maxAge: SESSION_SECONDS });
      }),
    async end({ session, log }, reply) {
      void reply.clearCookie(SESSION_COOKIE, cookie);
      if (!session) return;
      // Not recorded, it is still told: only a process that starts later would take the token again.
      await ended
        .add(session)
        .catch((error: unknown) => log.error({ err: error }, 'a sign-out was not recorded'));
      ends.ended(session.id);
    },
  };
}

/** Cookies of ours: out of reach of scripts, and over TLS wherever the frontend is not on this very machine. */
export function cookieOptions({ COOKIE_SAMESITE, FRONTEND_URL, OAUTH_REDIRECT_URI }: Settings): {
  httpOnly: true;
  path: '/';
  sameSite: 'lax' | 'none';
  secure: boolean;
  partitioned: boolean;
} {
  const crossSite = COOKIE_SAMESITE === 'none';
  const origin = OAUTH_REDIRECT_URI ?? FRONTEND_URL ?? 'http://localhost';
  const secure = crossSite || origin.startsWith('https:');
  return { httpOnly: true, path: '/', sameSite: COOKIE_SAMESITE, secure, partitioned: crossSite };
}

/** Reads the session of every request, and refuses those without one on routes that are not public. */
export function installSessions(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('session', null);
  app.decorateRequest('sessionProblem', null);
  app.addHook('onRequest', async (request) => {
    const open = request.routeOptions.config.public === true || request.is404;
    request.session = await sessions.read(request).catch((error: unknown) => {
      if (!open || !(error instanceof Problem)) throw error;
      request.sessionProblem = error;
      return null;
    });
    if (!request.session && !open) throw unauthenticated();
  });
}

/** The session of a request on a route that is not public. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw unauthenticated();
  return request.session;
}

/** The session of a request on a public route that acts for whoever is signed in. Throws when it cannot be told who is. */
export function possibleSessionOf({ session, sessionProblem }: FastifyRequest): Session | null {
  if (sessionProblem) throw sessionProblem;
  return session;
}

/**
 * A bearer token goes before the cookie, and a malformed one is not made good by it. Of cookies there can be several: a
 * sibling of ours (`other.example.com`) can set one under the same name, which comes first when its path is longer. Who
 * it would sign in is then for the caller to find out; so many that they cost something are none.
 */
function tokensOf({ headers }: FastifyRequest): readonly string[] {
  const [scheme = '', ...rest] = (headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return [rest.join(' ')];
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const ours = pairs.filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  const values = new Set(ours.map((pair) => pair.slice(SESSION_COOKIE.length + 1)));
  return values.size > MAX_COOKIES ? [] : [...values];
}

/** Not a 401: the client would take it for the end of its session, and sign its user out. */
function unknown(error: unknown): never {
  if (!(error instanceof KeysAway)) throw error;
  throw new Problem(
    { status: 503, code: 'temporarily_unavailable' },
    'Your sign-in cannot be checked at the moment. Please try again.',
  );
}
