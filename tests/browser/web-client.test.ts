import { afterAll, beforeAll, describe, it, type ExpectStatic } from 'vitest';
import { found } from './chromium.js';
import { nextSeller, setStage, type Stage } from './stage.js';
import type { WebClient } from './web-client.js';

const POLLING = '*/api/sync/status/*';
const STREAMS = '*/api/sse/*';
const CLOSED = 2;

/** Opens the live feed in the page: what the page gets first, a message or the end of it. */
const STREAM_OUTCOME = `new Promise((resolve) => {
  const source = new EventSource(CONFIG.api + '/api/sse/status', { withCredentials: true });
  source.onmessage = () => resolve('message');
  source.onerror = () => source.readyState === ${CLOSED} && resolve('closed');
})`;

/** A POST that needs no preflight, so that it reaches the gateway from wherever it is made. */
const POST_UNASKED = (path: string): string =>
  `fetch(CONFIG.api + '${path}', { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(() => null)`;

describe.skipIf(found.program === null).concurrent('the web client in a browser', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await setStage()));
  afterAll(() => stage?.[Symbol.asyncDispose]());

  it.for([
    { place: 'same', blocked: POLLING, source: 'stream' },
    { place: 'same', blocked: STREAMS, source: 'poll' },
    { place: 'allowed', blocked: POLLING, source: 'stream' },
    { place: 'allowed', blocked: STREAMS, source: 'poll' },
  ] as const)(
    'given the $place origin, when only the $source is left, then the bar goes from a click to its end',
    { timeout: 120_000 },
    async ({ place, blocked, source }, { expect }) => {
      const client = await stage.open(place);
      await client.block(blocked);
      await client.connect(nextSeller());
      expect(client.page.url()).toBe(
        `${stage.originOf(place)}/auth/success?status=ok&provider=amazon`,
      );
      await client.page.click('#start');
      await client.barAt(100);
      await expectProgress(client, { source, expect });
    },
  );

  it('given an origin that is not allowed, then the browser shows it nothing, and the gateway does nothing for it', async ({
    expect,
  }) => {
    const client = await stage.open('same');
    await client.connect(nextSeller());
    expect(await client.status('/api/auth/me')).toBe(200);
    const foreign = await stage.openBeside(client, 'foreign');
    expect(await foreign.status('/api/auth/me')).toBe('TypeError');
    expect(await foreign.status('/api/services/status')).toBe('TypeError');
    expect(await foreign.ask(STREAM_OUTCOME)).toBe('closed');
    // What needs no preflight does reach the gateway, with the cookie, since ports do not tell sites apart.
    await foreign.ask(POST_UNASKED('/api/auth/logout'));
    expect(await client.status('/api/auth/me')).toBe(200);
  });

  it('given another site that is allowed, then the session stays behind: 127.0.0.1 is not localhost', async ({
    expect,
  }) => {
    const client = await stage.open('same');
    await client.connect(nextSeller());
    const elsewhere = await stage.openBeside(client, 'otherSite');
    expect(await elsewhere.status('/api/services/status')).toBe(200);
    expect(await elsewhere.status('/api/auth/me')).toBe(401);
  });
});

/** What came from one source says how the sync went on; from the other nothing came. */
async function expectProgress(
  client: WebClient,
  { source, expect }: { source: 'stream' | 'poll'; expect: ExpectStatic },
): Promise<void> {
  const seen = await client.progress(source);
  expectRising(seen, expect);
  expect(await client.came(source === 'poll' ? 'stream' : 'poll')).toEqual([]);
}

/** Progress as a bar should show it: several steps, never back, to the end. */
function expectRising(seen: readonly number[], expect: ExpectStatic): void {
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(2);
  expect(seen.at(-1)).toBe(100);
}
