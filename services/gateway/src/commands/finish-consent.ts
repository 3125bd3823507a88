import { messageOf } from '@recoup/kernel';
import type { Gateway } from '../gateway.js';
import type { Session } from '../http/session.js';
import { callbackUrl } from '../http/addresses.js';
import { connectAmazon } from './connect-amazon.js';

/** What a browser brings back from Amazon's consent page. */
export interface Consent {
  readonly state: string | undefined;
  /** What `start` left in the browser. */
  readonly browser: string | undefined;
  readonly code: string | undefined;
  readonly sellingPartnerId: string | undefined;
  /** Amazon's word for why there is no consent. */
  readonly error: string | undefined;
  /** Who is signed in now. Throws when that cannot be told. */
  readonly session: () => Session | null;
}

/** Whom the consent connected, or the word for why nobody; and the frontend that began it, null for the configured one. */
export type Outcome = { readonly frontend: string | null } & (
  { readonly tenantId: string } | { readonly error: string }
);

/**
 * Connects the seller who came back from Amazon: to who is signed in, else to who was when it began, else to the tenant
 * that holds this seller or to a new one. `failed` is told of what went wrong on our side: the seller reads a word only.
 */
export async function finishConsent(
  gateway: Gateway,
  consent: Consent,
  failed: (reason: string) => void,
): Promise<Outcome> {
  const { state, browser } = consent;
  let frontend: string | null = null;
  try {
    const session = consent.session(); // before the state is used up: the seller can then just try again
    const begun = state && browser ? await gateway.oauthStates.use({ state, browser }) : null;
    if (!begun) return { frontend, error: 'invalid_state' };
    frontend = begun.frontend;
    const tenantId = session?.tenantId ?? begun.tenantId;
    return { frontend, ...(await connect(gateway, consent, tenantId)) };
  } catch (error) {
    failed(messageOf(error));
    return { frontend, error: 'temporarily_unavailable' };
  }
}

async function connect(
  gateway: Gateway,
  { error, code, sellingPartnerId }: Consent,
  tenantId: string | null,
): Promise<{ tenantId: string } | { error: string }> {
  const { settings, sessions } = gateway;
  if (error || !code || !sellingPartnerId) return { error: error ?? 'consent_incomplete' };
  // Nobody could be signed in as the tenant that this would connect.
  if (!tenantId && !sessions.begin) return { error: 'sign_in_required' };
  const reply = await connectAmazon(gateway, {
    tenantId,
    sellingPartnerId,
    region: regionOf(settings.AMAZON_CONSENT_URL),
    marketplaceIds: null,
    credential: { kind: 'authorization_code', code, redirectUri: callbackUrl(settings) },
  });
  return reply.outcome === 'refused' ? { error: reply.code } : { tenantId: reply.tenantId };
}

/** Consent is given per region, on that region's own Seller Central. */
function regionOf(consentUrl: string): 'na' | 'eu' | 'fe' {
  const { hostname } = new URL(consentUrl);
  if (/europe|\.(co\.uk|de|fr|it|es)$/.test(hostname)) return 'eu';
  if (/japan|\.(co\.jp|com\.au|sg)$/.test(hostname)) return 'fe';
  return 'na';
}
