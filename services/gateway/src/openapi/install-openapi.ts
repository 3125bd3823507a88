import { createHash } from 'node:crypto';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { z } from 'zod';
import type { App } from '../gateway.js';
import { documentOptions } from './document.js';

/** Everything of the page comes from here: its scripts, its styles, its icons, and the document. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** It changes with a release only; a browser that holds it asks once in five minutes whether it is still the same. */
const CACHE_CONTROL = 'public, max-age=300';

const PAGE = '/docs';
/** Of what the plugin serves only the page itself is part of the interface: the rest belongs to it. */
const PAGE_SCHEMA = {
  summary: 'This document as a page',
  response: { 200: { description: 'HTML.', content: { 'text/html': { schema: z.string() } } } },
};

const documentSchema = z.looseObject({ openapi: z.string() });

/** The routes as a document (`GET /openapi.json`) and as a page (`GET /docs`). Installed before the routes it describes. */
export async function installOpenapi(app: App): Promise<void> {
  await app.register(swagger, documentOptions);
  documentRoute(app);
  await app.register(async (page) => {
    page.addHook('onRoute', (route) => {
      route.config = { ...route.config, public: true };
      if (route.url === PAGE) route.schema = PAGE_SCHEMA;
    });
    await page.register(swaggerUi, {
      routePrefix: PAGE,
      staticCSP: PAGE_POLICY,
      theme: { title: 'Recoup: the HTTP interface' },
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', displayOperationId: false },
    });
  });
}

/** The document is written once: its routes are known when the server is ready. */
function documentRoute(app: App): void {
  let written: { openapi: z.infer<typeof documentSchema>; text: string; etag: string };
  app.addHook('onReady', (done) => {
    const openapi = documentSchema.parse(app.swagger());
    const text = JSON.stringify(openapi);
    const digest = createHash('sha256').update(text).digest('base64url');
    written = { openapi, text, etag: `"${digest.slice(0, 22)}"` };
    done();
  });
  app.get(
    '/openapi.json',
    {
      config: { public: true },
      schema: {
        summary: 'This document',
        response: {
          200: {
            description: 'OpenAPI 3.1.',
            content: { 'application/json': { schema: documentSchema } },
          },
          304: z.undefined().describe('What the client holds is still the same.'),
        },
      },
    },
    (request, reply) => {
      const { openapi, text, etag } = written;
      void reply.headers({ etag, 'cache-control': CACHE_CONTROL });
      if (request.headers['if-none-match'] === etag) {
        void reply.code(304).send();
      } else {
        void reply
          .type('application/json')
          .serializer(() => text)
          .send(openapi);
      }
    },
  );
}
