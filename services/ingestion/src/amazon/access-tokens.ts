import type { Clock } from '@recoup/kernel';
import { requestTokens, type LwaSettings } from './lwa.js';
import { PATIENT } from './patience.js';

/** Access tokens live an hour; one that is about to end is not started with. */
const REFRESH_BEFORE_MS = 5 * 60_000;

export interface AccessTokens {
  /** A valid access token of a seller. Throws ReauthorizationRequired, ApplicationRefused, LwaUnavailable. */
  get(sellerId: string): Promise<string>;
  /** Forgets a token that Amazon refused; another one that came meanwhile stays. */
  drop(sellerId: string, token: string): void;
  /** Forgets the token of a consent that was renewed. */
  forget(sellerId: string): void;
}

interface Held {
  readonly token: string;
  readonly refreshAt: number;
}

interface AccessTokenDeps {
  readonly lwa: LwaSettings;
  readonly clock: Clock;
  /** Opens the refresh token of a seller from the vault. */
  readonly refreshTokenOf: (sellerId: string) => Promise<string>;
}

/** Access tokens per seller, in memory only. Callers that come together share one request. */
export function openAccessTokens({ lwa, clock, refreshTokenOf }: AccessTokenDeps): AccessTokens {
  const held = new Map<string, Held>();
  const coming = new Map<string, Promise<string>>();

  async function refresh(sellerId: string): Promise<string> {
    const refreshToken = await refreshTokenOf(sellerId);
    const tokens = await requestTokens(lwa, { kind: 'refresh_token', refreshToken }, PATIENT);
    const lifeMs = tokens.expires_in * 1000;
    // A lifetime shorter than the margin still has to be usable, or every call would fetch a token.
    const margin = Math.min(REFRESH_BEFORE_MS, lifeMs / 2);
    const refreshAt = clock.now().getTime() + lifeMs - margin;
    held.set(sellerId, { token: tokens.access_token, refreshAt });
    return tokens.access_token;
  }

  return {
    forget: (sellerId) => void held.delete(sellerId),
    drop(sellerId, token) {
      if (held.get(sellerId)?.token === token) held.delete(sellerId);
    },
    async get(sellerId) {
      const present = held.get(sellerId);
      if (present && present.refreshAt > clock.now().getTime()) return present.token;
      const pending = coming.get(sellerId);
      if (pending) return pending;
      const request = refresh(sellerId).finally(() => coming.delete(sellerId));
      coming.set(sellerId, request);
      return request;
    },
  };
}
