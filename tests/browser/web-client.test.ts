import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it, type ExpectStatic } from 'vitest';
import { startProduct, type Product } from '../product/index.js';
import { found, openChromium } from './chromium.js';
import { serveClient, type ServedClient } from './serve-client.js';
import { openWebClient, type WebClient } from './web-client.js';

const POLLING = '*/api/sync/status/*';
const STREAMS = '*/api/sse/*';

/** Sellers whom nobody has connected yet: each run is somebody else's. */
let sellers = 0;
const nextSeller = (): string => `A9WEBCLIENT${String(++sellers).padStart(2, '0')}`;

describe.skipIf(found.program === null)('the web client in a browser', () => {
  let product: Product;
  let chromium: Browser;
  /** The page on the origin of the gateway, and on another one that the gateway allows. */
  const pages = new Map<string, ServedClient>();

  beforeAll(async () => {
    const same = await serveClient({ api: 'own' });
    const other = await serveClient({ api: 'gateway' });
    pages.set('same', same).set('other', other);
    product = await startProduct({
      orders: 600,
      environment: {
        SPAPI_RATE_SCALE: '15', // slow enough for a client that looks every three seconds
        FRONTEND_URL: same.origin,
        CORS_ORIGINS: other.origin,
        OAUTH_REDIRECT_URI: `${same.origin}/api/v1/integrations/amazon/auth/callback`,
      },
    });
    for (const page of pages.values()) page.useGateway(product.origin);
    chromium = await openChromium();
  });
  afterAll(async () => {
    await chromium?.close();
    for (const page of pages.values()) await page[Symbol.asyncDispose]();
    await product?.[Symbol.asyncDispose]();
  });

  const open = async (origin: string): Promise<WebClient> =>
    openWebClient(await chromium.newContext(), `${pages.get(origin)?.origin}/`);

  it.concurrent.for([
    { origin: 'same', blocked: POLLING, source: 'stream' },
    { origin: 'same', blocked: STREAMS, source: 'poll' },
  ] as const)(
    'given the $origin origin, when only the $source is left, then the bar goes from a click to its end',
    { timeout: 120_000 },
    async ({ origin, blocked, source }, { expect }) => {
      const client = await open(origin);
      await client.block(blocked);
      await client.connect(nextSeller());
      await client.page.click('#start');
      await client.barAt(100);
      await expectProgress(client, { source, expect });
      await client.context.close();
    },
  );
});

/** What came says how a sync went on, never falls, and ends; from the other source nothing came. */
async function expectProgress(
  client: WebClient,
  { source, expect }: { source: 'stream' | 'poll'; expect: ExpectStatic },
): Promise<void> {
  const seen = await client.progress(source);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(2);
  expect(seen.at(-1)).toBe(100);
  expect(await client.came(source === 'poll' ? 'stream' : 'poll')).toEqual([]);
}
