import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { errorResponses } from './error-schema.js';

const userSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  amazon_seller_id: z.string().nullable(),
  created_at: z.string().nullable(),
});

/** Who is signed in, signing out, and the one link by which a local start signs in. */
export function authRoutes(app: App, gateway: Gateway): void {
  const { sessions, sessionEnds, signInLinks, settings, reads } = gateway;

  app.get(
    '/api/auth/me',
    {
      schema: {
        response: {
          200: z.object({ success: z.literal(true), user: userSchema }),
          ...errorResponses,
        },
      },
    },
    async (request) => {
      const { userId, tenantId, email } = sessionOf(request);
      const connection = await reads.connection(tenantId);
      return {
        success: true as const,
        user: {
          id: userId,
          email,
          amazon_seller_id: connection?.sellingPartnerId ?? null,
          created_at: connection?.connectedAt ?? null,
        },
      };
    },
  );

  app.post(
    '/api/auth/logout',
    {
      config: { public: true },
      schema: { response: { 200: z.object({ success: z.literal(true) }), ...errorResponses } },
    },
    (request, reply) => {
      sessions.end(reply);
      if (request.session) sessionEnds.ended(request.session.id);
      return { success: true as const };
    },
  );

  const { LOCAL_USER_ID: localUser } = settings;
  if (localUser === undefined || settings.LOCAL_SIGN_IN_TOKEN === undefined) return;
  app.get(
    '/auth/local',
    {
      config: { public: true },
      schema: { querystring: z.object({ token: z.string() }) },
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
      if (!signedIn) await sessions.begin(reply, localUser);
      return reply.redirect('/', 302);
    },
  );
}
