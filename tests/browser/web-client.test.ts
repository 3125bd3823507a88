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

/** Opens the WebSocket of the older client in the page: likewise. */
const SOCKET_OUTCOME = `new Promise((resolve) => {
  const socket = new WebSocket((CONFIG.api || location.origin).replace('http', 'ws') + '/ws/status');
  socket.onmessage = () => resolve('message');
  socket.onclose = () => resolve('closed');
})`;

/** A POST that needs no preflight, so that it reaches the gateway from wherever it is made. */
const POST_UNASKED = (path: string): string =>
  `fetch(CONFIG.api + '${path}', { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(() => null)`;

/** For every test, on a machine that is busy with other things, in milliseconds. */
const PATIENCE = { concurrent: true, timeout: 120_000 };

describe.skipIf(found.program === null)('the web client in a browser', PATIENCE, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  // The stream from the same origin is what the gateway's own page has (`own-page.test.ts`).
  it.for([
    { place: 'same', blocked: STREAMS, source: 'poll' },
    { place: 'allowed', blocked: POLLING, source: 'stream' },
  ] as const)(
    'given the $place origin, when only the $source is left, then a click leads to a submitted claim',
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
      // The feed tells of claims; who cannot hear it loads the page again.
      if (source === 'poll') await client.page.reload();
      else await client.page.locator('#recoveries tr').first().waitFor();
      await submitOne(client, expect);
    },
  );

  it('given a sync in its middle, when the page is loaded again, then it goes on, and the end is the end', async ({
    expect,
  }) => {
    const client = await stage.open('same');
    const answers: number[] = [];
    client.page.on('response', (response) => {
      if (response.url().includes('/api/sse/sync-progress/')) answers.push(response.status());
    });
    await client.connect(nextSeller());
    await client.page.click('#start');
    const before = await client.barAt(20);
    await client.page.reload();
    await client.barAt(100);
    // Nobody closes the event source but the server, by a 204, after its last frame; the bar may know of it sooner, by a poll.
    await client.holds(`progressSource.readyState === ${CLOSED}`);
    const frames = await client.came('stream');
    expect(frames[0]?.words[0]).toBe('in_progress');
    expectRising([before, ...(await client.progress('stream'))], expect);
    expect(answers.filter((status) => status !== 200)).toEqual([204]);
    const { total } = await client.get<{ total: number }>('/api/sync/history');
    expect(total).toBe(1);
  });

  it('given open streams, when the seller logs out, then they end and stay ended, and no script ever saw the cookie', async ({
    expect,
  }) => {
    const client = await stage.open('same');
    await client.connect(nextSeller());
    await client.page.click('#start');
    await client.barAt(1);
    await client.holds('feedSource.readyState === 1 && progressSource.readyState === 1');
    expect(await client.ask('document.cookie')).toBe('');
    expect(await client.context.cookies()).toContainEqual(
      expect.objectContaining({ name: 'session_token', httpOnly: true, sameSite: 'Lax' }),
    );
    await client.page.click('#logout');
    await client.holds(
      `feedSource.readyState === ${CLOSED} && progressSource.readyState === ${CLOSED}`,
    );
    expect(await client.status('/api/auth/me')).toBe(401);
  });

  it('given an origin that is not allowed, then the browser shows it nothing, and the gateway does nothing for it', async ({
    expect,
  }) => {
    const client = await stage.open('same');
    await client.connect(nextSeller());
    expect(await client.status('/api/auth/me')).toBe(200);
    expect(await client.ask(STREAM_OUTCOME)).toBe('message');
    expect(await client.ask(SOCKET_OUTCOME)).toBe('message');
    const foreign = await stage.openBeside(client, 'foreign');
    expect(await foreign.status('/api/auth/me')).toBe('TypeError');
    expect(await foreign.status('/api/services/status')).toBe('TypeError');
    expect(await foreign.ask(STREAM_OUTCOME)).toBe('closed');
    expect(await foreign.ask(SOCKET_OUTCOME)).toBe('closed');
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

/** Progress as a bar should show it: in steps (how many a poll meets, the machine decides), never back, to the end. */
function expectRising(seen: readonly number[], expect: ExpectStatic): void {
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(100);
}

/**
 * Opens a claim that waits for its seller, and files it with its button. This client does not fetch its list again when
 * the evidence of a claim has been looked at: a person loads the page again until one is ready.
 */
async function submitOne({ page }: WebClient, expect: ExpectStatic): Promise<void> {
  const ready = page.locator('#recoveries tr[data-actions~=submit]').first();
  await expect
    .poll(() => page.reload().then(() => ready.getAttribute('data-id', { timeout: 3000 })), {
      timeout: 60_000,
      interval: 500,
    })
    .toBeTruthy();
  const id = await ready.getAttribute('data-id');
  const row = page.locator(`#recoveries tr[data-id="${id}"]`);
  await row.click();
  const answer = page.waitForResponse(
    (response) => response.url().endsWith('/submit') && response.request().method() === 'POST',
  );
  await page.click('#submit');
  expect(await (await answer).json()).toMatchObject({ id, status: 'Submitted' });
  await row.getByText('Submitted', { exact: true }).waitFor();
  await page.locator('#case-facts dd').getByText('Submitted', { exact: true }).waitFor();
}
