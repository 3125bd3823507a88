import helmet from '@fastify/helmet';
import type { App } from '../gateway.js';
import type { Settings } from '../settings.js';

/** A browser that came over TLS once comes over TLS for a year. Names beside ours are not ours to decide for. */
const STRICT_TRANSPORT = 'max-age=31536000';

const NOBODY = ["'none'"];

/**
 * Headers for answers that are data: nothing in one is ever run, framed or embedded. A route that serves a page sets a
 * `content-security-policy` of its own on its reply, which replaces this one.
 */
export async function installSecurityHeaders(
  app: App,
  { COOKIE_SAMESITE }: Settings,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NOBODY,
        baseUri: NOBODY,
        formAction: NOBODY,
        frameAncestors: NOBODY,
      },
    },
    // For what is embedded without CORS, such as a document's image: a frontend on another site says so by its cookie.
    crossOriginResourcePolicy: {
      policy: COOKIE_SAMESITE === 'none' ? 'cross-origin' : 'same-site',
    },
    frameguard: { action: 'deny' },
    hsts: false, // below, where it is known how the request came
    noSniff: false, // these two are on answers that no hook has seen, too: `setAnswerHeaders`
    referrerPolicy: false,
    dnsPrefetchControl: false, // the rest is for browsers that are gone, or for pages
    ieNoOpen: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (request.protocol === 'https')
      void reply.header('strict-transport-security', STRICT_TRANSPORT);
    done();
  });
}
