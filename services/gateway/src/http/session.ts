import { createHash, randomUUID } from 'node:crypto';
import '@fastify/cookie';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Settings } from '../settings.js';
import { unauthenticated } from './problems.js';

export const SESSION_COOKIE = 'session_token';

/** How long a session lasts, in seconds. */
const SESSION_SECONDS = 7 * 86_400;

/** What of a token is used. A subject names streams and rows: neither can hold a control character. */
const payloadSchema = z.object({
  sub: z.string().regex(/^[^\p{Cc}]{1,200}$/u),
  exp: z.number(),
  email: z.string().nullish().catch(null),
});

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
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route but the public ones. */
    session: Session | null;
  }
  interface FastifyContextConfig {
    /** No session needed. One that is given is still read. */
    public?: boolean;
  }
}

export interface Sessions {
  /** The session of a request; null without one, or with one that is not valid. */
  read(request: FastifyRequest): Promise<Session | null>;
  /** Signs a session in: sets its cookie. */
  begin(reply: FastifyReply, userId: string): Promise<void>;
  end(reply: FastifyReply): void;
}

/** Sessions as HS256 tokens in an HttpOnly cookie, or as a bearer token for machines. */
export function openSessions(settings: Settings): Sessions {
  const key = new TextEncoder().encode(settings.SESSION_JWT_SECRET);
  const { SESSION_ISSUER: issuer, SESSION_AUDIENCE: audience } = settings;
  const expected = {
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  const cookie = cookieOptions(settings);
  return {
    async read(request) {
      const token = bearerOf(request) ?? request.cookies[SESSION_COOKIE];
      if (token === undefined) return null;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'], // pinned: the token does not choose how it is checked
          requiredClaims: ['sub', 'exp'],
          ...expected,
        });
        return sessionFrom(token, payload);
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
    async begin(reply, userId) {
      const token = new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setJti(randomUUID()) // two sign-ins of one second are two sessions
        .setIssuedAt();
      if (issuer !== undefined) token.setIssuer(issuer);
      if (audience !== undefined) token.setAudience(audience);
      const signed = await token.setExpirationTime(`${SESSION_SECONDS}s`).sign(key);
      void reply.setCookie(SESSION_COOKIE, signed, { ...cookie, maxAge: SESSION_SECONDS });
    },
    end(reply) {
      void reply.clearCookie(SESSION_COOKIE, cookie);
    },
  };
}

function sessionFrom(token: string, payload: unknown): Session | null {
  const { success, data } = payloadSchema.safeParse(payload);
  if (!success) return null;
  const { sub, exp, email = null } = data;
  const signed = token.slice(0, token.lastIndexOf('.'));
  const id = createHash('sha256').update(signed).digest('base64url');
  return { id, userId: sub, tenantId: sub, email, expiresAt: new Date(exp * 1000) };
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
  app.addHook('onRequest', async (request) => {
    request.session = await sessions.read(request);
    const open = request.routeOptions.config.public === true || request.is404;
    if (!request.session && !open) throw unauthenticated();
  });
}

/** The session of a request on a route that is not public. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw unauthenticated();
  return request.session;
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
