import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { App } from '../gateway.js';

/** Scripts and styles only from here, no frames around it: the page shows one seller's money. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

interface Asset {
  readonly file: string;
  readonly type: string;
}

const ASSETS: Readonly<Record<string, Asset>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/auth/success': { file: 'index.html', type: 'text/html; charset=utf-8' },
  ...scripts('page.js', 'api.js', 'elements.js', 'claims.js', 'case.js'),
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
};

function scripts(...files: readonly string[]): Record<string, Asset> {
  const type = 'text/javascript; charset=utf-8';
  return Object.fromEntries(files.map((file) => [`/${file}`, { file, type }]));
}

const PAGE_SCHEMA = {
  summary: 'The plain page of the product itself',
  description: 'Served while there is no frontend: only where FRONTEND_URL is not set.',
  response: { 200: { description: 'HTML.', content: { 'text/html': { schema: z.string() } } } },
};

const FOLDER = new URL('../../public/', import.meta.url);

/** The plain page of the gateway itself: connect, start, live progress, claims. Served while there is no frontend. */
export function pageRoutes(app: App): void {
  for (const [url, { file, type }] of Object.entries(ASSETS)) {
    const content = readFileSync(new URL(file, FOLDER));
    const schema = file === 'index.html' ? PAGE_SCHEMA : { hide: true };
    app.get(url, { config: { public: true }, schema }, (_request, reply) =>
      reply
        .type(type)
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('cache-control', 'no-cache')
        .send(content),
    );
  }
}
