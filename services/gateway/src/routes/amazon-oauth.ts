import { z } from 'zod';
import { finishConsent } from '../commands/finish-consent.js';
import type { App, Gateway } from '../gateway.js';
import {
  allowedFrontend,
  CALLBACK_PATH,
  callbackUrl,
  checkCallback,
  successPage,
} from '../http/addresses.js';
import { consentCookie } from '../http/consent-cookie.js';
import { possibleSessionOf } from '../http/session.js';
import { redirected } from './error-schema.js';
import { sellingPartnerIdSchema } from './selling-partner-id.js';

const startQuery = z.object({
  redirect_uri: z.string().optional(),
  frontend_url: z.string().optional(),
});

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
  const cookie = consentCookie(settings);

  for (const url of ['/api/v1/integrations/amazon/auth/start', '/auth/amazon/start']) {
    app.get(
      url,
      {
        config: { public: true, limited: true },
        schema: {
          summary: 'Begin connecting Amazon',
          querystring: startQuery,
          response: { 200: startSchema },
        },
      },
      async (request, reply) => {
        checkCallback(settings, request.query.redirect_uri);
        const { state, browser } = await oauthStates.begin({
          tenantId: possibleSessionOf(request)?.tenantId ?? null,
          frontend: allowedFrontend(settings, request.query.frontend_url),
        });
        const consent = new URL(settings.AMAZON_CONSENT_URL);
        if (settings.SPAPI_APPLICATION_ID) {
          consent.searchParams.set('application_id', settings.SPAPI_APPLICATION_ID);
        }
        consent.searchParams.set('state', state);
        consent.searchParams.set('redirect_uri', callbackUrl(settings));
        void reply.setCookie(cookie.name, browser, cookie.options);
        const message = 'Open auth_url to connect Amazon.';
        return { auth_url: consent.href, authUrl: consent.href, state, message };
      },
    );
  }

  app.get(
    CALLBACK_PATH,
    {
      config: { public: true, limited: true },
      schema: {
        summary: 'Where Amazon sends the seller back',
        querystring: callbackQuery,
        response: { 302: redirected },
      },
      exposeHeadRoute: false, // a look at the address must not use the consent up
    },
    async (request, reply) => {
      const { query, session } = request;
      const outcome = await finishConsent(
        gateway,
        {
          state: query.state,
          browser: request.cookies[cookie.name],
          code: query.spapi_oauth_code,
          sellingPartnerId: query.selling_partner_id,
          error: query.error,
          session: () => possibleSessionOf(request),
        },
        (reason) => request.log.warn({ reason }, 'connecting failed'),
      );
      const target = successPage(settings, outcome.frontend);
      if ('error' in outcome) {
        target.search = new URLSearchParams({ status: 'error', error: outcome.error }).toString();
      } else {
        // A session of the identity provider stays as it is: it knows more of its user than one of ours would.
        if (!session || session.ours) await sessions.begin?.(reply, outcome.tenantId);
        target.search = new URLSearchParams({ status: 'ok', provider: 'amazon' }).toString();
      }
      return reply.clearCookie(cookie.name, cookie.options).redirect(target.href, 302);
    },
  );
}
