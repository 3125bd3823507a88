import type { Clock } from '@recoup/kernel';
import { ReauthorizationRequired } from './errors.js';
import { requestTokens, type LwaSettings, type LwaTokens } from './lwa.js';
import { PATIENT } from './patience.js';

/** Access tokens live an hour; one that is about to end is not started with. */
const REFRESH_BEFORE_MS = 5 * 60_000;

/** Whose consent a token stands for. A seller can move from one tenant to another, and takes no token along. */
export interface TokenOwner {
  readonly sellerId: string;
  /** Null where no tenant holds the seller yet. */
  readonly tenantId: string | null;
}

/** A consent as it is stored now. */
export interface StoredConsent {
  /** By which it is told from the one that takes its place. */
  readonly version: number;
  /** Opens its refresh token from the vault. */
  readonly refreshToken: () => Promise<string>;
}

export interface AccessTokens {
  /**
   * A valid access token of a seller, of the consent that is stored at this moment. Throws ReauthorizationRequired, which
   * names the consent that was refused, ApplicationRefused, LwaUnavailable.
   */
  get(owner: TokenOwner): Promise<string>;
  /** Forgets a token that Amazon refused; another one that came meanwhile stays. */
  drop(owner: TokenOwner, token: string): void;
  /**
   * Forgets the tokens of a consent that ended or was renewed, also the one that is just being asked for: whoever waits
   * for that one gets a token of the consent that is stored by then.
   */
  forget(sellerId: string): void;
}

/**
 * What is known under one name, of one consent. Forgetting it, or another consent, takes it out of the map, and what
 * arrives for it then counts for nobody.
 */
interface Entry {
  readonly sellerId: string;
  readonly version: number;
  held: { readonly token: string; readonly refreshAt: number } | null;
  coming: Promise<string> | null;
}

interface AccessTokenDeps {
  readonly lwa: LwaSettings;
  readonly clock: Clock;
  /**
   * The consent of a seller. Asked for with every token: another process may have renewed it, or given the seller to
   * another tenant. Throws ReauthorizationRequired where the owner holds none.
   */
  readonly consentOf: (owner: TokenOwner) => Promise<StoredConsent>;
}

/** Access tokens per seller and tenant, in memory only. Callers that come together share one request. */
export function openAccessTokens({ lwa, clock, consentOf }: AccessTokenDeps): AccessTokens {
  const entries = new Map<string, Entry>();

  function entryOf(owner: TokenOwner, version: number): Entry {
    const key = keyOf(owner);
    const known = entries.get(key);
    if (known?.version === version) return known;
    const entry = { sellerId: owner.sellerId, version, held: null, coming: null };
    entries.set(key, entry);
    return entry;
  }

  async function refresh(consent: StoredConsent, entry: Entry): Promise<string> {
    const tokens = await redeem(lwa, consent);
    const lifeMs = tokens.expires_in * 1000;
    // A lifetime shorter than the margin still has to be usable, or every call would fetch a token.
    const margin = Math.min(REFRESH_BEFORE_MS, lifeMs / 2);
    const refreshAt = clock.now().getTime() + lifeMs - margin;
    entry.held = { token: tokens.access_token, refreshAt };
    return tokens.access_token;
  }

  return {
    forget(sellerId) {
      for (const [key, entry] of entries) if (entry.sellerId === sellerId) entries.delete(key);
    },
    drop(owner, token) {
      const entry = entries.get(keyOf(owner));
      if (entry?.held?.token === token) entry.held = null;
    },
    async get(owner) {
      for (;;) {
        const consent = await consentOf(owner);
        const entry = entryOf(owner, consent.version);
        if (entry.held && entry.held.refreshAt > clock.now().getTime()) return entry.held.token;
        entry.coming ??= refresh(consent, entry).finally(() => (entry.coming = null));
        const isForgotten = (): boolean => entries.get(keyOf(owner)) !== entry;
        try {
          const token = await entry.coming;
          if (!isForgotten()) return token;
        } catch (error) {
          // What a consent was refused for says nothing of the one that took its place.
          if (!isForgotten()) throw error;
        }
      }
    },
  };
}

async function redeem(
  lwa: LwaSettings,
  { version, refreshToken: open }: StoredConsent,
): Promise<LwaTokens> {
  const refreshToken = await open();
  try {
    return await requestTokens(lwa, { kind: 'refresh_token', refreshToken }, PATIENT);
  } catch (cause) {
    if (!(cause instanceof ReauthorizationRequired)) throw cause;
    throw new ReauthorizationRequired(cause.message, { cause, consent: version });
  }
}

function keyOf({ sellerId, tenantId }: TokenOwner): string {
  return JSON.stringify([sellerId, tenantId]);
}
