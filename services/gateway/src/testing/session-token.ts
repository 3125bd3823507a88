import { SignJWT, type JWTPayload } from 'jose';

/** Signs the sessions of tests. */
export const SECRET = 'a secret of tests, long enough to be one';

export interface TokenOptions {
  readonly secret?: string;
  readonly alg?: string;
  /** Leaves `exp` out. */
  readonly endless?: boolean;
}

/** A session token as an identity provider would make it: good for an hour, unless `exp` is among the claims. */
export function sessionToken(
  claims: JWTPayload,
  { secret = SECRET, alg = 'HS256', endless = false }: TokenOptions = {},
): Promise<string> {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  return new SignJWT({ ...(!endless && { exp: inAnHour }), ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));
}
