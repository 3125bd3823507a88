import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operations, type OperationName } from './amazon/operations.js';
import { runAmazonCommand, type CommandEnd } from './testing/amazon-command.js';
import { MODELS_DIR } from './testing/amazon-models.js';
import { startSimulatedAmazon, type SimulatedAmazon } from './testing/simulated-amazon.js';

const SELLER = 'A3MAPLETRAIL02';

let amazon: SimulatedAmazon;
let env: Record<string, string>;
let refreshToken: string;

beforeAll(async () => {
  amazon = await startSimulatedAmazon({ orders: 50, modelsDir: MODELS_DIR });
  env = {
    ...amazon.client,
    SPAPI_ENDPOINT: amazon.origin,
    LWA_ENDPOINT: `${amazon.origin}/auth/o2/token`,
  };
  refreshToken = await amazon.refreshToken(SELLER);
});
afterEach(() => amazon.heal());
afterAll(() => amazon[Symbol.asyncDispose]());

async function check(
  options: { args?: string[]; env?: Record<string, string>; everyHostIsHere?: boolean } = {},
): Promise<CommandEnd> {
  const { LWA_CLIENT_SECRET } = amazon.client;
  const given = { AMAZON_REFRESH_TOKEN: refreshToken, LWA_CLIENT_SECRET, ...env, ...options.env };
  const args = ['check', ...(options.args ?? [])];
  const end = await runAmazonCommand({ ...options, args, env: given });
  for (const secret of [given.AMAZON_REFRESH_TOKEN, given.LWA_CLIENT_SECRET]) {
    expect(end.stdout + end.stderr).not.toContain(secret);
  }
  return end;
}

const stateOf = (end: CommandEnd, operation: OperationName) =>
  end.report().findings.find((finding) => finding.operation === operation);

describe('amazon check', () => {
  it('given good credentials, then every operation was called but the one that writes, and it ends with 0', async () => {
    const end = await check({ args: ['--json'] });
    const { steps, findings, marketplaces, blocked, staticSandbox } = end.report();
    expect(staticSandbox).toBe(false);
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['settings', true],
      ['token', true],
      ['host', true],
    ]);
    expect(marketplaces.map(({ id }) => id)).toContain('ATVPDKIKX0DER');
    expect(findings.map(({ operation }) => operation)).toEqual(Object.keys(operations));
    expect(end.code).toBe(0);
    const states = new Set(findings.map(({ state }) => state));
    expect([...states].sort()).toEqual(['allowed', 'not_tried', 'works']);
    expect(blocked).toEqual([]);
    expect((await amazon.calls(SELLER)).has('createReport')).toBe(false);
    expect(stateOf(end, 'searchOrders')?.rateLimit).toBeCloseTo(0.0056 * amazon.rateScale);
  });

  it('given --with-report, then a report was asked for and its document found', async () => {
    const end = await check({ args: ['--with-report', '--json'] });
    const states = (['createReport', 'getReport', 'getReportDocument'] as const).map(
      (operation) => stateOf(end, operation)?.state,
    );
    expect(states).toEqual(['works', 'works', 'works']);
    expect(end.report().unknown).toEqual([]);
    expect(end.code).toBe(0);
    expect((await amazon.calls(SELLER)).get('createReport')?.calls).toBe(1);
  });

  it('given no token in the environment, then it is taken from standard input', async () => {
    const args = ['check'];
    const end = await runAmazonCommand({ args, env, input: `${refreshToken}\n` });
    expect(end.stdout).toContain('A sync could read orders');
    expect(end.stdout + end.stderr).not.toContain(refreshToken);
    expect(end.code).toBe(0);
  });

  it('given a role that the application lacks, then it is named, with what a sync could not read', async () => {
    await amazon.fault({ operation: 'getInventorySummaries', status: 403, times: 2 });
    const end = await check();
    expect(end.code).toBe(1);
    expect(end.stdout).toMatch(/getInventorySummaries +REFUSED +role missing: Product Listing/);
    expect(end.stdout).toMatch(/could not read inventory items \(.*role Product Listing/);
    expect(end.stdout).not.toContain('fails without');
  });

  it('given no role for what claims are made from, then a sync would fail, and that is said', async () => {
    for (const operation of ['listTransactions', 'listFinancialEvents'] as const) {
      await amazon.fault({ operation, status: 403, times: 2 });
    }
    const end = await check();
    expect(end.code).toBe(1);
    expect(end.stdout).toMatch(/needs the role Finance and Accounting/);
    expect(end.stdout).toContain('it fails without transactions');
  });

  it('given a limit that is used up, then that is said, and not taken for a refusal', async () => {
    await amazon.fault({ operation: 'listTransactions', status: 429 });
    const end = await check({ args: ['--json'] });
    expect(stateOf(end, 'listTransactions')).toMatchObject({ state: 'limited', roles: [] });
    expect(end.code).toBe(1);
  });

  it('given a wrong secret, then it is the application that is refused', async () => {
    const end = await check({ env: { LWA_CLIENT_SECRET: 'no-such-secret' } });
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('LWA_CLIENT_ID and LWA_CLIENT_SECRET do not belong together');
    expect(end.stdout).toContain('A sync could read nothing: the step "token" failed.');
  });

  it('given a consent that was withdrawn, then the seller has to authorize again', async () => {
    const other = await amazon.refreshToken('A1BRIGHTHOME03');
    await amazon.revoke('A1BRIGHTHOME03');
    const end = await check({ env: { AMAZON_REFRESH_TOKEN: other } });
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('authorize again');
  });

  it('given a host where nothing listens, then that is said', async () => {
    const end = await check({ env: { SPAPI_ENDPOINT: await deadOrigin() } });
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('cannot be reached: ECONNREFUSED');
  });

  it.each([
    [{ LWA_CLIENT_ID: '' }, [], 'LWA_CLIENT_ID is not set'],
    [{ SPAPI_ENDPOINT: 'nowhere' }, [], 'SPAPI_ENDPOINT'],
    [{}, ['--region', 'xx'], 'usage: npm run amazon'],
    [{}, ['--no-such-option'], '--no-such-option'],
    [{ AMAZON_REFRESH_TOKEN: '' }, [], 'AMAZON_REFRESH_TOKEN is not set'],
  ])('given %j and the options %j, then it ends with 2 and says why', async (wrong, args, why) => {
    const all = { AMAZON_REFRESH_TOKEN: refreshToken, ...env, ...wrong };
    const end = await runAmazonCommand({ args: ['check', ...args], env: all });
    expect(end.code).toBe(2);
    expect(end.stderr).toContain(why);
    expect(end.stderr).not.toContain('    at ');
  });
});

describe.skipIf(MODELS_DIR === undefined)(
  "amazon check at Amazon's static sandbox (needs SPAPI_MODELS_DIR)",
  () => {
    it('then every operation is asked for its canned answer, which is read', async () => {
      const { port } = new URL(amazon.origin);
      const origin = `http://sandbox.sellingpartnerapi-eu.amazon.com:${port}`;
      const end = await check({
        args: ['--with-report', '--json'],
        env: { SPAPI_ENDPOINT: origin },
        everyHostIsHere: true,
      });
      const { staticSandbox, findings, steps } = end.report();
      expect(staticSandbox).toBe(true);
      expect(steps[0]?.words).toContain('region eu');
      const tried = findings.filter(({ state }) => state !== 'not_tried');
      expect(tried.filter(({ state }) => state !== 'works')).toEqual([]);
      expect(tried.length).toBeGreaterThan(8);
      expect(end.code).toBe(0);
    });
  },
);

/** An address of this machine that was in use a moment ago and is not any more. */
async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
