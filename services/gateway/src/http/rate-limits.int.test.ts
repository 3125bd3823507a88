import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Client } from '../testing/client.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({
    RATE_LIMIT_USER: '5',
    RATE_LIMIT_ADDRESS: '12',
    RATE_LIMIT_PUBLIC: '3',
    TRUST_PROXY: 'loopback',
    CORS_ORIGINS: 'https://app.example',
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

let addresses = 0;
/** An address that nobody has asked from. */
function newAddress(): string {
  addresses += 1;
  return `203.0.113.${addresses}`;
}

/** Asks one after the other, each time from the next of the addresses. */
async function askTimes(
  client: Client,
  { path = '/api/sync/history', times, from }: { path?: string; times: number; from: string[] },
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let n = 0; n < times; n += 1) {
    const headers = {
      'x-forwarded-for': from[n % from.length] as string,
      origin: 'https://app.example',
    };
    answers.push(await client.ask(path, { headers }));
  }
  return answers;
}

const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status);
const times = (count: number, status: number): number[] => Array<number>(count).fill(status);

describe('too many requests', () => {
  it('of one user, from wherever, then 429 says when to come back; others go on', async () => {
    const user = await gateway.newUser();
    const from = [newAddress(), newAddress()];
    const answers = await askTimes(user, { times: 6, from });
    expect(statuses(answers)).toEqual([...times(5, 200), 429]);
    const refused = answers[5] as Answer;
    expect(refused.body).toEqual({
      error: 'Too many requests. Please wait a moment and try again.',
      message: 'Too many requests. Please wait a moment and try again.',
      code: 'rate_limited',
      requestId: expect.any(String),
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example');
    const other = await askTimes(await gateway.newUser(), { times: 1, from });
    expect(statuses(other)).toEqual([200]);
  });

  it('from one address, guessing tokens, then 429 for all from there, and for nobody else', async () => {
    const from = [newAddress()];
    const guesses: number[] = [];
    for (let n = 0; n < 13; n += 1) {
      const headers = { 'x-forwarded-for': from[0] as string, authorization: `Bearer guess-${n}` };
      guesses.push((await gateway.stranger().ask('/api/auth/me', { headers })).status);
    }
    expect(guesses).toEqual([...times(12, 401), 429]);
    const user = await gateway.newUser();
    expect(statuses(await askTimes(user, { times: 1, from }))).toEqual([429]);
    expect(statuses(await askTimes(user, { times: 1, from: [newAddress()] }))).toEqual([200]);
  });

  it.each([
    ['addresses of one /64', ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:DB8:1:2:0:0:0:3']],
    ['one address in both forms', ['198.51.100.1', '::ffff:198.51.100.1']],
    [
      'an address behind what the client claims',
      ['1.1.1.1, 198.51.100.2', '2.2.2.2, 198.51.100.2'],
    ],
    ['what is no address', ['nonsense', 'x'.repeat(9000), '999.1.1.1']],
  ])('from %s, then they count as one', async (_, from) => {
    const answers = await askTimes(gateway.stranger(), { times: 13, from });
    expect(statuses(answers)).toEqual([...times(12, 401), 429]);
  });

  it('from two networks of IPv6, then they count apart', async () => {
    const from = ['2001:db8:9:1::1', '2001:db8:9:2::1'];
    const answers = await askTimes(gateway.stranger(), { times: 24, from });
    expect(statuses(answers)).toEqual(times(24, 401));
  });

  it('to a public route that begins something, then it alone is closed to that address', async () => {
    const from = [newAddress()];
    const start = { path: '/auth/amazon/start', from };
    const answers = await askTimes(gateway.stranger(), { ...start, times: 4 });
    expect(statuses(answers)).toEqual([...times(3, 200), 429]);
    const health = { path: '/api/services/status', from, times: 5 };
    expect(statuses(await askTimes(gateway.stranger(), health))).toEqual(times(5, 200));
    const elsewhere = await askTimes(gateway.stranger(), {
      ...start,
      from: [newAddress()],
      times: 1,
    });
    expect(statuses(elsewhere)).toEqual([200]);
  });
});

describe('opens of streams', () => {
  const path = '/api/sse/sync-progress/sync_none';

  it('given as many as a client likes, then none is refused, and they count for nothing', async () => {
    const user = await gateway.newUser();
    const from = [newAddress()];
    expect(statuses(await askTimes(user, { path, times: 30, from }))).toEqual(times(30, 404));
    expect(statuses(await askTimes(user, { times: 5, from }))).toEqual(times(5, 200));
  });

  it('given guesses of tokens there, then they are limited as anywhere', async () => {
    const answers = await askTimes(gateway.stranger(), { path, times: 14, from: [newAddress()] });
    expect(statuses(answers)).toEqual([...times(13, 401), 429]);
  });
});

describe('a limit of 0', () => {
  it('is none', async () => {
    await using unlimited = await openGatewayUnderTest({
      RATE_LIMIT_USER: '0',
      RATE_LIMIT_ADDRESS: '0',
      RATE_LIMIT_PUBLIC: '0',
    });
    const user = await unlimited.newUser();
    const path = '/auth/amazon/start';
    const answers = await askTimes(user, { path, times: 20, from: ['203.0.113.1'] });
    expect(statuses(answers)).toEqual(times(20, 200));
  });
});
