import { messageOf } from '@recoup/kernel';
import { z } from 'zod';
import { connectAmazon } from '../commands/connect-amazon.js';
import type { App, Gateway } from '../gateway.js';
import { cookieOptions } from '../http/session.js';
import { errorResponses } from './error-schema.js';
import { sellingPartnerIdSchema } from './selling-partner-id.js';

const BROWSER_COOKIE = 'oauth_browser';

/** As long as the state that it goes with. */
const CONSENT_SECONDS = 600;

const CALLBACK_PATH = '/api/v1/integrations/amazon/auth/callback';

const startSchema = z.object({
  auth_url: z.string(),
  authUrl: z.string(),
  state: z.string(),
  message: z.string(),
});

/** Amazon sends more than this; what is not named here is not used. What is not one text counts as not sent. */
const text = z.string().min(1).optional().catch(undefined);
const callbackQuery = z.object({
  state: text,
  spapi_oauth_code: text,
  selling_partner_id: sellingPartnerIdSchema.optional().catch(undefined),
  error: text,
});

/** The round trip to Amazon's consent page. Both ends are public: a consent may be what begins a session. */
export function amazonOauthRoutes(app: App, gateway: Gateway): void {
  const { settings, oauthStates, sessions } = gateway;
  const cookie = { ...cookieOptions(settings), maxAge: CONSENT_SECONDS };
  const redirectUri =
    settings.OAUTH_REDIRECT_URI ?? `http://localhost:${settings.GATEWAY_PORT}${CALLBACK_PATH}`;

  for (const url of ['/api/v1/integrations/amazon/auth/start', '/auth/amazon/start']) {
    app.get(
      url,
      { config: { public: true }, schema: { response: { 200: startSchema, ...errorResponses } } },
      async (request, reply) => {
        const { state, browser } = await oauthStates.begin(request.session?.tenantId ?? null);
        const consent = new URL(settings.AMAZON_CONSENT_URL);
        if (settings.SPAPI_APPLICATION_ID) {
          consent.searchParams.set('application_id', settings.SPAPI_APPLICATION_ID);
        }
        consent.searchParams.set('state', state);
        consent.searchParams.set('redirect_uri', redirectUri);
        void reply.setCookie(BROWSER_COOKIE, browser, cookie);
        const message = 'Open auth_url to connect Amazon.';
        return { auth_url: consent.href, authUrl: consent.href, state, message };
      },
    );
  }

  app.get(
    CALLBACK_PATH,
    {
      config: { public: true },
      schema: { querystring: callbackQuery },
      exposeHeadRoute: false, // a look at the address must not use the consent up
    },
    async (request, reply) => {
      const { query, session } = request;
      const consent = await finishConsent(gateway, {
        state: query.state,
        browser: request.cookies[BROWSER_COOKIE],
        tenantId: session?.tenantId,
        code: query.spapi_oauth_code,
        sellingPartnerId: query.selling_partner_id,
        error: query.error,
        redirectUri,
      }).catch((failure: unknown) => {
        request.log.warn({ reason: messageOf(failure) }, 'connecting failed');
        return { error: 'temporarily_unavailable' };
      });
      const target = new URL(settings.OAUTH_SUCCESS_PATH, settings.FRONTEND_URL ?? redirectUri);
      if ('error' in consent) {
        target.search = new URLSearchParams({ status: 'error', error: consent.error }).toString();
      } else {
        await sessions.begin(reply, consent.tenantId);
        target.search = new URLSearchParams({ status: 'ok', provider: 'amazon' }).toString();
      }
      return reply.clearCookie(BROWSER_COOKIE, cookie).redirect(target.href, 302);
    },
  );
}

interface Consent {
  readonly state: string | undefined;
  /** What `start` left in the browser. */
  readonly browser: string | undefined;
  /** Who is signed in now. */
  readonly tenantId: string | undefined;
  readonly code: string | undefined;
  readonly sellingPartnerId: string | undefined;
  readonly error: string | undefined;
  readonly redirectUri: string;
}

/** Connects the seller who came back from Amazon: answers the tenant, or the word for why not. */
async function finishConsent(
  gateway: Gateway,
  { state, browser, tenantId, code, sellingPartnerId, error, redirectUri }: Consent,
): Promise<{ tenantId: string } | { error: string }> {
  const begun = state && browser ? await gateway.oauthStates.use({ state, browser }) : null;
  if (!begun) return { error: 'invalid_state' };
  if (error || !code || !sellingPartnerId) return { error: error ?? 'consent_incomplete' };
  const reply = await connectAmazon(gateway, {
    tenantId: tenantId ?? begun.tenantId,
    sellingPartnerId,
    region: regionOf(gateway.settings.AMAZON_CONSENT_URL),
    marketplaceIds: null,
    credential: { kind: 'authorization_code', code, redirectUri },
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
