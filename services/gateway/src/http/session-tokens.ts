import { createHash, randomUUID } from 'node:crypto';
import { SYSTEM_TENANT } from '@recoup/contracts';
import { errors, jwtVerify, SignJWT, type JWTVerifyGetKey, type JWTVerifyResult } from 'jose';
import { z } from 'zod';
import type { Settings } from '../settings.js';
import { KnownSessions } from './known-sessions.js';
import type { Session } from './session.js';

/** Our own tokens are signed with our secret, an identity provider's with a private key of its own. */
const OURS = ['HS256'];
const PROVIDERS = ['RS256', 'ES256', 'EdDSA'];

/** How far a provider's clock may be ahead of ours, in seconds: a token just issued must not log its user out. */
const CLOCK_SECONDS = 5;

/** The last instant that a date can hold, in seconds. */
const LAST_SECOND = 8.64e12;

/**
 * What of a token is used. A subject names streams and rows: neither can hold a control character, nor half a character,
 * in whose place the database would store the same mark for all.
 */
const payloadSchema = z.object({
  sub: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)
    .refine((sub) => sub !== SYSTEM_TENANT),
  exp: z.number().max(LAST_SECOND),
  email: z.string().nullish().catch(null),
  roles: z.array(z.string()).nullish().catch(null),
});

/** Signed tokens as sessions. */
export interface SessionTokens {
  /** The session of a token; null when it is not valid. Throws KeysAway when that cannot be told now. */
  read(token: string): Promise<Session | null>;
  /** A token of ours, good for that many seconds; null where there is no secret to sign it with. */
  readonly sign: ((userId: string, seconds: number) => Promise<string>) | null;
}

/**
 * Checks tokens by the configured keys alone. Which key goes with which algorithm is pinned here: HS256 is checked with
 * our secret and never with a public key, the others with the provider's keys and never with the secret; what a token
 * says of where its key is found (`jku`, `jwk`, `x5u`) is not read.
 */
export function openSessionTokens(
  settings: Settings,
  keySet: JWTVerifyGetKey | null,
): SessionTokens {
  const { SESSION_JWT_SECRET, SESSION_ISSUER: issuer, SESSION_AUDIENCE: audience } = settings;
  const secret = SESSION_JWT_SECRET === undefined ? null : bytesOf(SESSION_JWT_SECRET);
  const verify = verification(settings, keySet);
  // Ours alone: the key of those never changes while the process runs, and a provider may withdraw its own.
  const known = new KnownSessions();
  return {
    async read(token) {
      const before = known.get(token);
      if (before) return before;
      try {
        const { payload, protectedHeader } = await verify(token);
        const session = sessionFrom(token, { payload, ours: OURS.includes(protectedHeader.alg) });
        if (session?.ours) known.keep(token, session);
        return session;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
    sign:
      secret &&
      ((userId, seconds) => {
        const token = new SignJWT()
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject(userId)
          .setJti(randomUUID()) // two sign-ins of one second are two sessions
          .setIssuedAt();
        if (issuer !== undefined) token.setIssuer(issuer);
        if (audience !== undefined) token.setAudience(audience);
        return token.setExpirationTime(`${seconds}s`).sign(secret);
      }),
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Checks a token of ours by the secret that signs and those accepted beside it, another one by the provider's keys. */
function verification(
  settings: Settings,
  keySet: JWTVerifyGetKey | null,
): (token: string) => Promise<JWTVerifyResult> {
  const { SESSION_ISSUER: issuer, SESSION_AUDIENCE: audience } = settings;
  const { SESSION_JWT_SECRET: signing, SESSION_JWT_SECRETS_ACCEPTED: accepted = [] } = settings;
  const secrets = [...(signing === undefined ? [] : [signing]), ...accepted].map(bytesOf);
  const checks = {
    algorithms: [...(secrets.length > 0 ? OURS : []), ...(keySet ? PROVIDERS : [])],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: CLOCK_SECONDS,
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  const verify = (token: string, secret: Uint8Array | undefined): Promise<JWTVerifyResult> => {
    const keyOf: JWTVerifyGetKey = (header, signed) => {
      const key = OURS.includes(header.alg ?? '') ? secret : keySet?.(header, signed);
      if (!key) throw new errors.JOSEAlgNotAllowed();
      return key;
    };
    return jwtVerify(token, keyOf, checks);
  };
  return async (token) => {
    for (const secret of secrets.slice(0, -1)) {
      try {
        return await verify(token, secret);
      } catch (error) {
        // Another secret may have signed it. What else is wrong with it no other secret mends.
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    return verify(token, secrets.at(-1));
  };
}

function sessionFrom(
  token: string,
  { payload, ours }: { payload: unknown; ours: boolean },
): Session | null {
  const { success, data } = payloadSchema.safeParse(payload);
  if (!success) return null;
  const { sub, exp, email = null, roles } = data;
  const isOperator = roles?.includes('operator') ?? false;
  const expiresAt = new Date(exp * 1000);
  if (expiresAt.getTime() <= Date.now()) return null; // the tolerance is for clocks ahead of ours only
  const signed = token.slice(0, token.lastIndexOf('.'));
  const id = createHash('sha256').update(signed).digest('base64url');
  return { id, userId: sub, tenantId: sub, email, expiresAt, ours, isOperator };
}
