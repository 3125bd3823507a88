import { eventually } from '@recoup/testkit';
import { SERVICES } from '@recoup/deploy';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, connectSeller, followSync, startSync } from '../product/index.js';
import { expectClaims } from './cluster/books.js';
import { composeUp, engineAnswers, type Composed } from './compose/composed.js';

const ORDERS = 600;
const SELLER = 'A0COMPOSED0001';
/** Images are built from nothing. */
const LONG_MS = 1_200_000;

const answers = engineAnswers();
if (!answers) {
  process.stdout.write('No Docker engine answers: docker-compose.yml is not started.\n');
}

/** What a seller does who wants its claims filed by themselves, and at once. */
async function agreeToFiling(browser: Browser): Promise<void> {
  const chosen = { autoFile: true, governor: { perDay: 10_000, spacingSeconds: 0 } };
  const response = await browser.request('/api/settings', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(chosen),
  });
  expect(response.status, await response.text()).toBe(200);
}

describe.runIf(answers)('docker compose up', () => {
  let system: Composed;
  beforeAll(async () => {
    system = await composeUp({ orders: ORDERS });
  }, LONG_MS);
  afterAll(() => system?.[Symbol.asyncDispose](), LONG_MS);

  /** A browser with a session as the identity provider makes it. */
  async function signedIn(): Promise<Browser> {
    const secret = new TextEncoder().encode(system.settings['SESSION_JWT_SECRET']);
    const token = await new SignJWT({ sub: 'a-seller' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(secret);
    return new Browser(system.origin, { session_token: token });
  }

  it('runs every service as nobody in particular, on a file system that it cannot change', async () => {
    for (const service of SERVICES) {
      const script = `let kept = true;
        try { require('fs').writeFileSync('/recoup/x', ''); kept = false } catch {}
        console.log(process.getuid(), kept)`;
      const said = await system.compose('exec', '-T', service, 'node', '-e', script);
      expect([service, said.trim()]).toEqual([service, '1000 true']);
    }
  });

  it('does the main job, though a service is killed in the middle of it', async () => {
    const browser = await signedIn();
    await agreeToFiling(browser);
    await connectSeller(browser, SELLER);
    const syncId = await startSync(browser);
    let killed: Promise<unknown> | undefined;
    const { frames } = await followSync(browser, syncId, {
      onFrame({ ordersProcessed }) {
        if (ordersProcessed === 0) return;
        killed ??= system.compose('kill', 'ingestion').then(() => system.compose('up', '--wait'));
      },
    });
    expect(killed).toBeDefined();
    await killed;
    expect(frames.at(-1)).toMatchObject({ status: 'complete', ordersProcessed: ORDERS });
    const seller = { sellerId: SELLER, browser, syncId };
    await eventually(() => expectClaims(system, seller).then(() => true), {
      timeoutMs: 120_000,
      everyMs: 1000,
    });
  });

  it('stops in order', async () => {
    await system.compose('stop');
    const stopped = await system.compose('ps', '--all', '--format', '{{.Service}} {{.ExitCode}}');
    const codes = new Map(
      stopped
        .trim()
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    );
    for (const service of SERVICES) expect([service, codes.get(service)]).toEqual([service, '0']);
  });
});
