import { testClock } from '@recoup/testkit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAccessTokens } from './access-tokens.js';
import { ApplicationRefused, ReauthorizationRequired } from './errors.js';

let server: Server;
let endpoint: string;
let asked: URLSearchParams[];
let answer: { status: number; body: unknown };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/auth/o2/token`;
});

afterAll(() => server.close());

beforeEach(() => {
  asked = [];
  answer = {
    status: 200,
    body: { access_token: 'Atza|1', token_type: 'bearer', expires_in: 3600 },
  };
});

function open() {
  const clock = testClock('2026-01-01T00:00:00Z');
  const lwa = { endpoint, clientId: 'id', clientSecret: 'secret' };
  const refreshTokenOf = (sellerId: string) => Promise.resolve(`Atzr|${sellerId}`);
  return { clock, tokens: openAccessTokens({ lwa, clock, refreshTokenOf }) };
}

describe('access tokens', () => {
  it('given many callers at once, then one request in the form that OAuth defines', async () => {
    const { tokens } = open();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.get('A1')));
    expect(new Set(got)).toEqual(new Set(['Atza|1']));
    expect(asked.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'Atzr|A1',
        client_id: 'id',
        client_secret: 'secret',
      },
    ]);
  });

  it('given a token of an hour, then it is renewed five minutes before its end and not earlier', async () => {
    const { clock, tokens } = open();
    await tokens.get('A1');
    clock.advance(54 * 60_000);
    await tokens.get('A1');
    expect(asked).toHaveLength(1);
    clock.advance(60_000);
    await tokens.get('A1');
    expect(asked).toHaveLength(2);
  });

  it('given a token that Amazon refused, then it is dropped, and one that came meanwhile is not', async () => {
    const { tokens } = open();
    const refused = await tokens.get('A1');
    tokens.drop('A1', refused);
    answer = { status: 200, body: { access_token: 'Atza|2', expires_in: 3600 } };
    expect(await tokens.get('A1')).toBe('Atza|2');
    tokens.drop('A1', refused);
    await tokens.get('A1');
    expect(asked).toHaveLength(2);
  });

  it('given invalid_grant, then the seller has to consent again', async () => {
    answer = { status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } };
    await expect(open().tokens.get('A1')).rejects.toBeInstanceOf(ReauthorizationRequired);
    expect(asked).toHaveLength(1);
  });

  it('given invalid_client, then it is the application that is refused, and no word of its secret', async () => {
    answer = { status: 401, body: { error: 'invalid_client' } };
    const failed = open().tokens.get('A1');
    await expect(failed).rejects.toBeInstanceOf(ApplicationRefused);
    await expect(failed).rejects.not.toThrow(/secret|Atzr/);
  });
});
