import { AppError, messageOf } from '@recoup/kernel';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/** How long the identity provider may take to answer, in milliseconds. */
const TIMEOUT_MS = 3000;

/** The provider's keys cannot be had: nothing can be said about a token that may be signed with one of them. */
export class KeysAway extends AppError {
  readonly code = 'KEYS_AWAY';
}

export interface KeySetOptions {
  readonly onError: (error: unknown) => void;
  /** Least time between two fetches, in milliseconds: tokens with made-up key ids must not become requests. */
  readonly cooldownMs?: number;
  /** How long keys count as fresh, in milliseconds: a key that the provider withdraws is refused soon after. */
  readonly freshMs?: number;
}

/**
 * The public keys at a JWKS address, by the key id of a token. An unknown id fetches them anew, so that a rotation needs
 * no restart. Keys once fetched go on working while the provider is away. Throws KeysAway when the key that is asked for
 * may be one that could not be fetched, and jose's JWKSNoMatchingKey when there is none.
 */
export function openKeySet(
  url: string,
  { onError, cooldownMs = 5000, freshMs = 600_000 }: KeySetOptions,
): JWTVerifyGetKey {
  // Its own cache would refuse good keys while the provider is away: when to fetch is decided here.
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: Infinity,
    cacheMaxAge: Infinity,
  });
  let fetchedAt = -Infinity;
  let away: KeysAway | null = null;
  let fetching: Promise<void> | null = null;
  const olderThan = (ms: number): boolean => performance.now() - fetchedAt >= ms;
  const refetch = (): Promise<void> => {
    fetching ??= remote
      .reload()
      .then(
        () => void (away = null),
        (cause: unknown) => {
          away = new KeysAway(`no keys from SESSION_JWKS_URL: ${messageOf(cause)}`, { cause });
          onError(away);
        },
      )
      .finally(() => {
        fetchedAt = performance.now();
        fetching = null;
      });
    return fetching;
  };
  const unlessAway = async (): Promise<void> => {
    if (olderThan(cooldownMs)) await refetch();
    if (away) throw away;
  };

  return async (header, token) => {
    if (!remote.jwks()) await unlessAway();
    // In the background: nobody waits for a provider that does not answer while there are keys to go on with.
    else if (olderThan(away ? cooldownMs : freshMs)) void refetch();
    try {
      return await remote(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await unlessAway();
      return remote(header, token);
    }
  };
}
