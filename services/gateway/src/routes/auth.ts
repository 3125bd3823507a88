import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { consentCookie } from '../http/consent-cookie.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { errorSchema, redirected } from './error-schema.js';

const userSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  amazon_seller_id: z.string().nullable(),
  created_at: z.string().nullable(),
});

/** Who is signed in, signing out, and the one link by which a local start signs in. */
export function authRoutes(app: App, gateway: Gateway): void {
  const { sessions, signInLinks, settings, reads } = gateway;

  app.get(
    '/api/auth/me',
    {
      schema: {
        summary: 'Who is signed in',
        response: {
          200: z.object({ success: z.literal(true), user: userSchema }),
        },
      },
    },
    async (request) => {
      const { userId, tenantId, email } = sessionOf(request);
      const connection = await reads.connection(tenantId);
      const seller = connection?.state === 'disconnected' ? null : connection;
      return {
        success: true as const,
        user: {
          id: userId,
          email,
          amazon_seller_id: seller?.sellingPartnerId ?? null,
          created_at: seller?.connectedAt ?? null,
        },
      };
    },
  );

  // The dashboard calls it on every load, and takes anything but an answer for the end of its session.
  app.get(
    '/api/auth/post-login/stripe',
    { schema: { summary: 'Nothing', response: { 200: z.object({}) } } },
    () => ({}),
  );
  void app.register((scope, _options, done) => {
    logoutRoute(scope, gateway);
    done();
  });

  const { LOCAL_USER_ID: localUser } = settings;
  const { begin } = sessions;
  if (!begin || localUser === undefined || settings.LOCAL_SIGN_IN_TOKEN === undefined) return;
  app.get(
    '/auth/local',
    {
      config: { public: true, limited: true },
      schema: {
        summary: 'The sign-in link of a local start',
        querystring: z.object({ token: z.string() }),
        response: { 302: redirected, 401: errorSchema },
      },
      exposeHeadRoute: false, // a look at the link must not use it up
    },
    async (request, reply) => {
      const signedIn = request.session?.userId === localUser;
      if (!signedIn && !(await signInLinks.use(request.query.token))) {
        throw new Problem(
          { status: 401, code: 'link_used' },
          'This sign-in link was used or is not valid. Start Recoup again for a new one.',
        );
      }
      if (!signedIn) await begin(reply, localUser);
      return reply.redirect(settings.FRONTEND_URL ?? '/', 302);
    },
  );
}

/** Signing out works for everybody, whatever they send: what comes as a body is not looked at. */
function logoutRoute(app: App, { sessions, settings }: Gateway): void {
  const consent = consentCookie(settings);
  app.addHook('onRequest', (request, _reply, done) => {
    // Said to be of no type: one that is malformed would be refused before anything reads it.
    delete request.raw.headers['content-type'];
    done();
  });
  app.addContentTypeParser('*', (_request, body, done) => {
    body.resume();
    done(null);
  });
  app.post(
    '/api/auth/logout',
    {
      config: { public: true },
      schema: {
        summary: 'Sign out',
        response: { 200: z.object({ success: z.literal(true) }) },
      },
    },
    async (request, reply) => {
      await sessions.end(request, reply);
      // A consent that is under way would sign its user in again, in the hands of whoever has the browser next.
      void reply.clearCookie(consent.name, consent.options);
      return { success: true as const };
    },
  );
}
